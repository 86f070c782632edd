"""The monthly table of progress (月调度表, handbook D4), one line a project, of the month of the file's day."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Final

from django.utils.translation import gettext as _

from shoushan.apps.projects.enums.projects import Light, ReturnState
from shoushan.apps.projects.lifecycle import REPORT, check_project_access
from shoushan.apps.projects.models import MonthlyReturn, Project
from shoushan.apps.projects.selectors.returns import (
    SAME_TEXT_MONTHS,
    halted_in,
    months_of_same_text,
    opening_of,
)
from shoushan.apps.projects.services.return_rules import (
    MOST_WORKERS,
    is_total_far_above,
    problems_of_return,
    stop_of,
    unit_doubt,
    wan,
)
from shoushan.apps.projects.services.returns import RETURN_FIELDS, report_month
from shoushan.directory.access import NotAllowedError
from shoushan.exchange.columns import Choice, Column, Decimal, Money, Percent, Text, Whole
from shoushan.exchange.declarations import Batch, Problem, Row, RowPlan, Sheet, Verdict
from shoushan.lib import rows as rows_of
from shoushan.lib import texts
from shoushan.lib.marking import noop
from shoushan.lifecycle.since_preview import taking

LIGHTS: Final = {
    "绿": Light.GREEN.value,
    "绿灯": Light.GREEN.value,
    "黄": Light.YELLOW.value,
    "黄灯": Light.YELLOW.value,
} | {
    "红": Light.RED.value,
    "红灯": Light.RED.value,
}


class MonthlySheet(Sheet):
    """Sent again, a line corrects its month. What the table computes (shares, lights, nodes) is written, never read back."""

    code: ClassVar[str] = "projects.monthly"
    title: ClassVar[str] = noop("重点项目月调度表")
    permission: ClassVar[str] = REPORT
    export_permission: ClassVar[str] = "projects.export_list"
    file_hint: ClassVar[str] = "2020年3月重点项目月调度表(3.31).xlsx"
    needs_as_of: ClassVar[bool] = True
    columns: ClassVar[tuple[Column, ...]] = (
        Text("name", "项目名称", required=True, max_length=120, width=32),
        Text("lead", "牵头(责任)单位", synonyms=("牵头单位", "责任单位"), max_length=60),
        Money("plan_fen", "本年计划投资", unit="万元", synonyms=("年度计划投资",), control_total=True),
        Money(
            "month_fen",
            "本月完成",
            required=True,
            unit="万元",
            synonyms=("本月完成投资", "当月完成投资"),
            control_total=True,
        ),
        Money(
            "year_fen",
            "本年累计",
            required=True,
            unit="万元",
            synonyms=("本年累计完成投资", "本年完成投资"),
            control_total=True,
        ),
        Money(
            "total_fen",
            "自开工累计",
            unit="万元",
            synonyms=("自开始建设累计完成投资", "累计完成投资"),
            control_total=True,
        ),
        Percent("share", "占年度计划%", unit="%", synonyms=("占年度计划", "年度投资完成率")),
        Decimal("ahead", "序时进度±百分点", places=1, synonyms=("序时进度", "与序时进度相差")),
        Text("progress", "形象进度", required=True, synonyms=("工程形象进度",), max_length=500, width=32),
        Text("planned", "计划节点", max_length=120, width=20),
        Text("actual", "实际节点", max_length=120, width=20),
        Whole("workers", "现场人数", unit="人", most=MOST_WORKERS),
        Text("problems", "存在问题", synonyms=("问题",), max_length=500, width=24),
        Text("next_step", "下步打算", synonyms=("下一步打算", "下步计划"), max_length=500, width=24),
        Choice("light", "亮灯", choices=LIGHTS),
    )

    def key_of(self, row: Row) -> Any:
        """Two lines of one file are the same when they have the same name."""
        return texts.match_key(row.values[0])

    def plan(self, rows: list[Row], batch: Batch) -> list[RowPlan]:
        """Judge each line: the project, who may report it, the three sums."""
        keys = [texts.match_key(row.values[0]) for row in rows]
        known = projects_by_name(keys)
        there = _returns(known, self._month(batch))
        return [self._judge(row, known.get(key), there, batch) for row, key in zip(rows, keys, strict=True)]

    def _month(self, batch: Batch) -> date:
        return (batch.as_of or batch.today).replace(day=1)

    def _judge(self, row: Row, project: Project | None, there: dict[int, MonthlyReturn], batch: Batch) -> RowPlan:
        if project is None:
            message = _("在册没有这个名称的项目，请按清单上的名称填写，或先导入清单。")
            return self.reject(row, "name", "project_unknown", message)
        if batch.actor is not None:
            try:
                check_project_access(batch.actor, project, REPORT, batch.today)
            except NotAllowedError as error:
                return self.reject(row, "name", "outside_scope", error.sentence)
        month, found = self._month(batch), there.get(project.pk)
        values = self._values(row, project, month)
        is_same = found is not None and all(getattr(found, name) == values[name] for name in RETURN_FIELDS)
        if is_same and found is not None and found.state != ReturnState.SENT_BACK:
            return RowPlan(row, Verdict.UNCHANGED, self._warnings(row, project, month, values), (project, values))
        stop = stop_of(project, month, values, there=found, today=batch.today)
        if stop is not None:
            return self.reject(row, stop.field, stop.code, stop.sentence)
        for name, sentence in problems_of_return(project, month, values, there=found).items():
            return self.reject(row, name, f"{name}_wrong", sentence)
        verdict = Verdict.CHANGED if found else Verdict.NEW
        return RowPlan(row, verdict, self._warnings(row, project, month, values), (project, values))

    def _values(self, row: Row, project: Project, month: date) -> dict[str, Any]:
        values = {name: self.value(row, name) for name in RETURN_FIELDS}
        values |= {name: values[name] or "" for name in ("progress", "problems", "next_step")}
        if values["total_fen"] is None:  # the official table has no column for it
            opening = opening_of(project, month)
            values["total_fen"] = opening.total_fen + values["year_fen"] - opening.year_fen
        return values

    def _warnings(self, row: Row, project: Project, month: date, values: dict[str, Any]) -> list[Problem]:
        """Odd but possible: taken as it stands, and said."""
        problems = [*self._halted(row, project, month), *self._other_unit(row, project, month, values)]
        opening = opening_of(project, month)
        if not opening.is_known:
            message = _("上个月没有月报，本年累计无法与上月核对；请补报上月，或确认本月完成没有包含上月。")
            problems.append(self.problem(row, "month_fen", "month_before_missing", message, level="warning"))
        if is_total_far_above(opening, values):
            message = _(
                "自开工累计 %(total)s 万元大于清单所列截至上年底完成 %(before)s 万元加本年累计 %(year)s 万元，请核对。"
            )
            words = {
                "total": wan(values["total_fen"]),
                "before": wan(opening.total_fen),
                "year": wan(values["year_fen"]),
            }
            problems.append(self.problem(row, "total_fen", "total_above_plan", message % words, level="warning"))
        count = months_of_same_text(project, month, values["progress"])
        if count >= SAME_TEXT_MONTHS:
            message = _("形象进度已连续 %(count)d 个月一字未改，请核实后如实填写。") % {"count": count}
            problems.append(self.problem(row, "progress", "progress_copied", message, level="warning"))
        return problems

    def _halted(self, row: Row, project: Project, month: date) -> list[Problem]:
        """The table goes on with a project that the register knows as halted."""
        halted = halted_in(project, month)
        if halted is None:
            return []
        message = _("项目在册自 %(day)s 起停建缓建，表中仍按在建填报，请核对；恢复建设请在项目页面办理。")
        words = {"day": halted[0].isoformat()}
        return [self.problem(row, "name", "project_halted", message % words, level="warning")]

    def _other_unit(self, row: Row, project: Project, month: date, values: dict[str, Any]) -> list[Problem]:
        """An amount of some hundredths in a column of 万元 that fits the year's plan as 亿元."""
        said = unit_doubt(project, month, values["month_fen"], plan_fen=self.value(row, "plan_fen"))
        return [self.problem(row, "month_fen", "unit_doubtful", said, level="warning")] if said else []

    def apply(self, plans: list[RowPlan], batch: Batch) -> None:
        """Report what is new or changed."""
        for plan in plans:
            if plan.verdict == Verdict.UNCHANGED:
                continue
            project, values = plan.data
            with taking(_("项目的月报"), row=plan.row.number):
                report_month(project=project, month=self._month(batch), values=values, actor=batch.actor, at=batch.at)


def projects_by_name(keys: list[str]) -> dict[str, Project]:
    """Projects by present name, then by former ones."""
    found: dict[str, Project] = {}
    for part in rows_of.chunks(sorted({*keys} - {""}), 400):
        for each in Project.objects.filter(former_names__name_key__in=part).prefetch_related("former_names"):
            found |= {former.name_key: each for former in each.former_names.all()}
    for part in rows_of.chunks(sorted({*keys} - {""}), 400):
        found |= {each.name_key: each for each in Project.objects.filter(name_key__in=part).select_related("lead")}
    return found


def _returns(known: dict[str, Project], month: date) -> dict[int, MonthlyReturn]:
    ids = [each.pk for each in known.values()]
    return {each.project_id: each for each in MonthlyReturn.objects.filter(project_id__in=ids, month=month)}
