"""What a plan of charter trips asks for, and a change of its seats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption.models import Worker
from shoushan.apps.resumption.services.trips import Wish
from shoushan.ui.widgets import DayInput, NamesSelect


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput())


class PlanForm(forms.Form):
    """Whose workers, who want to travel when."""

    area = forms.ChoiceField(label=_("所属街道"), widget=NamesSelect)
    first = _day(_("计划返济时间自"))
    last = _day(_("至"))
    flexible_days = forms.IntegerField(
        label=_("可推迟天数"), min_value=0, max_value=7, initial=1, help_text=_("为凑满一车，最多可以晚走几天")
    )

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = list(names.items())  # type: ignore[attr-defined]

    @property
    def wish(self) -> Wish:
        """What was asked for."""
        return Wish(**self.cleaned_data)


class SeatForm(forms.Form):
    """Who gets a seat."""

    worker = forms.ChoiceField(label=_("乘车人员"), widget=NamesSelect)

    def __init__(self, *args: Any, workers: Iterable[Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(each.code, f"{each.person.name}（{each.enterprise.name}）") for each in workers]
        self.fields["worker"].choices = [("", _("请选择")), *offered]  # type: ignore[attr-defined]
