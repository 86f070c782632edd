"""The statistics bureau's list comes in: locked as a frame, and every enterprise whose membership changes is restated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from shoushan.apps.resumption import books, chart
from shoushan.apps.resumption.models import EnterpriseStanding
from shoushan.directory.actors import actor_code
from shoushan.directory.models import User
from shoushan.ledger import api as ledger
from shoushan.lib import rows
from shoushan.registry import services as registry
from shoushan.registry.models import Enterprise, Frame


@transaction.atomic
def take_frame(*, month: date, members: Mapping[int, str], source: str, at: datetime, actor: User | None) -> Frame:
    """Lock a list of above-scale enterprises for a month (first day) and enter who came in, left or changed type.

    A list of a month that has one already becomes its next revision and replaces it from the same day on.
    """
    before = _types(books.locked_frames(), month)
    frame = registry.open_frame(list_name=books.LIST_NAME, month=month, at=at)
    registry.add_frame_members(frame=frame, members=members)
    registry.lock_frame(frame=frame, by=actor, at=at)
    changed = {pk for pk in before.keys() | members.keys() if before.get(pk) != members.get(pk)}
    _set_categories(changed)
    who = actor_code(actor)
    books.sync_timelines(changed, at=at, actor=who)
    ledger.post(
        key=f"resumption.frame/{frame.month:%Y-%m}/{frame.revision}",
        kind=chart.FRAME_LOCKED,
        occurred_on=frame.month,
        subject=f"frame:{frame.pk}",
        moves=[],
        details={"frame": frame.name, "revision": frame.revision, "members": len(members), "source": source},
        at=at,
        actor=who,
    )
    return frame


def _types(frames: list[Frame], month: date) -> dict[int, str]:
    """Members of the list in force at the beginning of a month, by enterprise."""
    in_force = [frame for frame in frames if frame.month <= month]
    return dict(in_force[-1].members.values_list("enterprise_id", "above_scale_type")) if in_force else {}


def _set_categories(enterprise_ids: set[int]) -> None:
    """The newest list decides the category shown in lists; enterprises without a row get one."""
    stretches = books.frame_stretches(enterprise_ids)
    for part in rows.chunks(sorted(enterprise_ids), 500):
        areas = dict(Enterprise.objects.filter(pk__in=part).values_list("pk", "area_code"))
        standings = [
            EnterpriseStanding(
                enterprise_id=pk,
                area_code=area,
                category=stretches[pk][-1].category if pk in stretches else chart.OUTSIDE_FRAME,
            )
            for pk, area in areas.items()
        ]
        EnterpriseStanding.objects.bulk_create(
            standings, update_conflicts=True, unique_fields=["enterprise"], update_fields=["category"]
        )
