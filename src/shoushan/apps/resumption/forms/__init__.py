"""What the pages of work resumption ask for."""

from shoushan.apps.resumption.forms.applications import (
    ApplicationFilter,
    ApplicationForm,
    CheckForm,
    PermitFilter,
    ViolationFilter,
    ViolationForm,
)
from shoushan.apps.resumption.forms.contacts import ClaimFilter, ClaimForm, RegisterForm
from shoushan.apps.resumption.forms.difficulties import DifficultyForm, OfficerForm, VisitRecordForm
from shoushan.apps.resumption.forms.filings import ReturnFilter, ReturnForm
from shoushan.apps.resumption.forms.ledgers import DayForm, LedgerFilter, MoveForm, ReleaseForm

__all__ = [
    "ApplicationFilter",
    "ApplicationForm",
    "CheckForm",
    "ClaimFilter",
    "ClaimForm",
    "DayForm",
    "DifficultyForm",
    "LedgerFilter",
    "MoveForm",
    "OfficerForm",
    "PermitFilter",
    "RegisterForm",
    "ReleaseForm",
    "ReturnFilter",
    "ReturnForm",
    "ViolationFilter",
    "ViolationForm",
    "VisitRecordForm",
]
