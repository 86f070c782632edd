"""Pages of the directory: sign in and out, accounts and roles, who answers for what, organisations and areas."""

from shoushan.directory.views.places import area_list, organisation_list
from shoushan.directory.views.responsibilities import responsibility_end, responsibility_list
from shoushan.directory.views.sessions import locked_out, set_language, set_theme, sign_in, sign_out, today
from shoushan.directory.views.users import (
    administration_list,
    own_password,
    user_create,
    user_detail,
    user_grant,
    user_grant_end,
    user_list,
    user_password,
    user_switch,
)

__all__ = [
    "administration_list",
    "area_list",
    "locked_out",
    "organisation_list",
    "own_password",
    "responsibility_end",
    "responsibility_list",
    "set_language",
    "set_theme",
    "sign_in",
    "sign_out",
    "today",
    "user_create",
    "user_detail",
    "user_grant",
    "user_grant_end",
    "user_list",
    "user_password",
    "user_switch",
]
