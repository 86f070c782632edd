"""What the pages of status reports ask for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.forms.projects import ALL
from shoushan.lifecycle.forms import ProblemsForm
from shoushan.ui.widgets import DayInput, NamesSelect

ABOUT = [ALL, ("PORTFOLIO", _("全部项目")), ("PROJECT", _("单个项目"))]


class ReportFilter(forms.Form):
    """Which reports are listed; all of it is in the address."""

    text = forms.CharField(label=_("项目名称或通报编号"), required=False, max_length=60)
    about = forms.ChoiceField(label=_("通报范围"), required=False, choices=ABOUT)
    year = forms.IntegerField(label=_("年度"), required=False, min_value=2000, max_value=2100)


class DraftForm(forms.Form):
    """Of which day and, for a portfolio, of which area the draft is; all of it is in the address."""

    area = forms.ChoiceField(label=_("通报范围"), required=False, widget=NamesSelect)
    as_of = forms.DateField(label=_("截至"), required=False, widget=DayInput())
    series = forms.CharField(
        label=_("专题"),
        required=False,
        max_length=20,
        help_text=_("分专题通报的填写，如“资金”“二期”；全面通报不填。"),
        widget=forms.TextInput(attrs={"lang": "zh-Hans"}),
    )

    def __init__(self, *args: Any, areas: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(areas)
        if choices:
            self.fields["area"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["area"]


class StatusReportForm(ProblemsForm):
    """What is typed of a report; the rest is composed from the records."""

    as_of = forms.DateField(label=_("截至"), widget=forms.HiddenInput())
    assessment = forms.CharField(
        label=_("总体判断"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "zh-Hans"}),
        help_text=_("一两句话说清是否按计划推进、最要紧的是什么。下面的内容由记录生成，不用重复写。"),
    )
    next_steps = forms.CharField(
        label=_("下步安排"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "zh-Hans"}),
    )


class CorrectionForm(StatusReportForm):
    """A report in the place of an earlier one."""

    reason = forms.CharField(
        label=_("更正原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 2, "lang": "zh-Hans"})
    )
