"""What is asked before something is shown, and the filters of the log."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.privacy.enums import AccessKind
from shoushan.ui.widgets import DayInput


class PurposeForm(forms.Form):
    """Why the data is needed."""

    purpose = forms.CharField(
        label=_("用途"),
        min_length=2,
        max_length=200,
        help_text=_("用途、时间和账号会记入访问记录，审计管理员可以查看。"),
    )


class AccessFilter(forms.Form):
    """What the log shows."""

    kind = forms.ChoiceField(label=_("操作"), choices=[("", _("全部")), *AccessKind.choices], required=False)
    username = forms.CharField(label=_("用户名"), max_length=60, required=False)
    subject = forms.CharField(label=_("对象"), max_length=80, required=False)
    on = forms.DateField(label=_("日期"), required=False, widget=DayInput())
