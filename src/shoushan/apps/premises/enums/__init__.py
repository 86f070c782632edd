"""Closed vocabularies of premises."""
