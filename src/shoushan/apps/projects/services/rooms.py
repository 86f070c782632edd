"""The room of a campaign as of a day: its batches, who is late, who leads; everything from the projects' own steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from shoushan.apps.projects import books
from shoushan.apps.projects.enums.campaigns import ITEM_LIGHTS, SOON, ItemProgress
from shoushan.apps.projects.enums.projects import LIGHT_TONES, Batch, Light
from shoushan.apps.projects.models import Campaign, CampaignItem, Project, ProjectPlan
from shoushan.apps.projects.selectors.campaigns import stood_on
from shoushan.apps.projects.selectors.comparison import names_on
from shoushan.apps.projects.selectors.past import profiles_on
from shoushan.directory import scopes
from shoushan.directory.models import Organisation

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One project in one batch, as of a day."""

    item: CampaignItem
    as_of: date
    name: str
    """Of the project on that day."""
    lead: Organisation
    """Who led it then."""
    planned_on: date
    """As it was planned on that day."""
    achieved_on: date | None
    left_on: date | None
    """Since when the project is withdrawn, where it had not achieved the item."""
    total_fen: int
    """The project's total: when it was achieved, else as of the day."""
    reason: str

    @property
    def days_late(self) -> int:
        """0 where it is achieved, still has time, or its project is withdrawn."""
        return 0 if self.achieved_on or self.left_on else max(0, (self.as_of - self.planned_on).days)

    @property
    def state(self) -> ItemProgress:
        """How it stands."""
        if self.achieved_on:
            return ItemProgress.ACHIEVED
        if self.left_on:
            return ItemProgress.GONE
        if self.planned_on < self.as_of:
            return ItemProgress.LATE
        return ItemProgress.DUE if self.planned_on <= self.as_of + SOON else ItemProgress.OPEN

    @property
    def light(self) -> Light:
        """Green once achieved, red when late, yellow when due within seven days, else none."""
        return ITEM_LIGHTS[self.state]

    @property
    def tone(self) -> str:
        """The colour of the light."""
        return LIGHT_TONES[self.light]

    @property
    def is_open(self) -> bool:
        """Is it still to be achieved?"""
        return not self.achieved_on and not self.left_on


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One batch as of a day."""

    key: str
    label: str
    target_count: int
    target_fen: int
    lines: tuple[ItemLine, ...]
    as_of: date

    @property
    def measure(self) -> str:
        """The figure that counts what is achieved."""
        return f"projects.campaign_{self.key.lower()}_achieved"

    @property
    def open_lines(self) -> tuple[ItemLine, ...]:
        """What is still to be achieved."""
        return tuple(each for each in self.lines if each.is_open)

    @property
    def gone_lines(self) -> tuple[ItemLine, ...]:
        """Items whose project was withdrawn before they were achieved."""
        return tuple(each for each in self.lines if each.left_on)

    @property
    def items(self) -> int:
        """How many count: withdrawn ones do not."""
        return len(self.lines) - len(self.gone_lines)

    @property
    def achieved(self) -> int:
        """How many are achieved."""
        return sum(1 for each in self.lines if each.achieved_on)

    @property
    def achieved_fen(self) -> int:
        """The total investment of these."""
        return sum(each.total_fen for each in self.lines if each.achieved_on)

    @property
    def this_week(self) -> int:
        """How many were achieved in the seven days that end with the day."""
        return sum(1 for each in self.lines if each.achieved_on and each.achieved_on > self.as_of - WEEK)

    @property
    def share(self) -> Fraction | None:
        """Achieved ÷ target; None without a target. The figure of the ledger divides by the items, and says so."""
        return Fraction(self.achieved, self.target_count) * 100 if self.target_count else None

    @property
    def planned(self) -> list[tuple[date, int]]:
        """How many were planned to be achieved by each day on which any was."""
        days = sorted(each.planned_on for each in self.lines if not each.left_on)
        return list({day: number for number, day in enumerate(days, start=1)}.items())


@dataclass(frozen=True, slots=True)
class LeadLine:
    """One lead organisation in the ranking."""

    name: str
    items: int
    achieved: int
    late: int

    @property
    def share(self) -> Fraction:
        """Achieved ÷ items."""
        return Fraction(self.achieved, self.items) * 100


@dataclass(frozen=True, slots=True)
class Room:
    """Everything that hangs on the wall of a campaign."""

    campaign: Campaign
    as_of: date
    lines: tuple[ItemLine, ...]
    batches: tuple[BatchLine, ...]
    leads: tuple[LeadLine, ...]
    late: tuple[ItemLine, ...]

    @property
    def day_number(self) -> int:
        """Day N, not beyond the last."""
        return max(0, min(self.campaign.day_number(self.as_of), self.campaign.days))

    @property
    def days_left(self) -> int:
        """How many days are left after this one."""
        return self.campaign.days - self.day_number

    @property
    def due(self) -> tuple[ItemLine, ...]:
        """What is due within the next seven days."""
        return tuple(each for each in self.lines if each.state == ItemProgress.DUE)

    @property
    def gone(self) -> tuple[ItemLine, ...]:
        """Items whose project was withdrawn before they were achieved."""
        return tuple(each for each in self.lines if each.left_on)


def room(campaign: Campaign, *, as_of: date, areas: Sequence[str]) -> Room:
    """The room as of a day, within areas: targets, planned days and reasons as they stood then."""
    then = stood_on(campaign, as_of)
    found = campaign.items.filter(scopes.within_any(areas, "project__area_code"), added_on__lte=as_of)
    found = found.exclude(removed_on__lte=as_of).select_related("project__lead", "campaign")
    lines = _lines(found, as_of, then.items)
    targets = {each.key: each for each in campaign.batches.all()}
    batches = tuple(_batch(batch, targets.get(batch), lines, as_of, then.campaign) for batch in Batch)
    late = sorted((each for each in lines if each.days_late), key=lambda each: -each.days_late)
    return Room(campaign, as_of, tuple(lines), batches, _leads(lines), tuple(late))


def lines_of_project(project: Project, *, as_of: date) -> list[ItemLine]:
    """The places of a project in campaigns, as of a day."""
    found = CampaignItem.objects.filter(project=project, added_on__lte=as_of).exclude(removed_on__lte=as_of)
    return _lines(found.select_related("project__lead", "campaign"), as_of, {})


def _lines(found: Iterable[CampaignItem], as_of: date, then: dict[int, dict[str, Any]]) -> list[ItemLine]:
    items = list(found)
    ids = {each.project_id for each in items}
    facts = books.items_by_record(ids)
    totals, names, profiles = _totals(ids, as_of), names_on(as_of, ids), profiles_on(ids, as_of)
    lines = []
    for item in items:
        fact, stood = facts[item.pk], then.get(item.pk, {})
        planned = date.fromisoformat(stood["planned_on"]) if "planned_on" in stood else item.planned_on
        achieved = fact.achieved_on if fact.achieved_on and fact.achieved_on <= as_of else None
        left = fact.left_on if fact.is_left(as_of) else None
        total = fact.total_fen if achieved else totals.get(item.project_id, fact.total_fen)
        project = item.project
        name, lead = names.get(project.pk, project.name), profiles.get(project.pk, project).lead
        reason = stood.get("reason", item.reason)
        lines.append(ItemLine(item, as_of, name, lead, planned, achieved, left, total, reason))
    return sorted(lines, key=lambda each: (each.planned_on, each.item.pk))


def _totals(ids: Iterable[int], as_of: date) -> dict[int, int]:
    """The total investment of each project by the newest plan that holds on a day."""
    plans = ProjectPlan.objects.filter(project_id__in=list(ids), effective_on__lte=as_of)
    return dict(plans.order_by("effective_on", "revision").values_list("project_id", "total_fen"))


def _batch(batch: Batch, target: Any, lines: list[ItemLine], as_of: date, then: dict[str, Any]) -> BatchLine:
    own = tuple(each for each in lines if each.item.key == batch)
    count = then.get(f"{batch}_count", target.target_count if target else 0)
    fen = then.get(f"{batch}_fen", target.target_fen if target else 0)
    return BatchLine(batch.value, str(batch.label), count, fen, own, as_of)


def _leads(lines: list[ItemLine]) -> tuple[LeadLine, ...]:
    """Lead organisations, the best share first; of the same share the one with more items."""
    by_lead: dict[str, list[ItemLine]] = {}
    for each in lines:
        if not each.left_on:
            by_lead.setdefault(str(each.lead), []).append(each)
    found = [
        LeadLine(name, len(own), sum(1 for each in own if each.achieved_on), sum(1 for each in own if each.days_late))
        for name, own in by_lead.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.share, -each.items, each.name)))
