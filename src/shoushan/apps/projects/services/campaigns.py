"""Campaigns: opened with their batches, filled with projects, driven on by decisions of the weekly meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.projects import books
from shoushan.apps.projects.enums.projects import Batch
from shoushan.apps.projects.lifecycle import CONFIRM, check_duty
from shoushan.apps.projects.models import Campaign, CampaignBatch, CampaignItem, DispatchDecision, Project
from shoushan.directory.actors import actor_code
from shoushan.directory.models import Organisation
from shoushan.lifecycle.errors import MissingError

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
    """A campaign with its targets, or the one of this code with them set anew. Raises NotAllowedError."""
    if actor is not None:
        check_duty(actor, CONFIRM, on=timezone.localtime(at).date())
    campaign, _made = Campaign.objects.update_or_create(
        code=code, defaults={"name": name, "start_on": start_on, "days": days}
    )
    for key, target in targets.items():
        CampaignBatch.objects.update_or_create(
            campaign=campaign, key=Batch(key), defaults={"target_count": target.projects, "target_fen": target.fen}
        )
    return campaign


@transaction.atomic
def place_projects(campaign: Campaign, places: Sequence[Place], *, on: date, actor: User | None, at: datetime) -> int:
    """Put projects into batches from a day on; who is in one already gets the new day planned. How many are new or changed."""
    if actor is not None:
        check_duty(actor, CONFIRM, on=timezone.localtime(at).date())
    there = {(each.project_id, each.key): each for each in campaign.items.all()}
    touched: set[int] = set()
    for place in places:
        item = there.get((place.project_id, place.key))
        if item is None:
            CampaignItem.objects.create(
                campaign=campaign,
                project_id=place.project_id,
                key=place.key,
                added_on=on,
                planned_on=max(on, place.planned_on),
            )
            touched.add(place.project_id)
        elif item.planned_on != place.planned_on:
            item.planned_on = max(item.added_on, place.planned_on)
            item.save(update_fields=["planned_on"])
            touched.add(place.project_id)
    books.sync(touched, at=at, actor=actor_code(actor))
    return len(touched)


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
