"""What the room of a campaign asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.campaigns import ItemProgress
from shoushan.apps.projects.enums.projects import Batch
from shoushan.apps.projects.forms.projects import ALL, YI, MoneyField
from shoushan.apps.projects.models import Project
from shoushan.directory.models import Organisation
from shoushan.lifecycle.forms import ProblemsForm
from shoushan.ui.widgets import DayInput, NamesSelect


class CampaignForm(ProblemsForm):
    """A campaign with the targets of its three batches."""

    code = forms.RegexField(
        r"^[A-Z0-9_]{3,30}$", label=_("编号"), help_text=_("大写字母、数字和下划线，如 SANGE_2020，以后不能修改。")
    )
    name = forms.CharField(label=_("名称"), max_length=80)
    start_on = forms.DateField(label=_("开始日期"), widget=DayInput())
    days = forms.IntegerField(label=_("天数"), min_value=1, max_value=1000, initial=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for batch in Batch:
            self.fields[f"{batch}_count"] = forms.IntegerField(label=batch.label, min_value=0, initial=0)
            self.fields[f"{batch}_fen"] = MoneyField(label=_("目标总投资（亿元）"), unit=YI, initial=0)


class CampaignChangeForm(ProblemsForm):
    """What can be changed of a campaign, and why. Code and first day stay."""

    name = forms.CharField(label=_("名称"), max_length=80)
    days = forms.IntegerField(label=_("天数"), min_value=1, max_value=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for batch in Batch:
            self.fields[f"{batch}_count"] = forms.IntegerField(label=batch.label, min_value=0)
            self.fields[f"{batch}_fen"] = MoneyField(label=_("目标总投资（亿元）"), unit=YI)
        self.fields["reason"] = reason_field(_("调整理由"))


def reason_field(label: Any, *, required: bool = True, longest: int = 500, hint: Any = "") -> forms.CharField:
    """A reason in a few lines."""
    area = forms.Textarea(attrs={"rows": 3, "lang": "zh-Hans"})
    return forms.CharField(label=label, required=required, max_length=longest, widget=area, help_text=hint)


class ReplanForm(ProblemsForm):
    """Another day for an item, and why."""

    planned_on = forms.DateField(label=_("计划日期"), widget=DayInput())
    reason = reason_field(_("调整理由"))


class RemoveForm(ProblemsForm):
    """Why an item leaves its batch."""

    reason = reason_field(_("移出理由"))


class ExplainForm(ProblemsForm):
    """Why an item is not achieved yet."""

    reason = reason_field(
        _("未完成原因"), required=False, longest=200, hint=_("写入周报；不填时周报列出项目没有办结的堵点。")
    )


class ItemFilter(forms.Form):
    """Filters of the items of a campaign; all of them are in the address."""

    batch = forms.ChoiceField(label=_("批次"), required=False, choices=[ALL, *Batch.choices])
    lead = forms.ChoiceField(label=_("牵头单位"), required=False, widget=NamesSelect)
    state = forms.ChoiceField(label=_("完成情况"), required=False, choices=[ALL, *ItemProgress.choices])
    as_of = forms.DateField(label=_("截至日期"), required=False, widget=DayInput())

    def __init__(self, *args: Any, leads: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = [ALL, *leads]  # type: ignore[attr-defined]


class DayOfRoomForm(forms.Form):
    """As of which day the room is shown."""

    as_of = forms.DateField(label=_("截至日期"), required=False, widget=DayInput())


class MeetingDayForm(DayOfRoomForm):
    """Of which day the meeting is."""

    as_of = forms.DateField(label=_("会议日期"), required=False, widget=DayInput())


class PlaceForm(ProblemsForm):
    """One project into one batch."""

    project = forms.ChoiceField(label=_("项目"), widget=NamesSelect)
    batch = forms.ChoiceField(label=_("批次"), choices=Batch.choices)
    planned_on = forms.DateField(label=_("计划日期"), widget=DayInput())

    def __init__(self, *args: Any, projects: Iterable[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(each.code, each.name) for each in projects]
        self.fields["project"].choices = [("", _("请选择")), *offered]  # type: ignore[attr-defined]


class DecisionForm(ProblemsForm):
    """What a dispatch meeting decided."""

    held_on = forms.DateField(label=_("会议日期"), widget=DayInput())
    project = forms.ChoiceField(label=_("项目"), required=False, widget=NamesSelect)
    text = forms.CharField(
        label=_("议定事项"), max_length=500, widget=forms.Textarea(attrs={"rows": 3, "lang": "zh-Hans"})
    )
    organisation = forms.ChoiceField(label=_("责任单位"), widget=NamesSelect)
    due_on = forms.DateField(label=_("完成期限"), widget=DayInput())

    def __init__(self, *args: Any, projects: Iterable[Project], units: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(each.code, each.name) for each in projects]
        self.fields["project"].choices = [("", _("不限项目")), *offered]  # type: ignore[attr-defined]
        names = [(each.code, str(each)) for each in units]
        self.fields["organisation"].choices = [("", _("请选择")), *names]  # type: ignore[attr-defined]


class DoneForm(ProblemsForm):
    """That a decision was carried out."""

    done_on = forms.DateField(label=_("完成日期"), widget=DayInput())
    result = forms.CharField(
        label=_("落实情况"), max_length=500, widget=forms.Textarea(attrs={"rows": 3, "lang": "zh-Hans"})
    )
