"""What the pages of calendars and clocks ask for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.deadlines.day_lines import DayLineError, read_lines
from shoushan.deadlines.enums import CalendarPurpose, ClockState, Light
from shoushan.deadlines.kinds import all_kinds
from shoushan.deadlines.notices import DayOrder
from shoushan.deadlines.services import Draft
from shoushan.deadlines.workdays import MOST_DAYS
from shoushan.ui.widgets import DayInput

FIRST_YEAR, LAST_YEAR = 1949, 2100


class _TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class CalendarForm(forms.Form):
    """Which year for whom, and which versions of it."""

    purpose = forms.ChoiceField(label=_("适用对象"), choices=CalendarPurpose.choices, required=False)
    year = forms.IntegerField(label=_("年份"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)
    compare = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)


class CalculatorForm(forms.Form):
    """From which day, how many working days, for whom; or how many lie between two days."""

    purpose = forms.ChoiceField(label=_("适用对象"), choices=CalendarPurpose.choices)
    start = forms.DateField(label=_("开始日期"), widget=DayInput(), help_text=_("当日不计算在内"))
    days = forms.IntegerField(
        label=_("工作日数"), min_value=0, max_value=MOST_DAYS, required=False, help_text=_("推算哪一天届满")
    )
    end = forms.DateField(label=_("结束日期"), widget=DayInput(), required=False, help_text=_("计算相隔多少个工作日"))

    def clean(self) -> dict[str, Any]:
        """One of the two questions must be asked."""
        asked = super().clean() or {}
        if not self.errors and asked.get("days") is None and asked.get("end") is None:
            self.add_error("days", _("请填写工作日数，或填写结束日期。"))
        return asked


class VersionForm(forms.Form):
    """A document that orders the days of a year."""

    purposes = forms.MultipleChoiceField(
        label=_("适用对象"), choices=CalendarPurpose.choices, widget=forms.CheckboxSelectMultiple
    )
    year = forms.IntegerField(label=_("年份"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    document_no = forms.CharField(
        label=_("发文字号"), max_length=80, help_text=_("照文件填写，如国办发明电〔2020〕1号")
    )
    title = forms.CharField(label=_("文件标题"), max_length=200, required=False)
    issued_on = forms.DateField(label=_("发文日期"), widget=DayInput())
    off_days = forms.CharField(
        label=_("放假日期"),
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("一行一个日期或一段日期，空一格写名称，如：1月24日至30日 春节"),
    )
    work_days = forms.CharField(
        label=_("调休上班日期"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        help_text=_("周六、周日上班的日期，一行一个，如：1月19日"),
    )
    note = forms.CharField(label=_("说明"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """Read the days, once the year is known."""
        asked = super().clean() or {}
        year = asked.get("year")
        days: dict[date, DayOrder] = {}
        for name, is_working in (("off_days", False), ("work_days", True)):
            if year is None or name not in asked:
                continue
            try:
                found = read_lines(asked[name], year=year, is_working=is_working)
            except DayLineError as error:
                self.add_error(name, str(error))
                continue
            twice = sorted(days.keys() & found.keys())
            if twice:
                self.add_error(name, _("%(day)s同时写在放假和上班两处，请核对。") % {"day": twice[0]})
            days |= found
        asked["days"] = days
        return asked

    def draft(self) -> Draft:
        """The version as it was entered; only after is_valid()."""
        asked = self.cleaned_data
        return Draft(
            purposes=tuple(asked["purposes"]),
            year=asked["year"],
            document_no=asked["document_no"],
            title=asked["title"],
            issued_on=asked["issued_on"],
            days=asked["days"],
            note=asked["note"],
        )


class HoursForm(forms.Form):
    """Working hours from a day on."""

    purpose = forms.ChoiceField(label=_("适用对象"), choices=CalendarPurpose.choices)
    valid_from = forms.DateField(label=_("生效日期"), widget=DayInput())
    opens_at = forms.TimeField(label=_("上班时间"), widget=_TimeInput())
    closes_at = forms.TimeField(label=_("下班时间"), widget=_TimeInput())
    lunch_from = forms.TimeField(label=_("午休开始"), widget=_TimeInput(), required=False)
    lunch_to = forms.TimeField(label=_("午休结束"), widget=_TimeInput(), required=False)
    document_no = forms.CharField(label=_("依据"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        """A break has a beginning and an end, or there is none."""
        asked = super().clean() or {}
        if not self.errors and (asked["lunch_from"] is None) != (asked["lunch_to"] is None):
            self.add_error("lunch_to", _("午休的开始和结束要么都填，要么都不填。"))
        return asked


class ClockFilter(forms.Form):
    """Filters of the list of deadlines; all of them are in the address."""

    text = forms.CharField(label=_("对象或事项"), required=False, max_length=60)
    light = forms.ChoiceField(label=_("灯色"), required=False, choices=[("", _("全部")), *Light.choices])
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("未停止")), *ClockState.choices, ("ALL", _("全部"))]
    )
    kind = forms.ChoiceField(label=_("时限种类"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(code, str(kind.label)) for code, kind in all_kinds().items()]
        self.fields["kind"].choices = [("", _("全部")), *kinds]  # type: ignore[attr-defined]
