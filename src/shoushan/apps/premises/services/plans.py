"""Drawings of floors are handed in, judged and stored as other files are."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from shoushan.apps.premises.models import Building, FloorPlan
from shoushan.apps.premises.services.buildings import MANAGE, check_may, problem_of_floor
from shoushan.lifecycle import evidence
from shoushan.lifecycle.errors import MissingError

if TYPE_CHECKING:
    from shoushan.directory.models import User

MOST_BYTES: Final = 10 * 1024 * 1024


@transaction.atomic
def enter_plan(building: Building, *, floor: int | None, file: Any, actor: User | None, at: datetime) -> FloorPlan:
    """A drawing of a floor; what was handed in before stays, and the same file again is no revision.

    Raises NotAllowedError, or MissingError for a floor that is not there and a file that can't be taken.
    """
    check_may(actor, MANAGE, building.area_code, at)
    problems: dict[str, str] = {}
    if not floor:
        problems["floor"] = _("楼层看不懂，地上的写数字，如 12；地下的写 B1。")
    elif problem := problem_of_floor(building, floor):
        problems["floor"] = problem
    if not file:
        problems["file"] = _("请选择平面图文件。")
    else:
        try:
            evidence.check("file", file, most_bytes=MOST_BYTES)
        except MissingError as error:
            problems |= error.fields
    if problems or not floor:
        raise MissingError(problems)
    building = Building.objects.select_for_update(of=("self",)).get(pk=building.pk)
    stored = evidence.store(file)
    newest = building.floor_plans.filter(floor=floor).order_by("revision").last()
    if newest is not None and newest.path == stored.path:
        return newest
    return FloorPlan.objects.create(
        building=building,
        floor=floor,
        revision=newest.revision + 1 if newest else 1,
        file_name=file.name[-255:],
        path=stored.path,
        sha256=stored.sha256,
        size_bytes=file.size,
        entered_at=at,
        entered_by=actor,
    )
