"""What of the premises waits for a person: visits whose next one is due."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shoushan.apps.premises.models import BuildingVisit
from shoushan.apps.premises.selectors.visits import due_visits
from shoushan.apps.premises.views.buildings import VISIT
from shoushan.directory.access import area_scope
from shoushan.ui.work import WorkAction, WorkItem, rows_queue

if TYPE_CHECKING:
    from shoushan.directory.models import User


def _due(user: User, on: date) -> QuerySet[BuildingVisit]:
    """A subdistrict's own; of an office that answers for the whole district those that it promised itself."""
    areas = area_scope(user, VISIT, on=on)
    if not areas:
        return BuildingVisit.objects.none()
    found = due_visits(on=on, areas=areas)
    return found.filter(organisation=user.organisation) if settings.DISTRICT_CODE in areas else found


def _item(visit: BuildingVisit) -> WorkItem:
    due = visit.next_on or visit.visited_on
    code, name = visit.building.code, visit.building.name
    return WorkItem(
        key=f"building-visit:{visit.pk}",
        code=code,
        title=f"{name} · {visit.enterprise.name}" if visit.enterprise else name,
        address=reverse("premises:building-detail", args=[code]),
        since=visit.visited_on,
        due_at=timezone.make_aware(datetime.combine(due, time(23, 59))),
        due=due.isoformat(),
        actions=[WorkAction(label=_("登记走访"), address=reverse("premises:visit-record", args=[code]))],
    )


VISITS: Final = rows_queue("premises.visits", _("到期走访"), _due, _item)
