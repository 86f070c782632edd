"""What the daily return asks of an enterprise, and the filters of the day's list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption.enums.filings import FilingState
from shoushan.lifecycle.forms import ProblemsForm
from shoushan.ui.widgets import DayInput, NamesSelect

ALL = ("", _("全部"))


def _whole(label: Any, *, required: bool = False, hint: Any = "") -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, required=required, min_value=0, help_text=hint, widget=widget)


class ReturnForm(ProblemsForm):
    """Yesterday's numbers are filled in: what did not change is sent with one tap."""

    at_work = _whole(_("返岗人数"), required=True, hint=_("当天实际在岗的人数。"))
    staff_total = _whole(_("职工总数"), required=True, hint=_("只填本单位在本区的人数。"))
    from_hubei = _whole(_("其中：湖北籍"))
    from_other_provinces = _whole(_("其中：外省"))
    isolated = _whole(_("隔离人数"))
    supplies_days = forms.DecimalField(
        label=_("防疫物资可用天数"), required=False, min_value=0, max_digits=8, decimal_places=1
    )
    capacity_rate = forms.DecimalField(
        label=_("产能恢复%"), required=False, min_value=0, max_value=200, max_digits=6, decimal_places=2
    )
    problems = forms.CharField(
        label=_("存在问题"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReturnFilter(forms.Form):
    """The day, the subdistrict and the state."""

    as_of = forms.DateField(label=_("填报日"), required=False, widget=DayInput())
    area = forms.ChoiceField(label=_("所属街道"), required=False, widget=NamesSelect)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *FilingState.choices])

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [ALL, *names.items()]  # type: ignore[attr-defined]
