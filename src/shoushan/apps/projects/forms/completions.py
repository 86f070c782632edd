"""What the page of completed and added premises asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.projects import CompletionProgress
from shoushan.apps.projects.forms.projects import ALL
from shoushan.ui.widgets import DayInput, NamesSelect


class CompletionFilter(forms.Form):
    """Filters of the page; all of them are in the address."""

    text = forms.CharField(label=_("名称、单位或代码"), required=False, max_length=60)
    year = forms.IntegerField(label=_("年度"), required=False, min_value=2000, max_value=2100)
    area = forms.ChoiceField(label=_("所属街道"), required=False, widget=NamesSelect)
    state = forms.ChoiceField(label=_("竣工情况"), required=False, choices=[ALL, *CompletionProgress.choices])
    as_of = forms.DateField(label=_("截至"), required=False, widget=DayInput())

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [ALL, *names.items()]  # type: ignore[attr-defined]
