"""What contacts of enterprises are asked for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption.enums.contacts import ClaimState


class ClaimForm(forms.Form):
    """Which enterprise, and what the person is there."""

    uscc = forms.CharField(
        label=_("统一社会信用代码"), max_length=40, help_text=_("营业执照上的 18 位代码，企业须已在本区登记在册。")
    )
    duty = forms.CharField(label=_("职务"), max_length=40, help_text=_("您在企业的职务，例如：办公室主任。"))


class RegisterForm(ClaimForm):
    """The same, and the account."""

    display_name = forms.CharField(label=_("姓名"), max_length=40)
    username = forms.CharField(
        label=_("用户名"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 位，不能全是数字，也不要用常见的密码。"),
    )
    field_order = ("uscc", "display_name", "duty", "username", "password")


class ClaimFilter(forms.Form):
    """Filter of the list of claims."""

    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *ClaimState.choices])
