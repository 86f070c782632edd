"""Accounts, roles, responsibilities and one's own password, as forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.directory.enums import Role
from shoushan.directory.models import Organisation, User
from shoushan.ui.widgets import DayInput, NamesSelect

ALL = ("", _("全部"))


def _units(units: Iterable[Organisation]) -> list[tuple[str, str]]:
    return [(each.code, str(each)) for each in units]


class UserFilter(forms.Form):
    """Which accounts are listed."""

    text = forms.CharField(label=_("用户名或姓名"), required=False, max_length=60)
    organisation = forms.ChoiceField(label=_("所在单位"), required=False, widget=NamesSelect)
    role = forms.ChoiceField(label=_("角色"), required=False, choices=[ALL, *Role.choices])

    def __init__(self, *args: Any, units: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [ALL, *_units(units)]  # type: ignore[attr-defined]


class AccountForm(forms.Form):
    """One account: its user name can't be changed later."""

    username = forms.CharField(label=_("用户名"), max_length=60, help_text=_("用于登录，开通后不能修改。"))
    display_name = forms.CharField(label=_("姓名"), max_length=60)
    organisation = forms.ChoiceField(label=_("所在单位"), required=False, widget=NamesSelect)

    def __init__(self, *args: Any, units: Iterable[Organisation], is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [("", _("无")), *_units(units)]  # type: ignore[attr-defined]
        if not is_new:
            del self.fields["username"]

    def clean_organisation(self) -> Organisation | None:
        """The organisation itself."""
        code = self.cleaned_data["organisation"]
        return Organisation.objects.get(code=code) if code else None


class GrantForm(forms.Form):
    """One role of an account."""

    role = forms.ChoiceField(label=_("角色"), choices=[("", _("请选择")), *Role.choices])
    area_code = forms.ChoiceField(label=_("辖区"), required=False, widget=NamesSelect)
    valid_from = forms.DateField(label=_("生效日期"), widget=DayInput())
    valid_to = forms.DateField(label=_("失效日期"), required=False, widget=DayInput(), help_text=_("长期有效的不填"))

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        blank = ("", _("按所在单位"))
        self.fields["area_code"].choices = [blank, *names.items()]  # type: ignore[attr-defined]


class LastDayForm(forms.Form):
    """Until when something holds."""

    last_day = forms.DateField(label=_("最后一日"), widget=DayInput())


class ResponsibilityForm(forms.Form):
    """Who answers for which area from when on."""

    area = forms.ChoiceField(label=_("辖区"), widget=NamesSelect)
    leader = forms.ChoiceField(label=_("包挂领导"), widget=NamesSelect)
    valid_from = forms.DateField(label=_("开始日期"), widget=DayInput())
    duties = forms.CharField(label=_("职责"), required=False, max_length=400)

    def __init__(self, *args: Any, names: Mapping[str, str], leaders: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        blank = ("", _("请选择"))
        self.fields["area"].choices = [blank, *names.items()]  # type: ignore[attr-defined]
        people = [(each.username, each.display_name) for each in leaders]
        self.fields["leader"].choices = [blank, *people]  # type: ignore[attr-defined]


class PasswordForm(forms.Form):
    """One's own password: the old one, and the new one twice."""

    old = forms.CharField(
        label=_("原密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label=_("新密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 位，不能与用户名、姓名相近，也不能是常见密码。"),
    )
    again = forms.CharField(
        label=_("再输一遍"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_again(self) -> str:
        """Both are the same."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError(_("两次输入的新密码不同，请重新输入。"))
        return again
