"""The subdistricts' ledger of work resumption (企业复工复产台账), one line an enterprise as of one day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal as Exact
from typing import Any, ClassVar, Final, NamedTuple

from django.utils.translation import gettext as _

from shoushan.apps.resumption.books import frame_stretches
from shoushan.apps.resumption.enums import CheckResult
from shoushan.apps.resumption.enums.filings import FilingState
from shoushan.apps.resumption.models import DailyReturn, ReturnFiling
from shoushan.apps.resumption.selectors.locks import Locks, locks_of
from shoushan.apps.resumption.services import Report, record_returns
from shoushan.apps.resumption.services.locks import use_exceptions
from shoushan.apps.resumption.services.returns import RETURN_FIELDS, decimal
from shoushan.apps.resumption.sheets import matching
from shoushan.directory.actors import actor_code
from shoushan.exchange.columns import Area, Choice, Column, Day, Decimal, Percent, Text, Uscc, Whole
from shoushan.exchange.declarations import Batch, Problem, Row, RowPlan, Sheet, Verdict
from shoushan.lib import rows as rows_of
from shoushan.lib import texts
from shoushan.lib.marking import noop
from shoushan.registry.enums import Source
from shoushan.registry.selectors import EnterpriseBrief, Match
from shoushan.registry.services import NewEnterprise

CHECK_SPELLINGS: Final = {
    "合格": CheckResult.PASSED.value,
    "核验合格": CheckResult.PASSED.value,
    "通过": CheckResult.PASSED.value,
    "整改": CheckResult.RECTIFY.value,
    "限期整改": CheckResult.RECTIFY.value,
    "整改中": CheckResult.RECTIFY.value,
    "不合格": CheckResult.FAILED.value,
    "不通过": CheckResult.FAILED.value,
    "待核验": CheckResult.PENDING.value,
    "未核验": CheckResult.PENDING.value,
}


class Line(NamedTuple):
    """A line that stands: the enterprise in the register, or what to enter, its area and the values of the return."""

    found: EnterpriseBrief | None
    new: NewEnterprise | None
    area: str
    values: tuple[Any, ...]


class LedgerSheet(Sheet):
    """Handbook C5; a subdistrict sends it for its own enterprises, the same day again only with corrections."""

    code: ClassVar[str] = "resumption.ledger"
    title: ClassVar[str] = noop("企业复工复产台账")
    permission: ClassVar[str] = "resumption.import_ledger"
    export_permission: ClassVar[str] = "resumption.export_ledger"
    file_hint: ClassVar[str] = "附件2:XX街道复工台账(3.23).xlsx"
    needs_as_of: ClassVar[bool] = True
    columns: ClassVar[tuple[Column, ...]] = (
        Text("name", "企业名称", required=True, synonyms=("单位名称", "公司名称"), max_length=120, width=36),
        Uscc("uscc", "统一社会信用代码", synonyms=("信用代码", "机构代码", "税号")),
        Text("industry", "行业", synonyms=("所属行业", "行业类别"), max_length=60),
        Choice(
            "category",
            "四上类别",
            synonyms=("四上类型",),
            choices={**matching.CATEGORY_SPELLINGS, "非四上": "NONE", "否": "NONE"},
            width=18,
        ),
        Area("area", "所属街道", synonyms=("街道", "属地街道", "属地")),
        Text("industry_department", "行业主管部门", synonyms=("主管部门",), max_length=60, is_ditto_allowed=True),
        Whole(
            "staff_total",
            "职工总数",
            required=True,
            unit="人",
            synonyms=("职工人数", "员工总数", "从业人员数"),
            control_total=True,
        ),
        Day("planned_on", "拟复工时间", synonyms=("计划复工时间", "拟复工日期")),
        Day("applied_on", "申请时间", synonyms=("申请日期", "申报时间")),
        Day("checked_on", "核验时间", synonyms=("核验日期", "现场核验时间")),
        Choice("check_result", "核验结果", synonyms=("核验情况",), choices=CHECK_SPELLINGS),
        Text("permit_number", "批复/备案号", synonyms=("批复号", "备案号", "批复文号"), max_length=60, width=20),
        Day(
            "resumed_on",
            "实际复工时间",
            required=True,
            may_be_blank=True,
            synonyms=("复工时间", "复工日期", "实际复工日期"),
        ),
        Whole(
            "at_work",
            "返岗人数",
            required=True,
            may_be_blank=True,
            unit="人",
            synonyms=("到岗人数", "复工人数", "在岗人数"),
            control_total=True,
        ),
        Whole(
            "from_hubei", "湖北籍", group="其中", unit="人", synonyms=("其中:湖北籍", "湖北籍人数"), control_total=True
        ),
        Whole(
            "from_other_provinces",
            "外省",
            group="其中",
            unit="人",
            synonyms=("其中:外省", "外省人数"),
            control_total=True,
        ),
        Whole("isolated", "隔离人数", unit="人", synonyms=("隔离观察人数",), control_total=True),
        Decimal(
            "supplies_days",
            "防疫物资可用天数",
            unit="天",
            places=1,
            least=Exact(0),
            most=Exact(9999),
            synonyms=("物资可用天数",),
        ),
        Percent(
            "capacity_rate", "产能恢复%", unit="%", most=Exact(999), synonyms=("产能恢复率", "产能恢复", "产能利用率")
        ),
        Text("sponsor", "包挂领导", max_length=60),
        Text("service_officer", "服务专员", synonyms=("驻厂联络员", "联络员"), max_length=60),
        Text("problems", "存在问题", synonyms=("问题", "困难诉求"), max_length=500, width=24),
        Text("note", "备注", synonyms=("说明",), max_length=500, width=20),
    )

    def key_of(self, row: Row) -> Any:
        """Two lines of one file are the same when they have the same credit code, or without one the same name."""
        return row.values[1] or texts.match_key(row.values[0])

    def plan(self, rows: list[Row], batch: Batch) -> list[RowPlan]:
        """Judge each line: the enterprise, the area, the numbers; then new, changed or unchanged."""
        matches = matching.matches_of(self, rows, batch)
        ids = [match.enterprise.id for match in matches if match.enterprise]
        there = _returns_of_day(ids, batch.as_of or batch.today)
        framed = frame_stretches(ids)
        plans = [self._judge(row, match, there, framed, batch) for row, match in zip(rows, matches, strict=True)]
        day = batch.as_of or batch.today
        closed, locks = _accepted(there, day), locks_of(day)
        plans = [self._open_or_refused(plan, closed) for plan in plans] if closed else plans
        return [self._unlocked_or_refused(plan, locks) for plan in plans] if locks.areas else plans

    def _unlocked_or_refused(self, plan: RowPlan, locks: Locks) -> RowPlan:
        """A day that is locked takes nothing new and no change without an exception."""
        if plan.verdict not in {Verdict.NEW, Verdict.CHANGED}:
            return plan
        line: Line = plan.data
        if not locks.closes(line.area, line.found.id if line.found else None):
            return plan
        message = _("该街道这一天的日报已经锁定；确需更正的，请主管部门批准例外后再上传。")
        return self.reject(plan.row, "at_work", "day_locked", message)

    def _open_or_refused(self, plan: RowPlan, closed: set[int]) -> RowPlan:
        """What the department has accepted is changed by a correction only, never by a later file."""
        if plan.verdict != Verdict.CHANGED or plan.data.found.id not in closed:
            return plan
        message = _("该企业这一天的日报已经验收，不能再由台账改动；确需更正的，请验收部门先“退回更正”。")
        return self.reject(plan.row, "at_work", "return_accepted", message)

    def _judge(
        self, row: Row, match: Match, there: dict[int, tuple[Any, ...]], framed: dict[int, Any], batch: Batch
    ) -> RowPlan:
        area: Any = row.values[4] or _unit_area(batch)  # None is refused right below
        found = match.enterprise
        refused = (
            matching.refusal_of_match(self, row, match, batch)
            or matching.refusal_of_area(self, row, found, area, batch)
            or self._refusal_of_unit(row, area, batch)
            or self._refusal_of_numbers(row, batch)
            or matching.refusal_of_repetition(self, row, found, batch)
        )
        if refused:
            return refused
        values = _return_values(row)
        problems = self._warnings(row, found, framed, values)
        if found is None:
            new = NewEnterprise(row.values[0], area, row.values[1])
            return RowPlan(row, Verdict.NEW, problems, Line(None, new, area, values))
        known = there.get(found.id)
        verdict = Verdict.NEW if known is None else Verdict.UNCHANGED if known == values else Verdict.CHANGED
        return RowPlan(row, verdict, problems, Line(found, None, area, values))

    def _refusal_of_unit(self, row: Row, area: str, batch: Batch) -> RowPlan | None:
        """A subdistrict's file holds its own enterprises only."""
        unit = _unit_area(batch)
        if unit is None or unit == area:
            return None
        words = {"unit": matching.area_name(batch, unit), "area": matching.area_name(batch, area)}
        return self.reject(
            row,
            "area",
            "other_subdistrict",
            _("这份表由%(unit)s填报，这一行的企业属于%(area)s，请由属地街道填报。") % words,
        )

    def _refusal_of_numbers(self, row: Row, batch: Batch) -> RowPlan | None:
        staff_total, resumed_on, at_work = row.values[6], row.values[12], row.values[13]
        if staff_total is None:
            return self.reject(row, "staff_total", "required", _("没有填写职工总数，请补填。"))
        at_work = at_work or 0
        if at_work > staff_total:
            words = {"at_work": at_work, "staff": staff_total}
            message = _("返岗人数 %(at_work)d 大于职工总数 %(staff)d，请核对两个数字。")
            return self.reject(row, "at_work", "at_work_exceeds_staff", message % words)
        if refused := matching.refusal_of_staff(self, row, staff_total):
            return refused
        if resumed_on and batch.as_of and resumed_on > batch.as_of:
            words = {"day": resumed_on.isoformat(), "as_of": batch.as_of.isoformat()}
            message = _("实际复工时间 %(day)s 晚于截至时间 %(as_of)s，尚未复工的请留空，计划时间填在“拟复工时间”。")
            return self.reject(row, "resumed_on", "resumed_after_as_of", message % words)
        if at_work and not resumed_on:
            return self.reject(
                row, "resumed_on", "resumed_on_missing", _("填了返岗人数却没有实际复工时间，请补填复工时间。")
            )
        return None

    def _warnings(
        self, row: Row, found: EnterpriseBrief | None, framed: dict[int, Any], values: tuple[Any, ...]
    ) -> list[Problem]:
        """Odd but possible: taken as it stands, and said."""
        problems: list[Problem] = []
        if values[7] and not values[8]:
            message = _("已复工但返岗人数为 0，请确认是否漏填。")
            problems.append(self.problem(row, "at_work", "resumed_with_nobody", message, level="warning"))
        if values[7] and values[4] and values[7] < min(day for day in values[3:5] if day):
            message = _("实际复工时间早于核验时间，请确认是否先复工后核验。")
            problems.append(self.problem(row, "resumed_on", "resumed_before_check", message, level="warning"))
        if row.values[3] not in {None, "NONE"} and (found is None or found.id not in framed):
            message = _("填为四上企业，但统计局名单里没有这家单位，按名单不计入四上。")
            problems.append(self.problem(row, "category", "not_in_frame", message, level="warning"))
        if found is not None and found.name_key != texts.match_key(row.values[0]):
            message = _("名称与在册名称“%(name)s”不同，按信用代码认定为同一企业。") % {"name": found.name}
            problems.append(self.problem(row, "name", "name_differs", message, level="warning"))
        return problems

    def apply(self, plans: list[RowPlan], batch: Batch) -> None:
        """Enter unknown enterprises, then record the returns that are new or changed."""
        assert batch.as_of is not None and batch.upload_id is not None  # noqa: S101, PT018 - the importer has seen to both
        new = [(plan.row, plan.data.new) for plan in plans if plan.data.new]
        made = iter(matching.register(new, source=Source.SUBDISTRICT, on=batch.as_of, at=batch.at))
        reports = []
        for plan in plans:
            if plan.verdict == Verdict.UNCHANGED:
                continue
            who = plan.data.found or next(made)
            reports.append(Report(who.id, who.code, plan.data.area, plan.data.values, plan.row.number))
        actor = actor_code(batch.actor)
        use_exceptions([each.enterprise_id for each in reports], as_of=batch.as_of, at=batch.at)
        record_returns(reports, as_of=batch.as_of, source_id=batch.upload_id, at=batch.at, actor=actor)


def _unit_area(batch: Batch) -> str | None:
    """The subdistrict that the file says it is from."""
    if "unit_area" not in batch.memory:
        area = batch.area_matcher.match(batch.unit_text) if batch.area_matcher and batch.unit_text else None
        batch.memory["unit_area"] = area.code if area else None
    code: str | None = batch.memory["unit_area"]
    return code


def _returns_of_day(ids: Sequence[int], as_of: date) -> dict[int, tuple[Any, ...]]:
    found: dict[int, tuple[Any, ...]] = {}
    for part in rows_of.chunks(ids, 500):
        there = DailyReturn.objects.filter(as_of=as_of, enterprise_id__in=part).values_list(
            "enterprise_id", *RETURN_FIELDS
        )
        found.update((enterprise_id, tuple(values)) for enterprise_id, *values in there)
    return found


def _accepted(there: Iterable[int], as_of: date) -> set[int]:
    """The enterprises, of those with a return of the day, whose return the department has accepted."""
    found: set[int] = set()
    for part in rows_of.chunks(list(there), 500):
        filings = ReturnFiling.objects.filter(enterprise_id__in=part, as_of=as_of, state=FilingState.ACCEPTED)
        found.update(filings.values_list("enterprise_id", flat=True))
    return found


def _return_values(row: Row) -> tuple[Any, ...]:
    """The values in the order of RETURN_FIELDS, as the table keeps them: empty text for no text, places fixed."""
    values = row.values
    return (
        values[5] or "",
        values[6],
        values[7],
        values[8],
        values[9],
        values[10] or "",
        values[11] or "",
        values[12],
        values[13] or 0,
        values[14],
        values[15],
        values[16],
        decimal(values[17], 1),
        decimal(values[18], 2),
        values[19] or "",
        values[20] or "",
        values[21] or "",
        values[22] or "",
    )
