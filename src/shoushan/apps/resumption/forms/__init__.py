"""What the pages of work resumption ask for."""

from shoushan.apps.resumption.forms.contacts import ClaimFilter, ClaimForm, RegisterForm
from shoushan.apps.resumption.forms.ledgers import DayForm, LedgerFilter, MoveForm, ReleaseForm

__all__ = ["ClaimFilter", "ClaimForm", "DayForm", "LedgerFilter", "MoveForm", "RegisterForm", "ReleaseForm"]
