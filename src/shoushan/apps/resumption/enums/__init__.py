"""Closed vocabularies of work resumption."""

from shoushan.apps.resumption.enums.standings import STANDING_TONES, Category, CheckResult, Standing

__all__ = ["STANDING_TONES", "Category", "CheckResult", "Standing"]
