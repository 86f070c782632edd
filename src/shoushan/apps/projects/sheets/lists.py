"""The list of key projects (重点项目清单, handbook D4), one line a project, in force from the day of the file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as Exact
from typing import Any, ClassVar, Final

from django.utils.translation import gettext as _

from shoushan.apps.projects.enums.projects import Kind, Level, ProjectStage
from shoushan.apps.projects.lifecycle import CONFIRM, is_office
from shoushan.apps.projects.selectors.codes import region_warning
from shoushan.apps.projects.selectors.lists import (
    PLAN_FIELDS,
    PROJECT_FIELDS,
    Known,
    KnownProjects,
    known_projects,
    lead_organisations,
    zones_by_name,
)
from shoushan.apps.projects.services.lists import Arrival, ListLine, PartLine, take_lines, take_parts
from shoushan.apps.projects.services.plans import problems_of_plan
from shoushan.apps.projects.sheets import checks
from shoushan.exchange.columns import Area, Choice, Column, Decimal, Money, Text, Years
from shoushan.exchange.declarations import Batch, Problem, Row, RowPlan, Sheet, Verdict
from shoushan.lib import project_codes, texts
from shoushan.lib.languages import official
from shoushan.lib.marking import noop
from shoushan.registry.selectors import match_enterprises

LEVELS: Final = {
    "区级": Level.DISTRICT.value,
    "区重点": Level.DISTRICT.value,
    "市级": Level.CITY.value,
    "市重点": Level.CITY.value,
    "省级": Level.PROVINCE.value,
    "省重点": Level.PROVINCE.value,
    "国家级": Level.NATION.value,
}
KINDS: Final = {
    "产业": Kind.INDUSTRY.value,
    "产业项目": Kind.INDUSTRY.value,
    "基础设施": Kind.INFRASTRUCTURE.value,
    "民生": Kind.LIVELIHOOD.value,
    "民生工程": Kind.LIVELIHOOD.value,
    "房地产": Kind.REAL_ESTATE.value,
    "城市更新": Kind.RENEWAL.value,
    "楼宇载体": Kind.PREMISES.value,
    "楼宇": Kind.PREMISES.value,
    "其他": Kind.OTHER.value,
}
STAGES: Final = {
    "策划": ProjectStage.PLANNING.value,
    "储备": ProjectStage.RESERVE.value,
    "签约": ProjectStage.SIGNED.value,
    "落地": ProjectStage.LANDED.value,
    "前期手续": ProjectStage.PREPARATION.value,
    "前期": ProjectStage.PREPARATION.value,
    "开工": ProjectStage.STARTED.value,
    "在建": ProjectStage.BUILDING.value,
    "续建": ProjectStage.BUILDING.value,
    "竣工": ProjectStage.COMPLETED.value,
    "投用": ProjectStage.IN_USE.value,
    "投产": ProjectStage.IN_USE.value,
}
TEN_THOUSAND: Final = 10_000
NOTHING: Final = "无"
"""In a cell: there is none. A cell left blank says nothing, and what is known stays."""


def _said(text: str | None, known: str) -> str:
    return "" if text == NOTHING else text or known


class ProjectListSheet(Sheet):
    """The list of a year. A line sent again with other numbers adjusts the plan; what is not in the file stays as it is."""

    code: ClassVar[str] = "projects.list"
    title: ClassVar[str] = noop("重点项目清单")
    permission: ClassVar[str] = "projects.import_list"
    export_permission: ClassVar[str] = "projects.export_list"
    file_hint: ClassVar[str] = "2020年重点项目清单(3.2).xlsx"
    needs_as_of: ClassVar[bool] = True
    is_of_district: ClassVar[bool] = True
    columns: ClassVar[tuple[Column, ...]] = (
        Text("name", "项目名称", required=True, max_length=120, width=32),
        Choice("level", "级别", required=True, synonyms=("项目级别", "重点级别"), choices=LEVELS),
        Text("owner", "建设单位", required=True, synonyms=("项目单位", "业主单位"), max_length=120, width=28),
        Text("site", "建设地点", required=True, synonyms=("项目地址", "地点"), max_length=200, width=24),
        Text(
            "content",
            "建设规模及主要内容",
            required=True,
            synonyms=("建设内容及规模", "建设内容", "主要建设内容"),
            max_length=2000,
            width=40,
        ),
        Years("years", "建设起止年限", required=True, synonyms=("起止年限", "建设年限", "建设起止年月")),
        Money(
            "total_fen", "总投资", required=True, unit="亿元", synonyms=("计划总投资", "项目总投资"), control_total=True
        ),
        Money("done_before_fen", "截至上年底完成", unit="亿元", synonyms=("截至上年底完成投资",), control_total=True),
        Money(
            "year_fen",
            "本年计划投资",
            required=True,
            unit="亿元",
            synonyms=("年度计划投资", "当年计划投资"),
            control_total=True,
        ),
        Text("year_content", "本年建设内容", synonyms=("年度建设内容", "本年度建设内容"), max_length=1000, width=28),
        Text("lead", "牵头(责任)单位", required=True, synonyms=("牵头单位", "责任单位"), max_length=60),
        Text("sponsor", "包挂领导", synonyms=("包保领导", "责任领导"), max_length=60),
        Text("service_officer", "服务专员", max_length=60),
        Text("note", "备注", synonyms=("说明",), max_length=500, width=20),
        Text("project_code", "项目统一代码", synonyms=("统一代码", "项目代码"), max_length=40, width=26),
        Choice("kind", "项目类别", synonyms=("类别", "项目类型"), choices=KINDS),
        Area("area", "所属街道", synonyms=("街道", "属地街道", "属地")),
        Choice("stage", "当前阶段", synonyms=("项目阶段", "建设阶段"), choices=STAGES),
        Decimal(
            "premises",
            "本年竣工载体面积",
            unit="万平方米",
            places=4,
            least=Exact(0),
            most=Exact(1000),
            synonyms=("竣工载体面积", "新增载体面积"),
            control_total=True,
        ),
        Text("zone", "所属片区", synonyms=("片区",), max_length=60),
        Text("package", "所属打包项目", synonyms=("打包项目", "上级项目"), max_length=120),
    )

    def key_of(self, row: Row) -> Any:
        """Two lines of one file are the same when they have the same name; two parts may be named alike."""
        return texts.match_key(row.values[0]), texts.match_key(self.value(row, "package") or "")

    def plan(self, rows: list[Row], batch: Batch) -> list[RowPlan]:
        """Judge each line: what can't be right by itself, beside its neighbours, and beside what is known."""
        keys = [texts.match_key(row.values[0]) for row in rows]
        codes = [project_codes.clean(self.value(row, "project_code")) for row in rows]
        packages = {texts.match_key(self.value(row, "package")) for row in rows if self.value(row, "package")}
        known = known_projects(name_keys=[*keys, *packages], codes=codes, year=self._day(batch).year)
        codes = [known.code_in_force(each) for each in codes]
        owners = match_enterprises(
            usccs=[None] * len(rows), name_keys=[texts.match_key(self.value(row, "owner")) for row in rows]
        )
        leads, beside = lead_organisations(on=self._day(batch)), checks.Neighbours(self, rows)
        batch.memory["zones"] = zones_by_name()
        plans = []
        is_theirs = batch.actor is None or is_office(batch.actor, CONFIRM, on=batch.today)
        for place, row in enumerate(rows):
            if not is_theirs:
                message = _("清单由规则指定的单位导入，见“重点项目职责分工”。")
                plans.append(self.reject(row, "", "not_the_office", message))
                continue
            if self.value(row, "package"):
                plans.append(self._judge_part(row, known, keys))
                continue
            owner = owners[place].enterprise
            found = known.of(codes[place], keys[place])
            refused = (
                checks.refusal_of_code(self, row, codes[place], known, keys[place], batch)
                or beside.refusal(place)
                or beside.refusal_of_twin(place, codes)
                or checks.refusal_of_lead(self, row, leads)
                or checks.refusal_of_place(self, row, found, batch)
                or self._refusal_of_numbers(row, found)
                or checks.refusal_of_twin(self, row, known, found, codes[place])
                or checks.refusal_of_part(self, row, known, found)
            )
            if refused is None:
                judged = self._judge(row, batch, found, owner.id if owner else None, leads, codes[place])
                refused = judged._replace(problems=[*judged.problems, *beside.warnings(place)])
            plans.append(refused)
        return plans

    def _judge_part(self, row: Row, known: KnownProjects, keys: list[str]) -> RowPlan:
        """A row that is part of a packaged one: counted beside it, its money is in the package's."""
        package = texts.match_key(self.value(row, "package"))
        found, own = known.by_name.get(package), known.by_name.get(texts.match_key(row.values[0]))
        if own is not None and own.level:
            message = _("“%(name)s”在册单独列入清单，不能同时作为子项；请先在项目页面办理退出，或不再列为子项。")
            return self.reject(row, "package", "part_is_listed", message % {"name": own.name})
        if found is None and package not in keys:
            message = _("清单和在册项目中都没有名为“%(name)s”的打包项目，请核对名称，或先列出打包项目。")
            words = {"name": self.value(row, "package")}
            return self.reject(row, "package", "package_unknown", message % words)
        part = PartLine(package, row.values[0], self.value(row, "content")[:500])
        is_same = found is not None and (part.name, part.content) in found.parts
        return RowPlan(row, Verdict.UNCHANGED if is_same else Verdict.NEW, data=part)

    def _day(self, batch: Batch) -> date:
        return batch.as_of or batch.today

    def _refusal_of_numbers(self, row: Row, found: Known | None) -> RowPlan | None:
        values = self._plan_values(row, found)
        problems = problems_of_plan(values, reported_fen=found.reported_fen if found else 0)
        for name, sentence in problems.items():
            column = "years" if name in {"start_year", "end_year"} else name
            return self.reject(row, column, f"{name}_wrong", sentence)
        return None

    def _plan_values(self, row: Row, found: Known | None) -> dict[str, Any]:
        """What a line says of the year's plan; a column that is not there or left blank leaves what is known."""
        first, last = self.value(row, "years")
        premises, before = self.value(row, "premises"), self.value(row, "done_before_fen")
        known = dict(zip(PLAN_FIELDS, found.plan, strict=True)) if found and found.plan else {}
        return {
            "total_fen": self.value(row, "total_fen"),
            "done_before_fen": known.get("done_before_fen", 0) if before is None else before,
            "year_fen": self.value(row, "year_fen"),
            "year_content": _said(self.value(row, "year_content"), known.get("year_content", "")),
            "start_year": first,
            "end_year": last,
            "premises_sqm": known.get("premises_sqm", 0) if premises is None else int(premises * TEN_THOUSAND),
        }

    def _judge(
        self, row: Row, batch: Batch, found: Known | None, owner_id: int | None, leads: dict[str, int], code: str
    ) -> RowPlan:
        area = found.area_code if found else checks.area_of(self, row, batch)
        zones: dict[str, int] = batch.memory["zones"]
        known = dict(zip(PROJECT_FIELDS, found.values, strict=True)) if found else {}
        project = {
            "project_code": code or known.get("project_code", ""),
            "kind": found.kind if found else self.value(row, "kind") or Kind.OTHER.value,
            "owner_id": owner_id,
            "owner_name": self.value(row, "owner"),
            "zone_id": zones.get(texts.match_key(self.value(row, "zone"))) or (found.zone_id if found else None),
            "site": self.value(row, "site"),
            "content": self.value(row, "content"),
            "lead_id": leads[texts.match_key(self.value(row, "lead"))],
        } | {name: _said(self.value(row, name), known.get(name, "")) for name in ("sponsor", "service_officer", "note")}
        numbers = self._plan_values(row, found)
        line = ListLine(
            project_id=found.id if found else None,
            name=self.value(row, "name"),
            area_code=area or "",
            level=self.value(row, "level"),
            stage=self.value(row, "stage") or "",
            project=tuple(project[name] for name in PROJECT_FIELDS),
            plan=tuple(numbers[name] for name in PLAN_FIELDS),
            source_row=row.number,
        )
        if found is None:
            return RowPlan(row, Verdict.NEW, self._warnings(row, found, line, zones), line)
        is_same = found.values == line.project and found.plan == line.plan and found.level == line.level
        if is_same:
            return RowPlan(row, Verdict.UNCHANGED, self._warnings(row, found, line, zones), line)
        refused = checks.refusal_of_history(self, row, found, self._day(batch))
        return refused or RowPlan(row, Verdict.CHANGED, self._warnings(row, found, line, zones), line)

    def _warnings(self, row: Row, found: Known | None, line: ListLine, zones: dict[str, int]) -> list[Problem]:
        """Odd but possible: taken as it stands, and said."""
        problems: list[Problem] = []
        if dict(zip(PROJECT_FIELDS, line.project, strict=True))["owner_id"] is None:
            message = _("建设单位不在企业名录中，已照录名称，请核对是否为登记的全称。")
            problems.append(self.problem(row, "owner", "owner_not_registered", message, level="warning"))
        said = region_warning(dict(zip(PROJECT_FIELDS, line.project, strict=True))["project_code"])
        if said and (found is None or found.project_code != line.project[0]):
            problems.append(self.problem(row, "project_code", "project_code_region", said, level="warning"))
        zone = self.value(row, "zone")
        if zone and texts.match_key(zone) not in zones:
            message = _("片区“%(name)s”没有登记，这一项没有录入，请先登记片区。") % {"name": zone}
            problems.append(self.problem(row, "zone", "zone_unknown", message, level="warning"))
        return problems if found is None else [*problems, *checks.warnings_of_known(self, row, found, line)]

    def apply(self, plans: list[RowPlan], batch: Batch) -> None:
        """Enter and move on what is new or changed."""
        day = self._day(batch)
        with official():  # kept with the plan, and a document's words
            reason = _("按《%(file)s》更新") % {"file": batch.file_name}
        arrival = Arrival(
            year=day.year, on=day, at=batch.at, actor=batch.actor, source_id=batch.upload_id, reason=reason[:500]
        )
        going = [plan.data for plan in plans if plan.verdict != Verdict.UNCHANGED]
        take_lines([each for each in going if isinstance(each, ListLine)], arrival)
        take_parts([each for each in going if isinstance(each, PartLine)], arrival)
