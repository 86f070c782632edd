"""What the comparison of two days says: the figures of both days, and the whole of it as a workbook with its query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.projects import ChangeKind, Kind, Level, MilestoneKey, ProjectStage
from shoushan.apps.projects.selectors.comparison import Change, Changed, Comparison
from shoushan.apps.projects.services.summaries import (
    BY_CODE,
    CITY,
    COMPLETING,
    COUNT,
    DONE,
    PARTS,
    PREMISES,
    TOTAL,
    YEAR,
)
from shoushan.exchange.exporting import plain_table, write_plain
from shoushan.figures.values import Compared, compared, evaluate_many
from shoushan.lib.days import document_day
from shoushan.lib.languages import official
from shoushan.lib.money import from_fen

CODES: Final = (COUNT, PARTS, CITY, TOTAL, YEAR, DONE, COMPLETING, PREMISES)
PLAN_WORDS: Final = {
    "total_fen": _("总投资"),
    "year_fen": _("本年计划投资"),
    "start_year": _("开工年份"),
    "end_year": _("竣工年份"),
    "premises_sqm": _("本年竣工载体面积"),
}
PROFILE_WORDS: Final = {
    "kind": _("项目类别"),
    "owner_name": _("建设单位"),
    "site": _("建设地点"),
    "content": _("建设规模及主要内容"),
    "lead": _("牵头单位"),
    "sponsor": _("包挂领导"),
    "service_officer": _("服务专员"),
}
HEADINGS: Final = (
    ("项目编号", 18),
    ("项目名称", 40),
    ("所属街道", 14),
    ("牵头单位", 18),
    ("变化", 10),
    ("事项", 18),
    ("原为", 22),
    ("现为", 22),
    ("日期", 12),
    ("原因", 40),
)


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked for, as it is written on the file: words of the filters, and the moment of the asking."""

    comparison: Comparison
    kind: str
    at: datetime

    def __str__(self) -> str:
        found = self.comparison
        asked = ChangeKind(self.kind).label if self.kind else "全部变化"
        moment = timezone.localtime(self.at).strftime("%Y-%m-%d %H:%M:%S")
        return (
            f"查询:{found.year}年重点项目清单,{document_day(found.first)}与{document_day(found.last)}(均为当日24时)对照,"
            f"{asked};{found.listed_first}个-移出{found.count(ChangeKind.REMOVED)}个+新增{found.count(ChangeKind.ADDED)}个"
            f"={found.listed_last}个;数据截至:{moment}"
        )


def figures_of(first: date, last: date, *, areas: tuple[str, ...]) -> list[Compared]:
    """The figures of the list on both days, from the ledger."""
    found = evaluate_many([BY_CODE[code] for code in CODES], as_of=last, areas=areas)
    return compared(found.values(), with_day=first, areas=areas)


def what_of(change: Change) -> str:
    """The milestone or the part of a plan that a change is about; "" for those that say it by their kind."""
    if change.kind in {ChangeKind.LATER, ChangeKind.EARLIER}:
        return str(MilestoneKey(change.what).label)
    return str((PLAN_WORDS | PROFILE_WORDS)[change.what]) if change.what else ""


def value_of(change: Change, value: Any) -> Any:
    """A value as it is read: levels and stages by name, the others as they are."""
    if value is None:
        return None
    labels: dict[str, Any] = {"level": Level, "stage": ProjectStage, "kind": Kind}
    return labels[change.unit](value).label if change.unit in labels else value


def write_comparison(out: IO[bytes], query: Query, changed: list[Changed], *, names: dict[str, str]) -> None:
    """Write all changes, one a line, below the query and its cut-off."""
    title = f"{query.comparison.year}年重点项目清单两日对照"
    with official(), plain_table(out, "清单对照", title=title, line=str(query), headings=HEADINGS) as (page, formats):
        write_plain(page, formats, _lines(changed, names))


def _lines(changed: list[Changed], names: dict[str, str]) -> Iterator[tuple[str, ...]]:
    for one in changed:
        project = one.project
        who = (project.code, one.name, names.get(project.area_code, project.area_code), str(project.lead))
        for each in one.changes:
            said = (plain_value(each, each.before), plain_value(each, each.after))
            on = each.on.isoformat() if each.on else ""
            yield (*who, str(each.kind.label), what_of(each), *said, on, each.reason)


def plain_value(change: Change, value: Any) -> str:
    """A value as the file says it, with its unit."""
    if value is None:
        return ""
    if change.unit == "fen":
        return f"{from_fen(value, '亿元').normalize():f}亿元"
    if change.unit == "sqm":
        return f"{value}平方米"
    if change.unit == "year":
        return f"{value}年"
    return value.isoformat() if isinstance(value, date) else str(value_of(change, value))
