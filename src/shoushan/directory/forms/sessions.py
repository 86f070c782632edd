"""The sign-in form."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from shoushan.directory.models import User


class SignInForm(AuthenticationForm):
    """User name and password. A wrong name and a wrong password read the same."""

    error_messages = {
        "invalid_login": _("用户名或密码不正确，请核对后重新输入。"),
        "inactive": _("用户名或密码不正确，请核对后重新输入。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("用户名")
        self.fields["username"].error_messages["required"] = _("请输入用户名。")
        self.fields["password"].label = _("密码")
        self.fields["password"].error_messages["required"] = _("请输入密码。")

    def clean_username(self) -> str:
        """The spelling under which the account was made, so that the lock-out counts one name once."""
        username = User.objects.normalise(self.cleaned_data["username"])
        if len(username) > (self.username_field.max_length or 0):  # nobody has it, and the lock-out cannot store it
            raise self.get_invalid_login_error()
        return username
