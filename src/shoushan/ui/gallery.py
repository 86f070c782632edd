"""Example data for the gallery page; all of it is invented and marked as such."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.ui.icons import ICONS
from shoushan.ui.widgets import DayInput

FIRST_DAY = date(2020, 2, 10)
LEVELS = (12, 40, 96, 150, 240, 262, 268, 340, 433, 520, 640, 702, 715, 720, 810)


class ExampleForm(forms.Form):
    """One field of each kind, sent empty so that every error shows."""

    name = forms.CharField(label=gettext_lazy("企业名称"), help_text=gettext_lazy("与营业执照一致，不用简称。"))
    day = forms.DateField(label=gettext_lazy("实际复工时间"), required=False, widget=DayInput())
    kind = forms.ChoiceField(
        label=gettext_lazy("四上类别"), choices=[("", "—"), ("1", gettext_lazy("工业")), ("2", gettext_lazy("零售业"))]
    )
    answer = forms.ChoiceField(
        label=gettext_lazy("核验结果"),
        choices=[("1", gettext_lazy("同意")), ("2", gettext_lazy("退回"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=gettext_lazy("备注"), required=False, widget=forms.Textarea({"rows": 2}))
    is_read = forms.BooleanField(label=gettext_lazy("已阅读防控要求"))


class ExampleFilter(forms.Form):
    """A filter in force, as a list page has it."""

    word = forms.CharField(label=gettext_lazy("企业名称"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("四上类别"), required=False, choices=[("", "—"), ("INDUSTRY", gettext_lazy("工业"))]
    )


def examples(*, at: datetime, page_number: str) -> dict[str, Any]:
    """The context of the gallery."""
    form = ExampleForm({"name": ""})
    chosen = ExampleFilter({"word": _("示例"), "kind": "INDUSTRY"})
    chosen.is_valid()
    return {
        "at": at,
        "as_of": FIRST_DAY,
        "icons": list(ICONS),
        "form": form,
        "filter": chosen,
        "page_obj": Paginator(range(1, 1235), 50).get_page(page_number or 3),
        "series": [(FIRST_DAY + timedelta(days=index), level) for index, level in enumerate(LEVELS)],
        "rows": _rows(),
        "steps": _steps(),
        "events": _events(at),
        "huge": 123_456_789_012,
        "share": Decimal("0.9288"),
    }


def _rows() -> list[dict[str, Any]]:
    names = (_("示例甲食品有限公司"), _("示例乙商贸有限公司"), _("示例丙建筑工程有限公司"))
    states = ((_("已复工"), "good"), (_("待核验"), "soon"), (_("逾期未报"), "late"))
    people = (1208, 36, None)
    return [
        {"name": name, "state": state, "tone": tone, "people": count}
        for name, (state, tone), count in zip(names, states, people, strict=True)
    ]


def _steps() -> list[dict[str, Any]]:
    return [
        {"label": _("申请"), "state": "done", "on": FIRST_DAY},
        {"label": _("核验"), "state": "done", "on": date(2020, 2, 11)},
        {"label": _("批复"), "state": "current"},
        {"label": _("复工"), "state": "todo"},
    ]


def _events(at: datetime) -> list[dict[str, Any]]:
    return [
        {"at": at, "title": _("核验通过"), "actor": _("示例街道办事处"), "tone": "good"},
        {"at": at - timedelta(days=1), "title": _("退回补正"), "detail": _("缺少返岗人员名单。"), "tone": "late"},
        {"on": FIRST_DAY, "title": _("提交复工申请"), "actor": _("示例甲食品有限公司")},
    ]
