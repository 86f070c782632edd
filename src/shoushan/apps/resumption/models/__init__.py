"""Current state of work resumption; its history is in the ledger."""

from shoushan.apps.resumption.models.standings import DailyReturn, EnterpriseStanding

__all__ = ["DailyReturn", "EnterpriseStanding"]
