"""What pages ask for: filters, a day, the reason of a correction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption import selectors
from shoushan.apps.resumption.enums import Category, Standing
from shoushan.ui.widgets import DayInput, NamesSelect


class LedgerFilter(forms.Form):
    """Filters of the resumption ledger; all of them are in the address."""

    text = forms.CharField(label=_("名称或信用代码"), required=False, max_length=60)
    area = forms.ChoiceField(label=_("所属街道"), required=False, widget=NamesSelect)
    category = forms.ChoiceField(label=_("四上类别"), required=False, choices=[("", _("全部")), *Category.choices])
    status = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *Standing.choices])

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("全部")), *names.items()]  # type: ignore[attr-defined]


class DayForm(forms.Form):
    """One day."""

    as_of = forms.DateField(label=_("截至日期"), required=False, widget=DayInput())


class ReleaseForm(forms.Form):
    """The day to release, and for a correction the release it corrects and why."""

    as_of = forms.DateField(label=_("截至日期"), widget=forms.HiddenInput)
    corrects = forms.CharField(label=_("更正哪一期"), required=False, max_length=40)
    reason = forms.CharField(label=_("更正原因"), required=False, max_length=500)


class MoveForm(forms.Form):
    """Where an enterprise has moved to, from which day on, and why."""

    area = forms.ChoiceField(label=_("迁入街道"), widget=NamesSelect)
    on = forms.DateField(label=_("变更日期"), widget=DayInput())
    reason = forms.CharField(label=_("变更原因"), max_length=200)

    def __init__(self, *args: Any, present: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {code: name for code, name in selectors.names_of_subdistricts().items() if code != present}
        self.fields["area"].choices = [("", _("请选择")), *self.names.items()]  # type: ignore[attr-defined]
