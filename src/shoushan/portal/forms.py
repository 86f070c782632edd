"""What the cockpit asks for; everything is in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.portal.cockpit import shown


class CockpitForm(forms.Form):
    """The day of the whole page, and the measure of the map."""

    as_of = forms.DateField(label=_("截至日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    measure = forms.ChoiceField(label=_("地图指标"), required=False)
    wall = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [(each.code, each.name) for each in shown()]  # type: ignore[attr-defined]
