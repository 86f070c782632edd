"""The projects of a campaign (三个一批项目清单): which project is in which batch, by when."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.utils.translation import gettext as _

from shoushan.apps.projects.enums.campaigns import ItemProgress
from shoushan.apps.projects.enums.projects import Batch, ProjectStage
from shoushan.apps.projects.lifecycle import CONFIRM, is_office
from shoushan.apps.projects.models import Campaign, CampaignItem, Project
from shoushan.apps.projects.selectors.campaigns import campaign_on
from shoushan.apps.projects.services.campaigns import Place, place_projects
from shoushan.apps.projects.services.rooms import ItemLine
from shoushan.apps.projects.sheets.returns import projects_by_name
from shoushan.exchange.columns import Choice, Column, Day, Money, Text
from shoushan.exchange.declarations import Batch as File
from shoushan.exchange.declarations import Row, RowPlan, Sheet, Verdict
from shoushan.lib import texts
from shoushan.lib.languages import official
from shoushan.lib.marking import noop
from shoushan.lifecycle.since_preview import taking

BATCHES: Final = {
    "签约一批": Batch.SIGN.value,
    "签约": Batch.SIGN.value,
    "落地一批": Batch.LAND.value,
    "落地": Batch.LAND.value,
    "开工一批": Batch.START.value,
    "开工": Batch.START.value,
}


ONLY_OUT: Final = "导出时给出，导入时不读"


class CampaignSheet(Sheet):
    """Goes to the campaign that runs on the file's day; the same line again only sets another day.

    What is known besides goes out with it and is not read again: items are achieved by the steps of their projects.
    """

    code: ClassVar[str] = "projects.campaign"
    title: ClassVar[str] = noop("三个一批项目清单")
    permission: ClassVar[str] = "projects.import_list"
    export_permission: ClassVar[str] = "projects.export_list"
    file_hint: ClassVar[str] = "三个一批项目清单(3.2).xlsx"
    needs_as_of: ClassVar[bool] = True
    is_of_district: ClassVar[bool] = True
    columns: ClassVar[tuple[Column, ...]] = (
        Choice("batch", "批次", required=True, choices=BATCHES),
        Text("name", "项目名称", required=True, max_length=120, width=32),
        Day("planned_on", "计划完成时间", required=True, synonyms=("计划时间", "计划日期", "完成时限")),
        Text("lead", "牵头单位", hint=ONLY_OUT),
        Money("total", "总投资", unit="亿元", hint=ONLY_OUT),
        Day("achieved_on", "完成时间", hint=ONLY_OUT),
        Text("light", "亮灯", hint=ONLY_OUT),
        Text("reason", "未完成原因", max_length=300, width=32, hint=ONLY_OUT),
    )
    key: ClassVar[tuple[str, ...]] = ("batch", "name")

    def plan(self, rows: list[Row], batch: File) -> list[RowPlan]:
        """Judge each line: the project, the campaign, its days."""
        known = projects_by_name([texts.match_key(row.values[1]) for row in rows])
        campaign = campaign_on(batch.as_of or batch.today)
        there = {}
        if campaign is not None:
            items = CampaignItem.objects.filter(campaign=campaign, removed_on=None)
            there = {(each.project_id, each.key): each.planned_on for each in items}
        is_theirs = batch.actor is None or is_office(batch.actor, CONFIRM, on=batch.today)
        plans = []
        for row in rows:
            project: Project | None = known.get(texts.match_key(row.values[1]))
            refused = self._refusal(row, project, campaign, is_theirs=is_theirs)
            if refused is not None or project is None:
                plans.append(refused or RowPlan(row, Verdict.REJECTED))
                continue
            planned = there.get((project.pk, row.values[0]))
            verdict = Verdict.NEW if planned is None else Verdict.CHANGED
            verdict = Verdict.UNCHANGED if planned == row.values[2] else verdict
            plans.append(RowPlan(row, verdict, data=Place(project.pk, row.values[0], row.values[2])))
        return plans

    def _refusal(
        self, row: Row, project: Project | None, campaign: Campaign | None, *, is_theirs: bool
    ) -> RowPlan | None:
        """Why a line can't stand."""
        if not is_theirs:
            message = _("清单由规则指定的单位导入，见“重点项目职责分工”。")
            return self.reject(row, "", "not_the_office", message)
        if campaign is None:
            message = _("这一天没有正在进行的会战，请核对截至时间。")
            return self.reject(row, "", "no_campaign", message)
        if project is None:
            message = _("在册没有这个名称的项目，请按清单上的名称填写，或先导入清单。")
            return self.reject(row, "name", "project_unknown", message)
        if project.state == ProjectStage.WITHDRAWN:
            message = _("“%(name)s”已退出，不能列入会战。") % {"name": project.name}
            return self.reject(row, "name", "withdrawn", message)
        if not campaign.start_on <= row.values[2] <= campaign.end_on:
            words = {"first": campaign.start_on.isoformat(), "last": campaign.end_on.isoformat()}
            message = _("计划完成时间不在会战期 %(first)s 至 %(last)s 之内，请核对。") % words
            return self.reject(row, "planned_on", "outside_campaign", message)
        return None

    def apply(self, plans: list[RowPlan], batch: File) -> None:
        """Put the projects into their batches from the file's day on."""
        day = batch.as_of or batch.today
        campaign = campaign_on(day)
        going: list[Any] = [plan.data for plan in plans if plan.verdict != Verdict.UNCHANGED]
        with official():  # kept with the change
            reason = _("按《%(file)s》更新") % {"file": batch.file_name}
        if campaign is not None and going:
            on = max(day, campaign.start_on)
            with taking(_("会战")):
                place_projects(campaign, going, on=on, actor=batch.actor, at=batch.at, reason=reason)


def campaign_record(line: ItemLine, reason: str) -> dict[str, Any]:
    """An item as the columns of the list name the values."""
    with official():
        light = str(line.light.label if line.state != ItemProgress.GONE else line.state.label)
    return {
        "batch": line.item.key,
        "name": line.name,
        "planned_on": line.planned_on,
        "lead": str(line.lead),
        "total": line.total_fen,
        "achieved_on": line.achieved_on,
        "light": light,
        "reason": reason or None,
    }
