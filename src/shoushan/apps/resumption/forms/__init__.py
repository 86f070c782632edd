"""What the pages of work resumption ask for."""

from shoushan.apps.resumption.forms.ledgers import DayForm, LedgerFilter, MoveForm, ReleaseForm

__all__ = ["DayForm", "LedgerFilter", "MoveForm", "ReleaseForm"]
