"""Enterprises that lie in another subdistrict from a day on: the register, the standing and the ledger follow together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.resumption import books
from shoushan.apps.resumption.lifecycle import APPLICATIONS, CLAIMS, DIFFICULTY, WORKERS
from shoushan.apps.resumption.models import Application, EnterpriseClaim, EnterpriseStanding, Worker
from shoushan.casework.models import Matter
from shoushan.directory.access import check_permission
from shoushan.directory.actors import actor_code
from shoushan.directory.enums import AreaLevel, SuccessionKind
from shoushan.directory.errors import DirectoryError
from shoushan.directory.models import Area, User
from shoushan.directory.services import create_area, succeed_areas
from shoushan.lib import rows
from shoushan.lifecycle.declarations import Lifecycle, lifecycle_of
from shoushan.lifecycle.services import relocate
from shoushan.registry import services as registry
from shoushan.registry.models import Enterprise
from shoushan.registry.services import Place


@transaction.atomic
def move_enterprise(
    *, enterprise: Enterprise, place: Place, on: date, reason: str, at: datetime, actor: User | None
) -> bool:
    """Let one enterprise be counted in another subdistrict from the day `on`; False when it lies there already.

    Who gives an enterprise away must be in charge of where it lies now: nobody takes it from others. Raises
    RegistryError for a wrong day or place, NotAllowedError; `actor` is None for a command on the server.
    """
    if actor is not None:
        present = Enterprise.objects.values_list("area_code", flat=True).get(pk=enterprise.pk)
        today = timezone.localtime(at).date()
        check_permission(actor, "registry.change_enterprise", on=today, area=present)
    moved = _move({enterprise.pk: place}, on=on, reason=reason, at=at, actor=actor)
    enterprise.refresh_from_db()
    return bool(moved)


@transaction.atomic
def follow_boundary(*, old: Area, new: Area, on: date, reason: str, at: datetime, actor: User | None) -> int:
    """A community belongs to another subdistrict from the day `on`, under a new code: its enterprises go with it.

    The directory has told the succession before (directory.services.succeed_areas). How many moved is returned; figures of
    earlier days stay as they were. Communities that enterprises are not known to lie in move none.
    """
    own = Enterprise.objects.filter(community_code=old.code).order_by("pk").values_list("pk", flat=True)
    place = Place(new.code[: len("370102001")], new.code)
    return len(_move(dict.fromkeys(own, place), on=on, reason=reason, at=at, actor=actor))


@transaction.atomic
def move_community(*, old_code: str, new_code: str, name: str = "", on: date, reason: str, at: datetime) -> int:
    """Let a community belong to another subdistrict from the day `on`: the directory, then all its enterprises.

    The new area is opened under `new_code` with the old name unless told else. How many enterprises moved is returned.
    Raises DirectoryError, RegistryError; then nothing has changed.
    """
    old = Area.objects.valid_on(on).filter(code=old_code, level=AreaLevel.COMMUNITY).first()
    if old is None:
        words = {"code": old_code, "on": on.isoformat()}
        raise DirectoryError(_("%(on)s 没有代码为 %(code)s 的社区，请核对代码和日期。") % words)
    if len(new_code) != len(old_code):
        raise DirectoryError(
            _("社区代码应为 %(length)d 位，请核对 %(code)s。") % {"length": len(old_code), "code": new_code}
        )
    new = create_area(code=new_code, name=name or old.name, valid_from=on)
    succeed_areas(old=[old], new=[new], kind=SuccessionKind.MOVED, effective_on=on)
    return follow_boundary(old=old, new=new, on=on, reason=reason, at=at, actor=None)


@transaction.atomic
def settle_communities(communities: Mapping[int, str], *, at: datetime, actor: User | None) -> None:
    """Say in which community enterprises {id: code} lie, within the subdistrict where they are.

    It is told of them as it always was: the ledger states their counts of every day in the community, and the figures of
    the subdistrict stay the same. A move on a day is `move_enterprise`.
    """
    if communities:
        registry.update_enterprises(changes={pk: {"community_code": code} for pk, code in communities.items()}, at=at)
        books.sync_timelines(communities, at=at, actor=actor_code(actor))


def _move(places: Mapping[int, Place], *, on: date, reason: str, at: datetime, actor: User | None) -> list[int]:
    moved = registry.move_enterprises(places=places, on=on, reason=reason, at=at)
    by_area: dict[str, list[int]] = {}
    for number in moved:
        by_area.setdefault(places[number].area_code, []).append(number)
    for area, numbers in by_area.items():
        for part in rows.chunks(numbers, 500):
            EnterpriseStanding.objects.filter(pk__in=part).update(area_code=area)
    _take_records_along(moved, places, on=on, reason=reason, at=at, actor=actor)
    books.sync_timelines(moved, at=at, actor=actor_code(actor))
    return moved


def _take_records_along(
    moved: list[int], places: Mapping[int, Place], *, on: date, reason: str, at: datetime, actor: User | None
) -> None:
    """Claims, applications, workers and difficulties that are not over belong to the new subdistrict.

    They do so from the day of the move, or of their last step.
    """
    for lifecycle, number, area, state_on in list(_records_of(moved, places)):
        relocate(lifecycle, number, area_code=area, on=max(on, state_on), at=at, actor=actor, reason=reason)


def _records_of(moved: list[int], places: Mapping[int, Place]) -> Iterator[tuple[Lifecycle, int, str, date]]:
    """Every record that is not over of these enterprises: lifecycle, row, the new subdistrict, the day of its state."""
    for part in rows.chunks(moved, 500):
        for lifecycle, model in ((CLAIMS, EnterpriseClaim), (APPLICATIONS, Application), (WORKERS, Worker)):
            found = model._default_manager.filter(enterprise_id__in=part)  # noqa: SLF001 - documented
            for pk, owner, state_on in _open(lifecycle, found).values_list("pk", "enterprise_id", "state_on"):
                yield lifecycle, pk, places[owner].area_code, state_on
        codes = Enterprise.objects.filter(pk__in=part).values_list("code", "pk")
        owners = {f"enterprise:{code}": places[pk].area_code for code, pk in codes}
        lifecycle = _matter_lifecycle(DIFFICULTY.code)
        matters = _open(lifecycle, Matter.objects.filter(kind=DIFFICULTY.code, about__in=owners))
        for pk, about, state_on in matters.values_list("pk", "about", "state_on"):
            yield lifecycle, pk, owners[about], state_on


def _open(lifecycle: Lifecycle, found: QuerySet[Any]) -> QuerySet[Any]:
    return found.exclude(state__in=[state.code for state in lifecycle.states if state.is_final]).order_by("pk")


def _matter_lifecycle(kind: str) -> Lifecycle:
    """The lifecycle of a kind of matter."""
    found = lifecycle_of(kind)
    if found is None:
        raise LookupError(kind)
    return found
