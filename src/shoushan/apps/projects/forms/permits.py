"""What the pages of permits ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.permits import PermitStage, PermitState
from shoushan.lifecycle.forms import ProblemsForm
from shoushan.ui.widgets import DayInput, NamesSelect

ALL: Final = ("", _("全部"))
LATE, LACKING, AHEAD = "LATE", "LACKING", "AHEAD"
MARKS: Final = ((LATE, _("超承诺时限")), (LACKING, _("容缺材料未补齐")), (AHEAD, _("提前办理")))


class ApplyForm(ProblemsForm):
    """One step of the rule."""

    item = forms.ChoiceField(label=_("审批事项"), widget=NamesSelect)
    on = forms.DateField(label=_("申请日期"), widget=DayInput())

    def __init__(self, *args: Any, items: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", _("请选择")), *items]  # type: ignore[attr-defined]


class PermitFilter(forms.Form):
    """Filters of the applications; all of them are in the address."""

    text = forms.CharField(label=_("项目名称"), required=False, max_length=60)
    authority = forms.ChoiceField(label=_("审批单位"), required=False, widget=NamesSelect)
    area = forms.ChoiceField(label=_("所属街道"), required=False, widget=NamesSelect)
    stage = forms.ChoiceField(label=_("审批阶段"), required=False, choices=[ALL, *PermitStage.choices])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *PermitState.choices])
    mark = forms.ChoiceField(label=_("标记"), required=False, choices=[ALL, *MARKS])

    def __init__(
        self, *args: Any, names: Mapping[str, str], authorities: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [ALL, *names.items()]  # type: ignore[attr-defined]
        self.fields["authority"].choices = [ALL, *authorities]  # type: ignore[attr-defined]
