"""Which enterprises owe a return of a day, which filed it and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from shoushan.apps.resumption.enums import Standing
from shoushan.apps.resumption.models import DailyReturn, EnterpriseStanding, ReturnFiling, ReturnReminder
from shoushan.apps.resumption.selectors.contacts import REPRESENT, enterprises_of
from shoushan.apps.resumption.selectors.ledgers import within
from shoushan.directory import scopes
from shoushan.directory.access import area_scope

if TYPE_CHECKING:
    from shoushan.directory.models import User


@dataclass(frozen=True, slots=True)
class Reporting:
    """How many owe a return of a day, how many sent one, and how many by the cut-off."""

    due: int
    reported: int
    on_time: int

    @property
    def rate(self) -> float | None:
        """Reported ÷ due; None where nobody owes one."""
        return self.reported / self.due if self.due else None

    @property
    def on_time_rate(self) -> float | None:
        """On time ÷ due."""
        return self.on_time / self.due if self.due else None


def cut_off(day: date, hour: float | None) -> datetime | None:
    """The moment after which a return of the day is late; None where no hour is laid down."""
    if hour is None:
        return None
    whole = int(hour)
    return timezone.make_aware(datetime.combine(day, time(whole, round((hour - whole) * 60))))


def due_on(day: date, *, areas: Sequence[str], area: str = "") -> QuerySet[EnterpriseStanding]:
    """The enterprises that work by the day and so owe a return of it."""
    found = EnterpriseStanding.objects.filter(within(areas), resumed_on__lte=day).exclude(status=Standing.STOPPED)
    return found.filter(area_code=area) if area else found


def reporting(day: date, hour: float | None, *, areas: Sequence[str], area: str = "") -> Reporting:
    """The counts of a day. A line of a file counts from its import on, a filing from when it was first filed."""
    limit = cut_off(day, hour)
    late = Q(source__isnull=False, source__imported_at__gt=limit) if limit else Q(pk__in=())
    returns = DailyReturn.objects.filter(as_of=day, enterprise_id=OuterRef("pk"))
    filings = ReturnFiling.objects.filter(as_of=day, enterprise_id=OuterRef("pk"))
    due = due_on(day, areas=areas, area=area).annotate(
        has_return=Exists(returns),
        in_time=Case(
            When(Exists(filings), then=~Exists(filings.filter(is_late=True))),
            default=Exists(returns.exclude(late)),
            output_field=BooleanField(),
        ),
    )
    rows = list(due.values_list("has_return", "in_time"))
    return Reporting(len(rows), sum(has for has, _time in rows), sum(has and on for has, on in rows))


def missing_on(day: date, *, areas: Sequence[str], area: str = "") -> QuerySet[EnterpriseStanding]:
    """Those that owe a return and sent none; with when they were reminded of it."""
    returns = DailyReturn.objects.filter(as_of=day, enterprise_id=OuterRef("pk"))
    reminded = ReturnReminder.objects.filter(as_of=day, enterprise_id=OuterRef("pk"))
    found = due_on(day, areas=areas, area=area).filter(~Exists(returns))
    found = found.annotate(reminded_at=Subquery(reminded.values("reminded_at")[:1]))
    return found.select_related("enterprise").order_by("area_code", "enterprise__name_key")


def filing_rows(day: date, *, areas: Sequence[str], area: str = "", state: str = "") -> QuerySet[ReturnFiling]:
    """The filed returns of a day with their numbers, those that wait first."""
    found = ReturnFiling.objects.filter(scopes.within_any(areas, "area_code"), as_of=day)
    found = found.filter(area_code=area) if area else found
    found = found.filter(state=state) if state else found
    numbers = DailyReturn.objects.filter(enterprise_id=OuterRef("enterprise_id"), as_of=OuterRef("as_of"))
    found = found.annotate(
        at_work=Subquery(numbers.values("at_work")[:1]),
        staff_total=Subquery(numbers.values("staff_total")[:1]),
        waits=Case(When(state="FILED", then=Value(0)), default=Value(1)),
    )
    return found.select_related("enterprise").order_by("waits", "area_code", F("filed_at").desc(), "pk")


def visible_filings(user: User, permission: str, *, on: date) -> QuerySet[ReturnFiling]:
    """What staff may see by area, and contacts of their own enterprises."""
    own = Q(enterprise__in=enterprises_of(user).values("pk")) if area_scope(user, REPRESENT, on=on) else Q(pk__in=())
    staff = scopes.within_any(area_scope(user, permission, on=on), "area_code")
    return ReturnFiling.objects.filter(own | staff).select_related("enterprise")


def reminders_of(user: User) -> list[ReturnReminder]:
    """Reminders of the person's enterprises that are still without a return, the newest day first."""
    filed = DailyReturn.objects.filter(enterprise_id=OuterRef("enterprise_id"), as_of=OuterRef("as_of"))
    found = ReturnReminder.objects.filter(~Exists(filed), enterprise__in=enterprises_of(user).values("pk"))
    return list(found.order_by("-as_of")[:20])
