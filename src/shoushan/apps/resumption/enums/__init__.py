"""Closed vocabularies of work resumption."""

from shoushan.apps.resumption.enums.standings import STANDING_TONES, Category, CheckResult, Standing
from shoushan.apps.resumption.enums.workers import OriginGroup

__all__ = ["STANDING_TONES", "Category", "CheckResult", "OriginGroup", "Standing"]
