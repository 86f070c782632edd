"""Campaigns: opened with their batches, filled with projects, driven on by decisions of the weekly meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.projects import books
from shoushan.apps.projects.enums.campaigns import CampaignChangeKind
from shoushan.apps.projects.enums.projects import Batch, ProjectStage
from shoushan.apps.projects.lifecycle import CONFIRM, REPORT, check_duty, check_project_access
from shoushan.apps.projects.models import (
    Campaign,
    CampaignBatch,
    CampaignChange,
    CampaignItem,
    DispatchDecision,
    Project,
)
from shoushan.directory.actors import actor_code
from shoushan.directory.models import Organisation
from shoushan.lifecycle.errors import GuardError, MissingError

if TYPE_CHECKING:
    from shoushan.directory.models import User


class Target(NamedTuple):
    """What a batch is to reach: so many projects, of so much total investment."""

    projects: int
    fen: int = 0


class Place(NamedTuple):
    """A project's place in a batch."""

    project_id: int
    key: str
    planned_on: date


@transaction.atomic
def open_campaign(
    *,
    code: str,
    name: str,
    start_on: date,
    days: int,
    targets: Mapping[str, Target],
    actor: User | None,
    at: datetime,
) -> Campaign:
    """A new campaign with its targets. Raises NotAllowedError, MissingError where the code is in use."""
    if actor is not None:
        check_duty(actor, CONFIRM, on=timezone.localtime(at).date())
    if Campaign.objects.filter(code=code).exists():
        sentence = _("编号“%(code)s”已经用过，请换一个编号；要修改已有的会战，请在会战页面点“调整会战”。")
        raise MissingError({"code": sentence % {"code": code}})
    campaign = Campaign.objects.create(code=code, name=name, start_on=start_on, days=days)
    for key, target in targets.items():
        CampaignBatch.objects.create(
            campaign=campaign, key=Batch(key), target_count=target.projects, target_fen=target.fen
        )
    return campaign


def said_of(campaign: Campaign) -> dict[str, Any]:
    """What can be changed of a campaign, by name: its name, its days, count and amount of each batch."""
    batches = {each.key: each for each in campaign.batches.all()}
    targets = {
        f"{key}_{part}": getattr(batches[key], f"target_{part}") if key in batches else 0
        for key in Batch.values
        for part in ("count", "fen")
    }
    return {"name": campaign.name, "days": campaign.days, **targets}


@transaction.atomic
def change_campaign(
    campaign: Campaign,
    *,
    name: str,
    days: int,
    targets: Mapping[str, Target],
    reason: str,
    actor: User,
    at: datetime,
) -> bool:
    """Another name, length or other targets from today on; what stood before stays on record. Was anything changed?

    Raises NotAllowedError, MissingError without a reason, or where an item is planned for a day that would lie outside.
    """
    today = timezone.localtime(at).date()
    check_duty(actor, CONFIRM, on=today)
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    before = said_of(campaign)
    after: dict[str, Any] = {"name": name.strip(), "days": days}
    after |= {f"{key}_count": each.projects for key, each in targets.items()}
    after |= {f"{key}_fen": each.fen for key, each in targets.items()}
    changed = [key for key, value in after.items() if before[key] != value]
    if not changed:
        return False
    _check_reason(reason)
    last = campaign.start_on + timedelta(days=days - 1)
    late = campaign.items.filter(removed_on=None, planned_on__gt=last).order_by("planned_on").last()
    if late is not None:
        words = {"last": last.isoformat(), "name": late.project.name, "day": late.planned_on.isoformat()}
        sentence = _("最后一日将是 %(last)s，而“%(name)s”计划在 %(day)s 完成，请先调整它的计划日期。")
        raise MissingError({"days": sentence % words})
    campaign.name, campaign.days = after["name"], days
    campaign.save(update_fields=["name", "days"])
    for key, target in targets.items():
        CampaignBatch.objects.update_or_create(
            campaign=campaign, key=Batch(key), defaults={"target_count": target.projects, "target_fen": target.fen}
        )
    kept = Kept({key: before[key] for key in changed}, {key: after[key] for key in changed}, reason, today)
    _keep(campaign, None, CampaignChangeKind.CAMPAIGN, kept, actor=actor, at=at)
    books.sync(set(campaign.items.values_list("project_id", flat=True)), at=at, actor=actor_code(actor))
    return True


class Kept(NamedTuple):
    """What a change leaves on record."""

    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    on: date


def _keep(
    campaign: Campaign, item: CampaignItem | None, kind: str, kept: Kept, *, actor: User | None, at: datetime
) -> None:
    CampaignChange.objects.create(
        campaign=campaign,
        item=item,
        kind=kind,
        changed_on=kept.on,
        before=kept.before,
        after=kept.after,
        reason=kept.reason.strip(),
        entered_at=at,
        entered_by=actor,
    )


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise MissingError({"reason": _("请写明理由。")})


def _check_planned(campaign: Campaign, planned_on: date) -> None:
    if not campaign.start_on <= planned_on <= campaign.end_on:
        words = {"first": campaign.start_on.isoformat(), "last": campaign.end_on.isoformat()}
        raise MissingError({"planned_on": _("计划日期不在会战期 %(first)s 至 %(last)s 之内，请核对。") % words})


# ---- items -------------------------------------------------------------------------------------------------
@transaction.atomic
def place_projects(
    campaign: Campaign,
    places: Sequence[Place],
    *,
    on: date,
    actor: User | None,
    at: datetime,
    reason: str = "",
) -> int:
    """Put projects into batches from a day on. How many are new or changed.

    Who is in one already gets the new day planned where a reason is given; the earlier day stays on record. Raises
    NotAllowedError, MissingError for a day outside the campaign, a withdrawn project, another day without a reason.
    """
    if actor is not None:
        check_duty(actor, CONFIRM, on=timezone.localtime(at).date())
    there = {(each.project_id, each.key): each for each in campaign.items.filter(removed_on=None)}
    projects = Project.objects.in_bulk({place.project_id for place in places})
    touched: set[int] = set()
    for place in places:
        _check_planned(campaign, place.planned_on)
        item, project = there.get((place.project_id, place.key)), projects[place.project_id]
        if item is None:
            if project.state == ProjectStage.WITHDRAWN:
                raise MissingError({"project": _("“%(name)s”已退出，不能列入会战。") % {"name": project.name}})
            CampaignItem.objects.create(
                campaign=campaign, project=project, key=place.key, added_on=on, planned_on=place.planned_on
            )
            touched.add(place.project_id)
        elif item.planned_on != place.planned_on:
            if not reason.strip():
                words = {"name": project.name, "day": item.planned_on.isoformat()}
                sentence = _(
                    "“%(name)s”已在这一批，计划 %(day)s 完成；改日期请在项目清单页面点“调整计划日期”，写明理由。"
                )
                raise MissingError({"project": sentence % words})
            _plan_anew(item, place.planned_on, reason=reason, on=on, actor=actor, at=at)
            touched.add(place.project_id)
    books.sync(touched, at=at, actor=actor_code(actor))
    return len(touched)


@transaction.atomic
def plan_anew(item: CampaignItem, *, planned_on: date, reason: str, actor: User, at: datetime) -> None:
    """Another day planned for an item, from today on. Raises NotAllowedError, MissingError, GuardError once it is achieved."""
    today = timezone.localtime(at).date()
    check_duty(actor, CONFIRM, on=today)
    item = _locked(item)
    _check_open(item)
    _check_planned(item.campaign, planned_on)
    _check_reason(reason)
    if planned_on != item.planned_on:
        _plan_anew(item, planned_on, reason=reason, on=today, actor=actor, at=at)


def _plan_anew(
    item: CampaignItem, planned_on: date, *, reason: str, on: date, actor: User | None, at: datetime
) -> None:
    days = ({"planned_on": item.planned_on.isoformat()}, {"planned_on": planned_on.isoformat()})
    _keep(item.campaign, item, CampaignChangeKind.PLANNED, Kept(*days, reason, on), actor=actor, at=at)
    item.planned_on = planned_on
    item.save(update_fields=["planned_on"])


@transaction.atomic
def remove_item(item: CampaignItem, *, reason: str, actor: User, at: datetime) -> None:
    """Take an item out of its batch from today on. Raises NotAllowedError, MissingError, GuardError once it is achieved."""
    today = timezone.localtime(at).date()
    check_duty(actor, CONFIRM, on=today)
    item = _locked(item)
    _check_open(item)
    _check_reason(reason)
    item.removed_on = max(today, item.added_on)
    item.save(update_fields=["removed_on"])
    kept = Kept({}, {"removed_on": item.removed_on.isoformat()}, reason, item.removed_on)
    _keep(item.campaign, item, CampaignChangeKind.REMOVED, kept, actor=actor, at=at)
    books.sync([item.project_id], at=at, actor=actor_code(actor))


@transaction.atomic
def explain_item(item: CampaignItem, *, reason: str, actor: User, at: datetime) -> None:
    """Why an item is not achieved yet, said by the lead of its project or the office that confirms; empty takes it back."""
    today = timezone.localtime(at).date()
    check_may_explain(actor, item.project, on=today)
    item = _locked(item)
    _check_open(item)
    said = reason.strip()
    if said == item.reason:
        return
    kept = Kept({"reason": item.reason}, {"reason": said}, "", today)
    _keep(item.campaign, item, CampaignChangeKind.REASON, kept, actor=actor, at=at)
    item.reason = said
    item.save(update_fields=["reason"])


def check_may_explain(actor: User, project: Project, *, on: date) -> None:
    """Raise NotAllowedError unless this person speaks for the lead of a project, or for the office that confirms."""
    if actor.organisation_id == project.lead_id:
        check_project_access(actor, project, REPORT, on)
    else:
        check_duty(actor, CONFIRM, on=on)


def _locked(item: CampaignItem) -> CampaignItem:
    found = CampaignItem.objects.select_for_update(of=("self",)).select_related("campaign", "project")
    return found.get(pk=item.pk)


def _check_open(item: CampaignItem) -> None:
    if item.removed_on is not None:
        raise GuardError(_("这个项目已移出批次，请刷新页面。"))
    achieved = books.items_by_record([item.project_id])[item.pk].achieved_on
    if achieved is not None:
        words = {"name": item.project.name, "day": achieved.isoformat()}
        raise GuardError(_("“%(name)s”已于 %(day)s 完成，不再调整。") % words)


# ---- meetings ----------------------------------------------------------------------------------------------
@transaction.atomic
def decide(
    campaign: Campaign,
    *,
    held_on: date,
    project: Project | None,
    text: str,
    organisation: Organisation,
    due_on: date,
    actor: User,
    at: datetime,
) -> DispatchDecision:
    """What a meeting decided. Raises NotAllowedError, MissingError."""
    today = timezone.localtime(at).date()
    check_duty(actor, CONFIRM, on=today)
    problems: dict[str, str] = {}
    if held_on > today:
        problems["held_on"] = _("会议日期还没有到，请核对。")
    if due_on < held_on:
        problems["due_on"] = _("完成期限早于会议日期，请核对。")
    if not text.strip():
        problems["text"] = _("请填写议定事项。")
    if problems:
        raise MissingError(problems)
    return DispatchDecision.objects.create(
        campaign=campaign,
        held_on=held_on,
        project=project,
        text=text.strip(),
        organisation=organisation,
        due_on=due_on,
        entered_at=at,
        entered_by=actor,
    )


@transaction.atomic
def close_decision(decision: DispatchDecision, *, done_on: date, result: str, actor: User, at: datetime) -> None:
    """That a decision was carried out: said by the organisation that was to do it, or by the office that confirms."""
    today = timezone.localtime(at).date()
    if actor.organisation_id != decision.organisation_id:
        check_duty(actor, CONFIRM, on=today)
    problems: dict[str, str] = {}
    if done_on > today or done_on < decision.held_on:
        words = {"first": decision.held_on.isoformat(), "last": today.isoformat()}
        problems["done_on"] = _("完成日期应在 %(first)s 至 %(last)s 之间，请核对。") % words
    if not result.strip():
        problems["result"] = _("请写明落实情况。")
    if problems:
        raise MissingError(problems)
    decision.done_on, decision.result = done_on, result.strip()
    decision.save(update_fields=["done_on", "result"])
