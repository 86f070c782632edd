"""What is asked of a worker on the way back, of tests, places and beds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption.enums.workers import TestResult, WorkerState
from shoushan.apps.resumption.models import Bed
from shoushan.apps.resumption.services.workers import NewWorker
from shoushan.privacy.forms import PurposeForm
from shoushan.ui.widgets import DayInput, NamesSelect

ALL = ("", _("全部"))


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=DayInput())


class WorkerFilter(forms.Form):
    """What the list shows."""

    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *WorkerState.choices])
    area = forms.ChoiceField(label=_("所属街道"), required=False, widget=NamesSelect)
    q = forms.CharField(label=_("企业、姓名或编号"), required=False, max_length=60)
    due = _day(_("隔离期满日"), required=False)

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [ALL, *names.items()]  # type: ignore[attr-defined]


class WorkerForm(forms.Form):
    """One worker before the journey."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    document_no = forms.CharField(label=_("身份证号"), max_length=30, help_text=_("加密保存，平时只显示首尾几位"))
    phone = forms.CharField(label=_("手机"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    household = forms.CharField(label=_("户籍地"), max_length=100, required=False)
    origin = forms.CharField(
        label=_("来源地（省市县）"), max_length=60, help_text=_("从省级名称写起，如“河南省商丘市”；境外写“境外”")
    )
    planned_on = _day(_("计划返济时间"), required=False)
    party = forms.CharField(
        label=_("同行组"), max_length=40, required=False, help_text=_("一起返回、安排同车的人填同一个编号，如 A1")
    )
    transport = forms.CharField(label=_("交通方式及车次"), max_length=100, required=False)

    @property
    def worker(self) -> NewWorker:
        """What was typed."""
        return NewWorker(**self.cleaned_data)


class TestForm(forms.Form):
    """A nucleic-acid test or its result."""

    sampled_on = _day(_("采样日期"))
    laboratory = forms.CharField(label=_("检测机构"), max_length=80)
    result = forms.ChoiceField(label=_("结果"), choices=TestResult.choices)
    resulted_on = _day(_("结果日期"), required=False)


class BedForm(forms.Form):
    """One of the beds that are free."""

    bed = forms.ChoiceField(label=_("床位"), widget=NamesSelect)

    def __init__(self, *args: Any, beds: Iterable[Bed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(each.pk), f"{each.place} {each.room}-{each.number}") for each in beds]
        self.fields["bed"].choices = [("", _("请选择")), *offered]  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """A place with its rooms."""

    name = forms.CharField(label=_("名称"), max_length=80)
    area_code = forms.ChoiceField(label=_("所属街道"), widget=NamesSelect)
    address = forms.CharField(label=_("地址"), max_length=200)
    rooms = forms.IntegerField(label=_("房间数"), min_value=1, max_value=500)

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area_code"].choices = list(names.items())  # type: ignore[attr-defined]


__all__ = ["BedForm", "PlaceForm", "PurposeForm", "TestForm", "WorkerFilter", "WorkerForm"]
