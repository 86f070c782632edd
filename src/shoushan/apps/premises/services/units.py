"""Rooms are entered and end, their use is stated, vacant ones are released to investors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.premises import books
from shoushan.apps.premises.chart import UnitFacts
from shoushan.apps.premises.enums.buildings import STATED_USES, Use
from shoushan.apps.premises.models import Building, Unit, UnitUse, VacancyOffer
from shoushan.apps.premises.models.buildings import floor_label, in_sqm
from shoushan.apps.premises.selectors.buildings import space_on
from shoushan.apps.premises.selectors.facts import unit_facts
from shoushan.apps.premises.selectors.vacancies import offer_of
from shoushan.apps.premises.services.buildings import MANAGE, check_may, entering, problem_of_floor, rooms_on
from shoushan.lifecycle.errors import GuardError, MissingError

if TYPE_CHECKING:
    from shoushan.directory.models import User


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A room that is entered, with the line of the grid on which it was typed."""

    floor: int
    number: str
    area_sqdm: int
    use: str = Use.VACANT
    line: int = 0


@transaction.atomic
def enter_rooms(
    building: Building, rooms: Sequence[RoomLine], *, since: date, actor: User | None, at: datetime
) -> list[Unit]:
    """Rooms of a building from a day on, all or none. Raises NotAllowedError, or MissingError with a sentence for what is wrong."""
    check_may(actor, MANAGE, building.area_code, at)
    building = Building.objects.select_for_update(of=("self",)).get(pk=building.pk)
    problems = _problems_of_rooms(building, rooms, since, timezone.localtime(at).date())
    if problems:
        raise MissingError({"rooms": " ".join(problems)})
    before = building.units.count()  # rooms are never taken out, and the building is locked
    made = Unit.objects.bulk_create(
        Unit(
            code=f"{building.code}.{number:04d}",
            building=building,
            floor=each.floor,
            number=each.number,
            area_sqdm=each.area_sqdm,
            valid_from=since,
            entered_at=at,
        )
        for number, each in enumerate(rooms, start=before + 1)
    )
    UnitUse.objects.bulk_create(
        UnitUse(unit=unit, since=since, use=each.use, entered_at=at, entered_by=actor)
        for unit, each in zip(made, rooms, strict=True)
        if each.use != Use.VACANT
    )
    books.sync(entering(actor, at), buildings=[building.pk], units=[each.pk for each in made])
    return made


def _problems_of_rooms(building: Building, rooms: Sequence[RoomLine], since: date, today: date) -> list[str]:
    if not rooms:
        return [_("请至少填写一个房间。")]
    if since > today:
        return [_("启用日期还没有到，请核对。")]
    if building.closed_on is not None and since >= building.closed_on:
        message = _("楼宇自 %(day)s 起退出，房间的启用日期应早于这一天，请核对。")
        return [message % {"day": building.closed_on.isoformat()}]
    found = []
    there = {(each.floor, each.number) for each in building.units.exclude(valid_to__lt=since)}
    counts = Counter((each.floor, each.number) for each in rooms)
    for each in rooms:
        words = {"line": each.line, "floor": floor_label(each.floor), "number": each.number}
        if (each.floor, each.number) in there:
            found.append(_("第 %(line)d 行：%(floor)s 层 %(number)s 已经登记。") % words)
        elif counts[each.floor, each.number] > 1:
            found.append(_("第 %(line)d 行：%(floor)s 层 %(number)s 填了两次。") % words)
        if each.area_sqdm <= 0:
            found.append(_("第 %(line)d 行：面积应大于 0。") % words)
        if problem := problem_of_floor(building, each.floor):
            found.append(_("第 %(line)d 行：%(problem)s") % {**words, "problem": problem})
    return found or _problem_of_sum(building, sum(each.area_sqdm for each in rooms), since)


def _problem_of_sum(building: Building, more: int, since: date, until: date | None = None) -> list[str]:
    """Rooms beyond what the building can let, on the first day or on one on which its area or its rooms change."""
    first = building.spaces.order_by("since").values_list("since", flat=True).first()
    if first is None or since < first:
        words = {"day": first.isoformat() if first else "—"}
        return [_("楼宇面积自 %(day)s 起登记，房间的启用日期不能更早。") % words]
    days = {since, *building.spaces.filter(since__gt=since).values_list("since", flat=True)}
    days |= set(building.units.filter(valid_from__gt=since).values_list("valid_from", flat=True))
    for day in sorted(each for each in days if until is None or each <= until):
        space, whole = space_on(building, day), rooms_on(building, day) + more
        if space is not None and whole > space.lettable_sqdm:
            words = {"sum": str(in_sqm(whole)), "lettable": str(in_sqm(space.lettable_sqdm)), "day": day.isoformat()}
            message = _(
                "%(day)s 房间面积合计 %(sum)s 平方米，大于可租面积 %(lettable)s 平方米，请核对房间面积，或先变更可租面积。"
            )
            return [message % words]
    return []


def _problem_of_last_day(unit: Unit, last_on: date, today: date) -> str:
    """Why a room can't be there until this day, "" where it can."""
    closed = unit.building.closed_on
    last = min(today, closed - timedelta(days=1)) if closed else today
    if not unit.valid_from <= last_on <= last:
        words = {"first": unit.valid_from.isoformat(), "last": last.isoformat()}
        return _("最后一日应在 %(first)s 至 %(last)s 之间，请核对。") % words
    if unit.valid_to is None or last_on <= unit.valid_to:
        return ""
    same = unit.building.units.filter(floor=unit.floor, number=unit.number, valid_from__gt=unit.valid_from)
    follower = same.filter(valid_from__lte=last_on).order_by("valid_from").first()
    if follower is not None:
        words = {"floor": unit.floor_label, "number": unit.number, "since": follower.valid_from.isoformat()}
        message = _("%(floor)s 层 %(number)s 自 %(since)s 起是另一间房，这间房的最后一日应早于这一天，请核对。")
        return message % words
    since = unit.valid_to + timedelta(days=1)
    return "".join(_problem_of_sum(unit.building, unit.area_sqdm, since, last_on))


@transaction.atomic
def end_unit(unit: Unit, *, last_on: date, actor: User | None, at: datetime) -> Unit:
    """A room's last day, because it was joined or divided; one that was wrong may be moved.

    Raises NotAllowedError; MissingError also for days on which another room has its number or its area does not fit;
    GuardError where it is let later.
    """
    check_may(actor, MANAGE, unit.building.area_code, at)
    Building.objects.select_for_update().get(pk=unit.building_id)
    unit = Unit.objects.select_related("building").get(pk=unit.pk)
    problem = _problem_of_last_day(unit, last_on, timezone.localtime(at).date())
    if problem:
        raise MissingError({"last_on": problem})
    later = [
        each for each in unit.leases.all() if not each.was_cancelled and (not each.last_on or each.last_on > last_on)
    ]
    if later:
        raise GuardError(_("这间房在 %(day)s 以后还有租约，请先登记退租。") % {"day": last_on.isoformat()})
    unit.valid_to = last_on
    unit.save(update_fields=["valid_to"])
    unit.offers.filter(withdrawn_on__isnull=True, released_on__lte=last_on).update(withdrawn_on=last_on)
    books.sync(entering(actor, at), buildings=[unit.building_id], units=[unit.pk])
    return unit


@transaction.atomic
def state_use(unit: Unit, *, since: date, use: str, reason: str, actor: User | None, at: datetime) -> UnitUse | None:
    """How a room is used from a day on, or why it stands vacant; the same again changes nothing.

    Raises NotAllowedError, MissingError, GuardError while it is let.
    """
    check_may(actor, MANAGE, unit.building.area_code, at)
    today = timezone.localtime(at).date()
    last = min(today, unit.valid_to or today)
    problems: dict[str, str] = {}
    if use not in STATED_USES:
        problems["use"] = _("请选择使用状态；“在租”由租约产生，请登记租约。")
    if not unit.valid_from <= since <= last:
        words = {"first": unit.valid_from.isoformat(), "last": last.isoformat()}
        problems["since"] = _("起始日期应在 %(first)s 至 %(last)s 之间，请核对。") % words
    if problems:
        raise MissingError(problems)
    (facts,) = unit_facts([unit.pk]).values()
    if facts.lease_on(since) is not None:
        raise GuardError(_("这间房当日在租，退租以后才能登记其他使用状态。"))
    reason, stated = reason.strip(), facts.stated_on(since)
    if facts.use_on(since) == use and (not reason or (stated is not None and stated.reason == reason)):
        return None
    newest = unit.uses.filter(since=since).aggregate(last=Max("revision"))["last"]
    made = UnitUse.objects.create(
        unit=unit,
        since=since,
        revision=(newest or 0) + 1,
        use=use,
        reason=reason,
        entered_at=at,
        entered_by=actor,
    )
    books.sync(entering(actor, at), units=[unit.pk])
    return made


@transaction.atomic
def release_vacancy(
    unit: Unit,
    *,
    released_on: date,
    rent_fen: int | None,
    available_on: date | None,
    actor: User | None,
    at: datetime,
) -> VacancyOffer:
    """Release a vacant room, or the rest of one that is let in part, to investors, or change what is said of it.

    Raises NotAllowedError, GuardError.
    """
    check_may(actor, MANAGE, unit.building.area_code, at)
    (facts,) = unit_facts([unit.pk]).values()
    problem = problem_of_release(facts, released_on, available_on)
    if problem:
        raise GuardError(problem)
    there = offer_of(unit, released_on) or unit.offers.filter(withdrawn_on__isnull=True).first()
    if there is not None and (there.rent_fen, there.available_on) == (rent_fen, available_on):
        return there
    if there is not None:  # what was public until now stays known
        there.withdrawn_on = max(there.released_on, released_on)
        there.save(update_fields=["withdrawn_on"])
    coming = facts.coming(released_on)
    return VacancyOffer.objects.create(
        unit=unit,
        released_on=released_on,
        withdrawn_on=coming[0].since if coming else None,
        rent_fen=rent_fen,
        available_on=available_on,
        entered_at=at,
    )


def problem_of_release(facts: UnitFacts, on: date, available_on: date | None) -> str:
    """Why a room can't be released to investors on a day, "" where it can."""
    if not facts.vacant_on(on):
        message = _("这间房当日为“%(use)s”，只有空置的房间可以发布房源。")
        return message % {"use": Use(facts.use_on(on)).label}
    if facts.may_be_offered(on, available_on):
        return ""
    words = {"since": facts.coming(on)[0].since.isoformat()}
    return _("这间房自 %(since)s 起已租出，临近起租或者可交付时间在租期内的不能发布，请核对租约和可交付时间。") % words


@transaction.atomic
def withdraw_vacancy(unit: Unit, *, on: date, actor: User | None, at: datetime) -> None:
    """Take a room back from the list for investors."""
    check_may(actor, MANAGE, unit.building.area_code, at)
    there = offer_of(unit, on)
    if there is not None:
        there.withdrawn_on = max(there.released_on, on)
        there.save(update_fields=["withdrawn_on"])
