"""What the projects of every zone add up to on a day, from the ledger; how the zones were drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.db.models import OuterRef, QuerySet, Subquery

from shoushan.apps.projects import chart
from shoushan.apps.projects.models import Zone, ZoneOutline, ZoneStay
from shoushan.apps.projects.selectors.returns import ahead_on, completion
from shoushan.directory.scopes import SUBDISTRICT_LENGTH
from shoushan.ledger import api as ledger
from shoushan.lib.money import from_fen, rounded

COUNTED: Final = (
    chart.LISTED,
    chart.PARTS,
    chart.TOTAL,
    chart.YEAR_PLAN,
    chart.YEAR_DONE,
    chart.SMALL_LISTED,
    chart.SMALL_PARTS,
)
Amounts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Sums:
    """What some projects of at least 1 亿元 add up to on a day; of smaller ones there is their number beside it."""

    as_of: date
    amounts: Amounts = field(default_factory=dict)

    def amount(self, code: str) -> int:
        """What is in one account."""
        return self.amounts.get(code, 0)

    @property
    def packages(self) -> int:
        """Rows of the lists: a package is one."""
        return self.amount(chart.LISTED)

    @property
    def parts(self) -> int:
        """Works: a package by its parts."""
        return self.amount(chart.PARTS)

    @property
    def small(self) -> int:
        """Rows of less than 1 亿元, which are in no other sum."""
        return self.amount(chart.SMALL_LISTED)

    @property
    def small_parts(self) -> int:
        """Their works."""
        return self.amount(chart.SMALL_PARTS)

    @property
    def total_fen(self) -> int:
        """Total planned investment."""
        return self.amount(chart.TOTAL)

    @property
    def total_yi(self) -> Decimal:
        """The same in 亿元, as the figure has it."""
        return rounded(from_fen(self.total_fen, "亿元"), 2)

    @property
    def year_yi(self) -> Decimal:
        """Planned for the year, in 亿元."""
        return rounded(from_fen(self.year_fen, "亿元"), 2)

    @property
    def done_yi(self) -> Decimal:
        """Done of it, in 亿元."""
        return rounded(from_fen(self.done_fen, "亿元"), 2)

    @property
    def year_fen(self) -> int:
        """Planned for the year."""
        return self.amount(chart.YEAR_PLAN)

    @property
    def done_fen(self) -> int:
        """Done of it."""
        return self.amount(chart.YEAR_DONE)

    @property
    def share(self) -> Fraction | None:
        """Per cent of the year's plan that was done; None without a plan."""
        found = completion(self.done_fen, self.year_fen)
        return None if found is None else found * 100

    @property
    def ahead(self) -> Fraction | None:
        """By how many percentage points it is ahead of the time that has passed by the last full month."""
        return ahead_on(self.as_of, self.done_fen, self.year_fen)


@dataclass(frozen=True, slots=True)
class ZoneLine:
    """A zone with its number in the list and on the map, and its sums."""

    number: int
    zone: Zone
    sums: Sums


@dataclass(frozen=True, slots=True)
class Survey:
    """The zones, what lies in none of them, and all together; the same once more by subdistrict."""

    lines: list[ZoneLine]
    rest: Sums
    whole: Sums
    areas: dict[str, Sums]


def survey(*, as_of: date, areas: Sequence[str]) -> Survey:
    """The sums of every zone within area prefixes, in three queries whatever the number of zones and projects.

    Projects count in the zone to which they belonged on the day.
    """
    zones = list(Zone.objects.all())
    zone_of = zones_of_projects(on=as_of)
    by_zone: dict[int | None, dict[str, int]] = {}
    by_area: dict[str, dict[str, int]] = {}
    whole: dict[str, int] = {}
    for subject, account, amount in ledger.holdings(COUNTED, as_of=as_of, areas=areas):
        zone = zone_of.get(subject.partition(":")[2])
        for sums in (
            by_zone.setdefault(zone, {}),
            by_area.setdefault(account.area[:SUBDISTRICT_LENGTH], {}),
            whole,
        ):
            sums[account.code] = sums.get(account.code, 0) + amount
    return Survey(
        [ZoneLine(number, zone, Sums(as_of, by_zone.get(zone.pk, {}))) for number, zone in enumerate(zones, 1)],
        Sums(as_of, by_zone.get(None, {})),
        Sums(as_of, whole),
        {area: Sums(as_of, amounts) for area, amounts in by_area.items()},
    )


def zones_of_projects(*, on: date) -> dict[str, int]:
    """The zone of every project by its code, as of a day."""
    stays = ZoneStay.objects.filter(since__lte=on).order_by("since", "pk")
    return dict(stays.values_list("project__code", "zone_id"))


def projects_in(zone: Zone, *, on: date) -> list[str]:
    """The codes of the projects that belong to a zone on a day."""
    return [code for code, found in zones_of_projects(on=on).items() if found == zone.pk]


def newest_outlines(zones: Iterable[Zone]) -> dict[int, ZoneOutline]:
    """The outline of each zone as it stands; a zone that nobody has drawn is left out."""
    newest = ZoneOutline.objects.filter(zone=OuterRef("zone")).order_by("-revision").values("pk")[:1]
    found = ZoneOutline.objects.filter(zone__in=[each.pk for each in zones], pk=Subquery(newest))
    return {each.zone_id: each for each in found.select_related("entered_by")}


def outlines_of(zone: Zone) -> QuerySet[ZoneOutline]:
    """How a zone was ever drawn, the newest first; without what was drawn, which may be long."""
    return zone.outlines.select_related("entered_by").defer("polygons").order_by("-revision")
