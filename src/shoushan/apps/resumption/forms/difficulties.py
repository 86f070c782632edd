"""What is asked of a difficulty, of a visit and of a service officer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption.enums.difficulties import VisitForm
from shoushan.apps.resumption.lifecycle import DIFFICULTY
from shoushan.apps.resumption.services import Difficulty, Funds
from shoushan.casework.enums import Source
from shoushan.directory import selectors as directory
from shoushan.directory.enums import OrganisationKind
from shoushan.directory.models import Organisation, User
from shoushan.lib import money
from shoushan.lifecycle.forms import ProblemsForm
from shoushan.ui.widgets import DayInput, NamesSelect


def _categories() -> list[tuple[str, Any]]:
    """The tree as a list: finer categories below theirs."""
    tops = [each for each in DIFFICULTY.categories if not each.parent]
    listed: list[tuple[str, Any]] = []
    for top in tops:
        finer = [(each.code, each.label) for each in DIFFICULTY.categories if each.parent == top.code]
        if finer:
            listed.append((str(top.label), [(top.code, top.label), *finer]))
        else:
            listed.append((top.code, top.label))
    return listed


class DifficultyForm(forms.Form):
    """One difficulty; the last three fields are for those with funds."""

    category = forms.ChoiceField(label=_("问题类别"), choices=[])
    text = forms.CharField(
        label=_("具体问题"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("写明什么事、涉及多少人或多少数量、希望什么时候解决；不要写个人身份证号和电话。"),
    )
    source = forms.ChoiceField(label=_("来源"), choices=[])
    amount = forms.DecimalField(
        label=_("资金需求（万元）"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=12,
        decimal_places=2,
        help_text=_("只有资金融资类填写，下同。"),
    )
    term_months = forms.IntegerField(label=_("期限（月）"), required=False, min_value=1, max_value=360)
    purpose = forms.CharField(label=_("资金用途"), required=False, max_length=200)

    def __init__(self, *args: Any, is_own: bool = False, is_optional: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = field.required and not is_optional
        category, source = self.fields["category"], self.fields["source"]
        if isinstance(category, forms.ChoiceField) and isinstance(source, forms.ChoiceField):
            category.choices = [("", _("请选择")), *_categories()]
            source.choices = Source.choices
        if is_own:
            del self.fields["source"]

    @property
    def difficulty(self) -> Difficulty:
        """What was typed; the enterprise itself comes by the platform."""
        typed = self.cleaned_data
        amount = typed.get("amount")
        funds = Funds(
            money.to_fen(amount, "万元") if amount is not None else None,
            typed.get("term_months"),
            typed.get("purpose") or "",
        )
        return Difficulty(typed["category"], typed["text"], typed.get("source") or Source.PLATFORM, funds)

    @property
    def on_visit(self) -> Difficulty:
        """The same, found on a visit."""
        return replace(self.difficulty, source=Source.VISIT)


class VisitRecordForm(ProblemsForm):
    """A visit; a difficulty found on the spot is raised with it. `at` is now, in local time."""

    visited_at = forms.DateTimeField(
        label=_("走访时间"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    form = forms.ChoiceField(label=_("走访方式"), choices=VisitForm.choices)
    organisations = forms.MultipleChoiceField(
        label=_("走访单位"), help_text=_("部门和街道一起走访的，都选上。"), widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label=_("走访情况"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    next_on = forms.DateField(label=_("下次走访"), required=False, widget=DayInput())

    def __init__(self, *args: Any, area: str, own: Organisation | None, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visited_at"].initial = at
        offices = directory.organisations(on=at.date())
        near = [each for each in offices if each.kind == OrganisationKind.DEPARTMENT or each.area_code == area[:9]]
        field = self.fields["organisations"]
        field.initial = [own.code] if own else []
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(each.code, format_html('<span lang="zh-Hans">{}</span>', each)) for each in near]


class OfficerForm(forms.Form):
    """Who serves the enterprise, and from when."""

    officer = forms.ChoiceField(label=_("服务专员"), widget=NamesSelect)
    since = forms.DateField(label=_("自"), widget=DayInput())

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = on.isoformat()
        field = self.fields["officer"]
        people = User.objects.filter(is_active=True, organisation__isnull=False).select_related("organisation")
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (each.username, f"{each.display_name}（{each.organisation}）")
                for each in people.order_by("organisation__sort_no", "username")
            ]
