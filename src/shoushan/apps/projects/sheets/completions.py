"""Completed and added premises (竣工/新增载体表, handbook D4), one line a project, as of the file's day.

It states what is expected and what can be let; it never completes a project, which takes its acceptance record. What the
register or the ledger of buildings knows is compared and pointed out, not overwritten.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal as Exact
from typing import Any, ClassVar, Final

from django.utils.translation import gettext as _

from shoushan.apps.projects.enums.projects import ProjectStage
from shoushan.apps.projects.selectors.completions import Completion, completions_of
from shoushan.apps.projects.selectors.names import projects_by_code
from shoushan.apps.projects.services.completions import Origin, Said, check_may_state, state_completion
from shoushan.apps.projects.sheets.returns import projects_by_name
from shoushan.directory.access import NotAllowedError
from shoushan.exchange.columns import Column, Day, Decimal, Text
from shoushan.exchange.declarations import Batch, Problem, Row, RowPlan, Sheet, Verdict
from shoushan.lib import texts
from shoushan.lib.languages import official
from shoushan.lib.marking import noop
from shoushan.lifecycle.since_preview import taking

WAN: Final = 10_000
UNIT: Final = "万平方米"
MOST: Final = Exact(1000)
AREAS: Final = {"area": "area_sqm", "lettable": "lettable_sqm", "absorbed": "absorbed_sqm"}
"""Column of an area, and what it is in a statement."""


class CompletionSheet(Sheet):
    """An empty cell leaves what is known. Sent again as it went out, nothing changes."""

    code: ClassVar[str] = "projects.completions"
    title: ClassVar[str] = noop("竣工、新增载体表")
    permission: ClassVar[str] = "projects.report_project"
    export_permission: ClassVar[str] = "projects.export_list"
    file_hint: ClassVar[str] = "2020年竣工、新增载体表(6.30).xlsx"
    needs_as_of: ClassVar[bool] = True
    columns: ClassVar[tuple[Column, ...]] = (
        Text("name", "项目", required=True, synonyms=("项目名称", "竣工项目"), max_length=120, width=32, hint="名称、曾用名或代码"),
        Day("day", "竣工时间", required=True, may_be_blank=True, synonyms=("竣工日期", "预计竣工时间", "计划竣工时间")),
        Decimal("area", "建筑面积", required=True, may_be_blank=True, unit=UNIT, places=4, least=Exact(0), most=MOST, synonyms=("载体面积", "竣工面积", "新增面积"), control_total=True),
        Decimal("lettable", "可招商面积", unit=UNIT, places=4, least=Exact(0), most=MOST, synonyms=("可租面积",), control_total=True),
        Decimal("absorbed", "已去化面积", unit=UNIT, places=4, least=Exact(0), most=MOST, synonyms=("已租面积", "去化面积"), control_total=True),
        Text("prospects", "意向企业", synonyms=("意向入驻企业",), max_length=500, width=32),
    )  # fmt: skip

    def key_of(self, row: Row) -> Any:
        """Two lines of one file are the same when they have the same name."""
        return texts.match_key(row.values[0])

    def plan(self, rows: list[Row], batch: Batch) -> list[RowPlan]:
        """Judge each line: the project, who may state it, what register and ledger say."""
        names = [row.values[0] for row in rows]
        known = projects_by_name([texts.match_key(name) for name in names])
        by_code = projects_by_code([texts.clean(name).upper() for name in names])
        found = [known.get(texts.match_key(name)) or by_code.get(texts.clean(name).upper()) for name in names]
        day = self._day(batch)
        own = {each.pk: each for each in found if each is not None}
        lines = {each.project.pk: each for each in completions_of(own.values(), year=day.year, on=day)}
        return [
            self._judge(row, lines.get(project.pk) if project else None, batch)
            for row, project in zip(rows, found, strict=True)
        ]

    def _day(self, batch: Batch) -> date:
        return batch.as_of or batch.today

    def _judge(self, row: Row, line: Completion | None, batch: Batch) -> RowPlan:
        if line is None:
            message = _("在册没有这个名称或代码的项目，请按清单上的名称填写，或先导入清单。")
            return self.reject(row, "name", "project_unknown", message)
        refused = self._refusal_of_project(row, line, batch) or self._refusal_of_areas(row, line)
        if refused is not None:
            return refused
        problems = [*self._of_day(row, line), *self._of_areas(row, line), *self._of_state(row, line)]
        said = self._said(row, line, {each.column for each in problems})
        is_same = said == _known(line)
        first = line.statement is None
        verdict = Verdict.UNCHANGED if is_same else Verdict.NEW if first else Verdict.CHANGED
        return RowPlan(row, verdict, problems, (line.project, said))

    def _refusal_of_project(self, row: Row, line: Completion, batch: Batch) -> RowPlan | None:
        if batch.actor is not None:
            try:
                check_may_state(batch.actor, line.project, on=batch.today)
            except NotAllowedError as error:
                return self.reject(row, "name", "outside_scope", error.sentence)
        if line.project.state == ProjectStage.WITHDRAWN:
            message = _("“%(name)s”已退出，不再填报竣工和载体。") % {"name": line.project.name}
            return self.reject(row, "name", "withdrawn", message)
        return None

    def _refusal_of_areas(self, row: Row, line: Completion) -> RowPlan | None:
        """The three areas beside each other; where a cell is empty, beside what is known."""
        said = [(self.value(row, name), getattr(line, own)) for name, own in AREAS.items()]
        area, lettable, absorbed = (known if cell is None else _sqm(cell) for cell, known in said)
        if lettable is not None and absorbed is not None and absorbed > lettable:
            message = _("已去化面积大于可招商面积，请核对两个数和单位。")
            return self.reject(row, "absorbed", "absorbed_beyond_lettable", message)
        if area is not None and lettable is not None and lettable > area:
            message = _("可招商面积大于建筑面积，请核对两个数和单位。")
            return self.reject(row, "lettable", "lettable_beyond_area", message)
        return None

    def _of_day(self, row: Row, line: Completion) -> list[Problem]:
        """What the register says of the day that the line names."""
        said: date | None = self.value(row, "day")
        if said is None or said == line.day:
            return []
        if line.is_completed_now:
            known = line.project.completed_on
            message = _("在册竣工日期是 %(day)s，以竣工验收备案为准，这一项没有录入。") % {
                "day": known.isoformat() if known else "—"
            }
            return [self.problem(row, "day", "completed_on_differs", message, level="warning")]
        if said <= line.on:
            message = _("在册还没有竣工，竣工请在项目页面凭竣工验收备案表确认，导入表不改变阶段，这一项没有录入。")
            return [self.problem(row, "day", "completed_by_steps", message, level="warning")]
        return []

    def _of_areas(self, row: Row, line: Completion) -> list[Problem]:
        """What acceptance and buildings say of the areas that the line names."""
        problems: list[Problem] = []
        accepted = line.project.premises_done_sqm if line.is_completed_now else None
        said = self.value(row, "area")
        if said is not None and accepted is not None and _sqm(said) != accepted:
            message = _("竣工确认的面积是 %(area)s 万平方米，这一项没有录入。") % {"area": in_wan(accepted)}
            problems.append(self.problem(row, "area", "area_differs", message, level="warning"))
        for name in ("lettable", "absorbed"):
            said, known = self.value(row, name), getattr(line, AREAS[name])
            if line.built is not None and said is not None and _sqm(said) != known:
                message = _("按楼宇台账为 %(area)s 万平方米，这一列由楼宇台账计算，所填的数没有录入。")
                words = {"area": in_wan(known)}
                problems.append(self.problem(row, name, "differs_from_buildings", message % words, level="warning"))
        return problems

    def _of_state(self, row: Row, line: Completion) -> list[Problem]:
        """What is odd about the project itself; the line is taken all the same."""
        if line.project.state == ProjectStage.HALTED:
            message = _("项目在册为停建缓建（自 %(day)s），请核对是否已恢复建设；恢复请在项目页面办理。")
            words = {"day": line.project.state_on.isoformat()}
            return [self.problem(row, "name", "project_halted", message % words, level="warning")]
        if not line.is_done and line.end_year != line.on.year:
            message = _("本年计划没有安排这个项目竣工，请核对，或先办理计划调整。")
            return [self.problem(row, "name", "not_planned", message, level="warning")]
        return []

    def _said(self, row: Row, line: Completion, differing: set[str]) -> Said:
        """What is to be stated: what the line says where it may say it, else what was stated before."""
        known = _known(line)
        titles = {column.name: column.title for column in self.columns}
        areas = {}
        for name, own in AREAS.items():
            said = self.value(row, name)
            is_taken = said is not None and titles[name] not in differing and _sqm(said) != getattr(line, own)
            areas[own] = _sqm(said) if is_taken else getattr(known, own)
        day = self.value(row, "day")
        is_expected = day is not None and day != line.day and titles["day"] not in differing
        prospects = self.value(row, "prospects") or known.prospects
        return Said(expected_on=day if is_expected else None, prospects=prospects, **areas)

    def apply(self, plans: list[RowPlan], batch: Batch) -> None:
        """State what is new or changed."""
        with official():  # kept with the milestone, and a document's words
            reason = _("按《%(file)s》更新") % {"file": batch.file_name}
        for plan in plans:
            if plan.verdict == Verdict.UNCHANGED:
                continue
            project, said = plan.data
            origin = Origin(self._day(batch), batch.at, batch.actor, reason, batch.upload_id, plan.row.number)
            with taking(_("项目"), row=plan.row.number):
                state_completion(project, said, origin)


def _known(line: Completion) -> Said:
    """What was stated before."""
    there = line.statement
    if there is None:
        return Said()
    return Said(None, there.area_sqm, there.lettable_sqm, there.absorbed_sqm, there.prospects)


def _sqm(area: Exact) -> int:
    return int(area * WAN)


def in_wan(area: int | None) -> str:
    """Square metres as 万平方米, without needless zeros."""
    return "—" if area is None else f"{(Exact(area) / WAN).normalize():f}"


def completion_record(line: Completion) -> dict[str, Any]:
    """A project as the columns of the table name the values."""
    areas = {name: getattr(line, own) for name, own in AREAS.items()}
    return {
        "name": line.project.name,
        "day": line.day,
        **{name: None if area is None else Exact(area) / WAN for name, area in areas.items()},
        "prospects": line.prospects or None,
    }
