"""The statistics bureau's list of above-scale enterprises of one month."""

from __future__ import annotations

from typing import ClassVar, Final, NamedTuple

from django.utils.translation import gettext as _

from shoushan.apps.resumption import services
from shoushan.apps.resumption.books import locked_frames
from shoushan.apps.resumption.sheets import matching
from shoushan.directory.enums import AreaLevel
from shoushan.exchange.columns import Area, Choice, Column, Industry, Text, Uscc, Whole
from shoushan.exchange.declarations import Batch, Problem, Row, RowPlan, Sheet, Verdict
from shoushan.lib.marking import noop
from shoushan.registry.enums import Source
from shoushan.registry.kinds import is_branch_name
from shoushan.registry.models import FrameMember
from shoushan.registry.selectors import Match
from shoushan.registry.services import NewEnterprise

SELF_EMPLOYED: Final = "92"
"""How the credit code of a self-employed person begins (GB 32100-2015)."""


class Member(NamedTuple):
    """A line that stands: the enterprise in the register, or what to enter, its type, and a community told anew."""

    enterprise_id: int | None
    new: NewEnterprise | None
    kind: str
    community: str = ""


class FrameSheet(Sheet):
    """One file is one whole list: who is not in it is not in the frame of that month."""

    code: ClassVar[str] = "resumption.frame"
    title: ClassVar[str] = noop("四上企业在库名单")
    permission: ClassVar[str] = "resumption.import_frame"
    file_hint: ClassVar[str] = "历下区四上企业在库名单(2020年1月).xlsx"
    key: ClassVar[tuple[str, ...]] = ("uscc",)
    needs_as_of: ClassVar[bool] = True
    is_of_district: ClassVar[bool] = True
    columns: ClassVar[tuple[Column, ...]] = (
        Text(
            "name",
            "企业名称",
            required=True,
            synonyms=("单位名称", "公司名称", "单位详细名称"),
            max_length=120,
            width=36,
        ),
        Uscc("uscc", "统一社会信用代码", required=True, synonyms=("信用代码", "机构代码", "税号")),
        Choice(
            "category",
            "四上类别",
            required=True,
            synonyms=("四上类型", "专业类别", "类别"),
            choices=matching.CATEGORY_SPELLINGS,
            width=18,
        ),
        Industry("industry", "行业代码", synonyms=("国民经济行业代码", "行业")),
        Area("area", "所属街道", required=True, synonyms=("街道", "属地街道")),
        Area("community", "所属社区", synonyms=("社区", "所在社区", "社区居委会"), level=AreaLevel.COMMUNITY, width=20),
        Whole("staff_total", "职工总数", unit="人", synonyms=("从业人员期末人数", "职工人数"), control_total=True),
    )

    def plan(self, rows: list[Row], batch: Batch) -> list[RowPlan]:
        """Judge each line against the register and against the list that is there for the month."""
        matches = matching.matches_of(self, rows, batch)
        there = self._there(batch)
        return [self._judge(row, match, there, batch) for row, match in zip(rows, matches, strict=True)]

    def _there(self, batch: Batch) -> dict[int, str]:
        """Types in the locked list of the same month, or nothing."""
        if "there" not in batch.memory:
            month = batch.as_of.replace(day=1) if batch.as_of else None
            frame = next((each for each in locked_frames() if each.month == month), None)
            members = FrameMember.objects.filter(frame=frame).values_list("enterprise_id", "above_scale_type")
            batch.memory["there"] = dict(members) if frame else {}
        there: dict[int, str] = batch.memory["there"]
        return there

    def _judge(self, row: Row, match: Match, there: dict[int, str], batch: Batch) -> RowPlan:
        name, uscc, kind, industry, area, community, staff_total = row.values
        refused = matching.refusal_of_match(self, row, match, batch)
        month = (batch.as_of or batch.today).replace(day=1)
        refused = refused or matching.refusal_of_area(self, row, match.enterprise, area, batch, since=month)
        if refused:
            return refused
        found = match.enterprise
        if found.is_branch if found else is_branch_name(name):
            return self.reject(row, "name", "branch_in_frame", _("分支机构不是法人，不能列入四上企业名单。"))
        refused = self._refusal_of_community(row, area, community) or matching.refusal_of_staff(self, row, staff_total)
        refused = refused or matching.refusal_of_repetition(self, row, found, batch)
        if refused:
            return refused
        problems = self._warnings(row, uscc)
        if found is None:
            new = NewEnterprise(
                name,
                area,
                uscc,
                community_code=community or "",
                industry_code=industry or "",
                employees_total=staff_total,
                employees_on=batch.as_of,
            )
            return RowPlan(row, Verdict.NEW, problems, Member(None, new, kind))
        told = community if area == found.area_code and community != found.community_code else None
        known = there.get(found.id)
        is_same = known == kind and not told
        verdict = Verdict.NEW if known is None else Verdict.UNCHANGED if is_same else Verdict.CHANGED
        return RowPlan(row, verdict, problems, Member(found.id, None, kind, told or ""))

    def _refusal_of_community(self, row: Row, area: str, community: str | None) -> RowPlan | None:
        """A community lies in its subdistrict; a blank one leaves what is known."""
        if not community or community.startswith(area):
            return None
        message = _("所属社区不在所属街道内，请核对街道和社区。")
        return self.reject(row, "community", "community_elsewhere", message)

    def _warnings(self, row: Row, uscc: str | None) -> list[Problem]:
        """Odd but the bureau's to decide: a self-employed person on a list of enterprises (handbook B9)."""
        if not uscc or not uscc.startswith(SELF_EMPLOYED):
            return []
        message = _("信用代码以 92 开头，是个体工商户，一般不作为四上企业统计，请与统计局核对。")
        return [self.problem(row, "uscc", "self_employed_in_frame", message, level="warning")]

    def apply(self, plans: list[RowPlan], batch: Batch) -> None:
        """Enter unknown enterprises; the list itself is locked when the whole file is read."""
        members: dict[int, str] = batch.memory.setdefault("members", {})
        on = batch.as_of or batch.today
        new = [(plan.row, plan.data.new) for plan in plans if plan.data.new]
        made = iter(matching.register(new, source=Source.STATISTICS, on=on, at=batch.at))
        for plan in plans:
            members[plan.data.enterprise_id or next(made).id] = plan.data.kind
        told = {plan.data.enterprise_id: plan.data.community for plan in plans if plan.data.community}
        batch.memory.setdefault("communities", {}).update(told)

    def finish(self, batch: Batch) -> None:
        """Say in which communities enterprises lie, then lock the list unless it says what the locked one says."""
        services.settle_communities(batch.memory.get("communities", {}), at=batch.at, actor=batch.actor)
        members: dict[int, str] = batch.memory.get("members", {})
        if members and members != self._there(batch) and batch.as_of:
            month = batch.as_of.replace(day=1)
            services.take_frame(month=month, members=members, source=batch.file_name, at=batch.at, actor=batch.actor)
