"""The ledger of enterprises' difficulties (问题诉求台账, handbook C5), one line a matter."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, ClassVar, Final, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.resumption.enums.difficulties import FINER, DifficultyCategory
from shoushan.apps.resumption.services.difficulties import Difficulty, Funds, raise_difficulty
from shoushan.apps.resumption.sheets import matching
from shoushan.casework.enums import OPEN, Satisfaction, Source
from shoushan.casework.models import Matter
from shoushan.exchange.columns import Choice, Column, Day, Text
from shoushan.exchange.declarations import Batch, Problem, Row, RowPlan, Sheet, Verdict
from shoushan.lib import texts
from shoushan.lib.languages import official_text
from shoushan.lib.marking import noop
from shoushan.registry.models import Enterprise
from shoushan.registry.selectors import EnterpriseBrief, match_enterprises

CATEGORIES: Final = {
    **{official_text(category.label): category.value for category in DifficultyCategory},
    **{official_text(label): code for code, label, _above in FINER},
    "交通": "TRANSPORT",
    "隔离": "ISOLATION",
    "物资": "SUPPLIES",
    "资金": "FUNDS",
}
FUNDS: Final = {"FUNDS", *(code for code, _label, above in FINER if above == "FUNDS")}
NOON: Final = time(12, 0)
HANDLED: Final = ("lead", "plan", "planned_on", "progress", "is_closed", "satisfaction")
"""What happened to a matter is entered where it happens; a file only brings matters in."""


class Line(NamedTuple):
    """A new matter that stands."""

    found: EnterpriseBrief
    category: str
    text: str
    raised_at: datetime


class DifficultySheet(Sheet):
    """What subdistricts and departments collected on paper comes in as matters; sent again it brings only what is new."""

    code: ClassVar[str] = "resumption.difficulty_ledger"
    title: ClassVar[str] = noop("问题诉求台账")
    permission: ClassVar[str] = "resumption.import_difficulties"
    export_permission: ClassVar[str] = "resumption.export_difficulties"
    file_hint: ClassVar[str] = "XX街道问题诉求台账(3.23).xlsx"
    columns: ClassVar[tuple[Column, ...]] = (
        Text("enterprise", "企业", required=True, synonyms=("企业名称", "单位名称"), max_length=120, width=36),
        Choice("category", "问题类别", required=True, synonyms=("类别", "诉求类别"), choices=CATEGORIES, width=16),
        Text("text", "具体问题", required=True, synonyms=("问题", "问题诉求", "诉求内容"), max_length=2000, width=48),
        Day("raised_on", "提出时间", synonyms=("提出日期", "反映时间")),
        Text("lead", "责任单位", synonyms=("牵头单位", "承办单位"), max_length=60, width=20),
        Text("plan", "办理措施", synonyms=("解决措施",), max_length=2000, width=36),
        Day("planned_on", "完成时限", synonyms=("办理时限",)),
        Text("progress", "进展", synonyms=("办理进展", "进展情况"), max_length=2000, width=36),
        Choice("is_closed", "是否办结", choices={"是": "YES", "已办结": "YES", "否": "NO", "未办结": "NO"}),
        Choice(
            "satisfaction",
            "企业评价",
            synonyms=("满意度",),
            choices={official_text(each.label): each.value for each in Satisfaction},
        ),
    )

    def key_of(self, row: Row) -> Any:
        """The same words of the same enterprise are the same matter."""
        return texts.match_key(row.values[0]), texts.match_key(row.values[2])

    def plan(self, rows: list[Row], batch: Batch) -> list[RowPlan]:
        """Judge each line: the enterprise, the day, whether the matter is there already."""
        keys = [texts.match_key(row.values[0]) for row in rows]
        matches = match_enterprises(usccs=[None] * len(rows), name_keys=keys)
        about = {f"enterprise:{match.enterprise.code}" for match in matches if match.enterprise}
        there = {
            (subject, texts.match_key(text))
            for subject, text in Matter.objects.filter(about__in=about).values_list("about", "text")
        }
        return [
            self._judge(row, match.enterprise, match.problem, there, batch)
            for row, match in zip(rows, matches, strict=True)
        ]

    def _judge(
        self, row: Row, found: EnterpriseBrief | None, problem: str, there: set[tuple[str, str]], batch: Batch
    ) -> RowPlan:
        if found is None or problem:
            message = _("在册没有这个名称的企业，或有多家同名，请按登记的全称填写。")
            return self.reject(row, "enterprise", "enterprise_unknown", message)
        if not batch.may_write(found.area_code):
            words = {"name": matching.area_name(batch, found.area_code)}
            message = _("您只能填报本辖区的企业，%(name)s不在您的权限范围内。") % words
            return self.reject(row, "enterprise", "outside_scope", message)
        if (f"enterprise:{found.code}", texts.match_key(row.values[2])) in there:
            return RowPlan(row, Verdict.UNCHANGED)
        if row.values[1] in FUNDS:
            message = _("资金类问题要写明金额、期限和用途，请在企业页面“反映问题”中登记。")
            return self.reject(row, "category", "funds_by_form", message)
        day = row.values[3] or batch.today
        if day > batch.today:
            return self.reject(
                row, "raised_on", "day_ahead", _("“%(label)s”还没有到，请核对。") % {"label": "提出时间"}
            )
        moment = min(timezone.make_aware(datetime.combine(day, NOON)), batch.at)
        line = Line(found, row.values[1], row.values[2], moment)
        return RowPlan(row, Verdict.NEW, self._warnings(row), line)

    def _warnings(self, row: Row) -> list[Problem]:
        """What was done about it is not taken from a file."""
        filled = [name for name in HANDLED if row.values[self.position(name)] is not None]
        if not filled:
            return []
        message = _("办理情况请由责任单位在平台登记，本次只登记问题本身。")
        return [self.problem(row, filled[0], "handled_elsewhere", message, level="warning")]

    def apply(self, plans: list[RowPlan], batch: Batch) -> None:
        """Raise the new ones, as found on a visit."""
        new = [plan.data for plan in plans if plan.verdict == Verdict.NEW]
        enterprises = Enterprise.objects.in_bulk([line.found.id for line in new])
        for line in new:
            raise_difficulty(
                enterprise=enterprises[line.found.id],
                difficulty=Difficulty(line.category, line.text, Source.VISIT, Funds(None, None, "")),
                actor=None,
                at=line.raised_at,
            )


def record_of(matter: Matter) -> dict[str, Any]:
    """A matter as the sheet's columns name the values."""
    return {
        "enterprise": matter.about_name,
        "category": matter.category,
        "text": matter.text,
        "raised_on": timezone.localtime(matter.raised_at).date(),
        "lead": str(matter.lead) if matter.lead else None,
        "plan": matter.plan or None,
        "planned_on": matter.planned_on,
        "progress": matter.progress or None,
        "is_closed": "NO" if matter.state in OPEN else "YES",
        "satisfaction": matter.satisfaction or None,
    }
