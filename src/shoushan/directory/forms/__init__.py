"""What the pages of the directory ask for."""

from shoushan.directory.forms.administration import (
    AccountForm,
    GrantForm,
    LastDayForm,
    PasswordForm,
    ResponsibilityForm,
    UserFilter,
)
from shoushan.directory.forms.sessions import SignInForm

__all__ = [
    "AccountForm",
    "GrantForm",
    "LastDayForm",
    "PasswordForm",
    "ResponsibilityForm",
    "SignInForm",
    "UserFilter",
]
