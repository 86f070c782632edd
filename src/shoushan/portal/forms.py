"""What the pages that cross domains ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shoushan.directory.models import User
from shoushan.portal.cockpit import shown
from shoushan.ui.widgets import DayInput, NamesSelect


class CockpitForm(forms.Form):
    """The day of the whole page, the measure of the map, and the subdistrict that the page is about."""

    as_of = forms.DateField(label=_("截至日期"), required=False, widget=DayInput())
    measure = forms.ChoiceField(label=_("地图指标"), required=False)
    area = forms.RegexField(r"^\d{6,12}$", required=False, widget=forms.HiddenInput)
    wall = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [(each.code, each.name) for each in shown()]  # type: ignore[attr-defined]


class DeputyForm(forms.Form):
    """To whom, from when to when, why."""

    deputy = forms.ModelChoiceField(
        label=_("代办人"),
        queryset=User.objects.none(),
        empty_label=_("请选择"),
        help_text=_("本单位同事。"),
        widget=NamesSelect,
    )
    valid_from = forms.DateField(label=_("开始日期"), widget=DayInput())
    valid_to = forms.DateField(label=_("最后一日"), widget=DayInput())
    reason = forms.CharField(label=_("事由"), max_length=200, help_text=_("如外出培训、休假、下沉值守。"))

    def __init__(self, *arguments: Any, colleagues: QuerySet[User], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["deputy"].queryset = colleagues  # type: ignore[attr-defined]
