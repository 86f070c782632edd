"""The room of a campaign as of a day: its batches, who is late, who leads; everything from the projects' own steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from shoushan.apps.projects import books
from shoushan.apps.projects.enums.projects import Batch
from shoushan.apps.projects.models import Campaign, CampaignItem
from shoushan.directory import scopes

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One project in one batch, as of a day."""

    item: CampaignItem
    achieved_on: date | None
    days_late: int
    """0 where it is achieved or still has time."""


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One batch as of a day."""

    key: str
    label: str
    target_count: int
    target_fen: int
    items: int
    achieved: int
    achieved_fen: int
    this_week: int
    open_lines: tuple[ItemLine, ...]

    @property
    def measure(self) -> str:
        """The figure that counts what is achieved."""
        return f"projects.campaign_{self.key.lower()}_achieved"

    @property
    def share(self) -> Fraction | None:
        """Achieved ÷ target; of a batch without a target ÷ items."""
        base = self.target_count or self.items
        return Fraction(self.achieved, base) * 100 if base else None


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


def room(campaign: Campaign, *, as_of: date, areas: Sequence[str]) -> Room:
    """The room as of a day, within areas."""
    found = campaign.items.filter(scopes.within_any(areas, "project__area_code"), added_on__lte=as_of)
    items = list(found.select_related("project__lead", "campaign").order_by("planned_on", "pk"))
    facts = books.items_of({each.project_id for each in items})
    lines: list[ItemLine] = []
    money: dict[int, int] = {}
    for item in items:
        _area, own = facts[item.project.subject]
        fact = next(each for each in own if (each.campaign, each.key) == (campaign.code, item.key))
        achieved = fact.achieved_on if fact.achieved_on and fact.achieved_on <= as_of else None
        late = max(0, (as_of - item.planned_on).days) if achieved is None else 0
        lines.append(ItemLine(item, achieved, late))
        money[item.pk] = fact.total_fen
    batches = tuple(_batch(campaign, batch, lines, money, as_of) for batch in Batch)
    late_lines = tuple(sorted((each for each in lines if each.days_late), key=lambda each: -each.days_late))
    return Room(campaign, as_of, batches, _leads(lines), late_lines)


def _batch(campaign: Campaign, batch: Batch, lines: list[ItemLine], money: dict[int, int], as_of: date) -> BatchLine:
    target = next((each for each in campaign.batches.all() if each.key == batch), None)
    own = [each for each in lines if each.item.key == batch]
    achieved = [each for each in own if each.achieved_on]
    return BatchLine(
        key=batch,
        label=str(batch.label),
        target_count=target.target_count if target else 0,
        target_fen=target.target_fen if target else 0,
        items=len(own),
        achieved=len(achieved),
        achieved_fen=sum(money[each.item.pk] for each in achieved),
        this_week=sum(1 for each in achieved if each.achieved_on and each.achieved_on > as_of - WEEK),
        open_lines=tuple(each for each in own if not each.achieved_on),
    )


def _leads(lines: list[ItemLine]) -> tuple[LeadLine, ...]:
    """Lead organisations, the best share first; of the same share the one with more items."""
    by_lead: dict[str, list[ItemLine]] = {}
    for each in lines:
        by_lead.setdefault(str(each.item.project.lead), []).append(each)
    found = [
        LeadLine(name, len(own), sum(1 for each in own if each.achieved_on), sum(1 for each in own if each.days_late))
        for name, own in by_lead.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.share, -each.items, each.name)))
