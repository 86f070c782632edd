"""Closed vocabularies, by what they are about."""
