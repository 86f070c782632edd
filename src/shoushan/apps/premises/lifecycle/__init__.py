"""Concerns found on visits to buildings, as a kind of matter with its rules."""

from shoushan.apps.premises.lifecycle.concerns import CONCERN, SEEDS

__all__ = ["CONCERN", "SEEDS"]
