"""Filters and forms of matters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.casework.enums import MatterState
from shoushan.casework.kinds import all_kinds
from shoushan.casework.selectors import ALL, LATE_ONES, MINE, OPEN_ONES
from shoushan.directory import selectors as directory
from shoushan.ui.widgets import NamesSelect

SHOWN = [(MINE, _("待我办理")), (OPEN_ONES, _("未办结")), (LATE_ONES, _("逾期未办结")), (ALL, _("全部"))]
ANY = [("", _("全部"))]


class MatterFilter(forms.Form):
    """What a list of matters shows."""

    show = forms.ChoiceField(label=_("范围"), choices=SHOWN, required=False)
    state = forms.ChoiceField(label=_("状态"), choices=[*ANY, *MatterState.choices], required=False)
    category = forms.ChoiceField(label=_("类别"), required=False)
    area = forms.ChoiceField(label=_("所属街道"), required=False, widget=NamesSelect)
    lead = forms.ChoiceField(label=_("责任单位"), required=False, widget=NamesSelect)
    q = forms.CharField(label=_("查找"), max_length=60, required=False)

    def __init__(self, *args: Any, names: Mapping[str, str], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories = {each.code: each.label for kind in all_kinds() for each in kind.categories}
        offices = [(each.code, str(each)) for each in directory.organisations(on=on)]
        for name, choices in (("category", categories.items()), ("area", names.items()), ("lead", offices)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [*ANY, *choices]

    def clean_show(self) -> str:
        """What waits for the reader, unless they ask for more."""
        return self.cleaned_data["show"] or MINE


class CopyForm(forms.Form):
    """What the public reads."""

    title = forms.CharField(label=_("标题"), max_length=80, help_text=_("不写企业名称和个人姓名"))
    text = forms.CharField(
        label=_("问题"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5, "lang": "zh-Hans"})
    )
    answer = forms.CharField(
        label=_("答复"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5, "lang": "zh-Hans"})
    )
