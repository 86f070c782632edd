"""Buildings are entered and kept; how large they are is stated for the days from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Max, Min, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.premises import books
from shoushan.apps.premises.models import Building, BuildingMove, BuildingSpace, Lease, Unit
from shoushan.apps.premises.models.buildings import MOST_FLOORS, MOST_FLOORS_BELOW, floor_label, in_sqm
from shoushan.apps.premises.selectors.buildings import space_on
from shoushan.directory.access import check_permission
from shoushan.directory.actors import actor_code
from shoushan.figures.naming import subject_names
from shoushan.lib import texts
from shoushan.lifecycle.errors import GuardError, MissingError
from shoushan.lifecycle.numbering import next_code

if TYPE_CHECKING:
    from shoushan.directory.models import User

MANAGE: Final = "premises.manage_building"
FIELDS: Final = (
    "name",
    "kind",
    "area_code",
    "community_code",
    "address",
    "owner_id",
    "owner_name",
    "operator_id",
    "operator_name",
    "theme",
    "rent_fen",
    "parking",
    "metro_m",
    "floors_above",
    "floors_below",
    "property_fee_fen",
    "hours",
    "contact_role",
    "contact_phone",
    "investor_phone",
    "completed_on",
    "project",
    "note",
)
"""What can be said of a building itself, besides how large it is."""
MOST_FEE_FEN: Final = 100_000
"""No property fee (物业费) of a square metre and month is more: 1,000 yuan."""


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """A building that is entered: the values of FIELDS, and how large it is from a day on."""

    values: Mapping[str, Any]
    since: date
    total_sqdm: int
    lettable_sqdm: int


def entering(actor: User | None, at: datetime) -> books.Entering:
    """How the ledger names who enters something when."""
    return books.Entering(at, actor_code(actor))


def check_may(actor: User | None, permission: str, area: str, at: datetime) -> None:
    """Raise NotAllowedError unless this person holds the permission in the area; the program itself may."""
    if actor is not None:
        check_permission(actor, permission, on=timezone.localtime(at).date(), area=area)


def is_known_project(code: str) -> bool:
    """Does whoever registered projects in the kernel know one of this code? The domain itself is a stranger here."""
    subject = f"project:{code}"
    return subject_names([subject])[subject] != subject


def problems_of_building(values: Mapping[str, Any], *, today: date, own: Building | None = None) -> dict[str, str]:
    """What can't be right of a building, by field."""
    found: dict[str, str] = {}
    key = texts.match_key(values.get("name") or "")
    if not key:
        found["name"] = _("请填写楼宇名称。")
    else:
        taken = Building.objects.filter(name_key=key).first()
        if taken is not None and taken != own:
            found["name"] = _("在册已有“%(name)s”（%(code)s），请核对是不是同一座楼宇。") % {
                "name": taken.name,
                "code": taken.code,
            }
    community, area = values.get("community_code") or "", values.get("area_code") or ""
    if community and not community.startswith(area):
        found["community_code"] = _("所选社区不在所选街道，请核对。")
    project = values.get("project") or ""
    if project and not is_known_project(project):
        found["project"] = _("没有编号为“%(code)s”的项目，请从项目页面抄录编号。") % {"code": project}
    completed = values.get("completed_on")
    if completed is not None and completed > today:
        found["completed_on"] = _("竣工日期还没有到，请在竣工以后填写。")
    fee = values.get("property_fee_fen")
    if fee is not None and fee > MOST_FEE_FEN:
        found["property_fee_fen"] = _("物业费不应超过每平方米每月 1,000 元，请核对数和单位。")
    stated = {name: values.get(name) for name in ("floors_above", "floors_below")}
    return found | problems_of_floors(stated, today=today, own=own)


def problems_of_floors(stated: Mapping[str, int | None], *, today: date, own: Building | None = None) -> dict[str, str]:
    """What can't be right of the floors above and below the ground, by field: too many, or fewer than have rooms."""
    found: dict[str, str] = {}
    above, below = stated.get("floors_above"), stated.get("floors_below")
    ends: dict[str, int | None] = {"top": None, "bottom": None}
    if own is not None and (above is not None or below is not None):
        ends = own.units.exclude(valid_to__lt=today).aggregate(top=Max("floor"), bottom=Min("floor"))
    if above is not None and above > MOST_FLOORS:
        found["floors_above"] = _("地上层数不应超过 %(most)d 层，请核对。") % {"most": MOST_FLOORS}
    elif above is not None and (ends["top"] or 0) > above:
        message = _("已登记 %(floor)s 层的房间，地上层数不能更少，请核对层数或者房间。")
        found["floors_above"] = message % {"floor": floor_label(ends["top"] or 0)}
    if below is not None and below > MOST_FLOORS_BELOW:
        found["floors_below"] = _("地下层数不应超过 %(most)d 层，请核对。") % {"most": MOST_FLOORS_BELOW}
    elif below is not None and -(ends["bottom"] or 0) > below:
        message = _("已登记 %(floor)s 层的房间，地下层数不能更少，请核对层数或者房间。")
        found["floors_below"] = message % {"floor": floor_label(ends["bottom"] or 0)}
    return found


def problem_of_floor(building: Building, floor: int) -> str:
    """Why nothing can be on a floor, "" where it can: the building has fewer, where its floors are stated."""
    if building.has_floor(floor):
        return ""
    words = {"floor": floor_label(floor), "n": building.floors_above if floor > 0 else building.floors_below}
    if floor > 0:
        return _("楼宇地上共 %(n)d 层，没有 %(floor)s 层，请核对楼层，或先修改楼宇信息中的层数。") % words
    return _("楼宇地下共 %(n)d 层，没有 %(floor)s 层，请核对楼层，或先修改楼宇信息中的层数。") % words


def problems_of_space(
    total_sqdm: int, lettable_sqdm: int, *, building: Building | None = None, since: date | None = None
) -> dict[str, str]:
    """What can't be right of areas: more to let than there is, or less than the rooms that are there."""
    if total_sqdm <= 0:
        return {"total_sqdm": _("总面积应大于 0。")}
    if lettable_sqdm > total_sqdm:
        return {"lettable_sqdm": _("可租面积大于总面积，请核对两个数和单位。")}
    if building is None or since is None:
        return {}
    rooms = rooms_from(building, since)
    if rooms > lettable_sqdm:
        words = {"rooms": in_sqm(rooms), "lettable": in_sqm(lettable_sqdm)}
        message = _("已登记房间的面积合计 %(rooms)s 平方米，大于可租面积 %(lettable)s 平方米，请先核对房间。")
        return {"lettable_sqdm": message % words}
    return {}


def rooms_from(building: Building, since: date) -> int:
    """The most area that its rooms have on a day from this one until another area is stated."""
    following = building.spaces.filter(since__gt=since).order_by("since").values_list("since", flat=True).first()
    days = {since, *building.units.filter(valid_from__gte=since).values_list("valid_from", flat=True)}
    return max(rooms_on(building, day) for day in days if following is None or day < following)


def rooms_on(building: Building, day: date) -> int:
    """The area of its rooms on a day."""
    found = building.units.filter(valid_from__lte=day).exclude(valid_to__lt=day).aggregate(sum=Sum("area_sqdm"))
    return int(found["sum"] or 0)


@dataclass(slots=True)
class Undivided:
    """What a building can let and is not divided into rooms, from each day on which it changes."""

    steps: dict[date, int]
    """In hundredths of a square metre; before the first of these days there is nothing."""

    def least_from(self, since: date) -> tuple[date, int]:
        """The least that is left on a day from this one on, and the first such day."""
        before = max((day for day in self.steps if day <= since), default=None)
        found = [(since, 0 if before is None else self.steps[before])]
        found += [(day, left) for day, left in self.steps.items() if day > since]
        return min(found, key=lambda each: (each[1], each[0]))

    def take(self, since: date, area_sqdm: int) -> None:
        """A room more from a day on."""
        before = max((day for day in self.steps if day <= since), default=None)
        self.steps.setdefault(since, 0 if before is None else self.steps[before])
        for day in self.steps:
            if day >= since:
                self.steps[day] -= area_sqdm


def undivided(building: Building) -> Undivided:
    """What a building can let and is not divided into rooms, of all its days."""
    spaces = list(building.spaces.order_by("since", "revision").values_list("since", "lettable_sqdm"))
    rooms = list(building.units.values_list("valid_from", "valid_to", "area_sqdm"))
    days = {since for since, _lettable in spaces} | {since for since, _last, _area in rooms}
    days |= {last + timedelta(days=1) for _since, last, _area in rooms if last}
    steps = {}
    for day in days:
        lettable = next((area for since, area in reversed(spaces) if since <= day), 0)
        steps[day] = lettable - sum(
            area for since, last, area in rooms if since <= day and (last is None or day <= last)
        )
    return Undivided(steps)


@transaction.atomic
def enter_building(line: BuildingLine, *, actor: User | None, at: datetime) -> Building:
    """A building of the district with its area from a day on. Raises NotAllowedError, MissingError."""
    values, today = dict(line.values), timezone.localtime(at).date()
    check_may(actor, MANAGE, values["area_code"], at)
    problems = problems_of_building(values, today=today)
    problems |= problems_of_space(line.total_sqdm, line.lettable_sqdm)
    if line.since > today:
        problems["since"] = _("起算日期还没有到，请核对。")
    if problems:
        raise MissingError(problems)
    building = Building.objects.create(
        code=next_code("BLD", on=line.since), name_key=texts.match_key(values["name"]), entered_at=at, **values
    )
    _state_space(building, line.since, line.total_sqdm, line.lettable_sqdm, actor=actor, at=at)
    books.sync(entering(actor, at), buildings=[building.pk])
    return building


@dataclass(frozen=True, slots=True)
class MoveLine:
    """From which day on a building belongs to another subdistrict, and why."""

    since: date | None = None
    reason: str = ""


@transaction.atomic
def update_building(
    building: Building, values: Mapping[str, Any], *, actor: User | None, at: datetime, move: MoveLine | None = None
) -> Building:
    """What is said of a building itself; of another subdistrict from a day on, with a reason, and what was stays.

    Both subdistricts must be the actor's. Raises NotAllowedError, MissingError.
    """
    check_may(actor, MANAGE, building.area_code, at)
    whole = {name: getattr(building, name) for name in FIELDS} | dict(values)
    before, today = building.area_code, timezone.localtime(at).date()
    problems = problems_of_building(whole, today=today, own=building)
    if whole["area_code"] != before:
        check_may(actor, MANAGE, whole["area_code"], at)
        problems |= _problems_of_move(building, move or MoveLine(), today)
    if problems:
        raise MissingError(problems)
    counts = (before, building.completed_on)
    for name, value in whole.items():
        setattr(building, name, value)
    building.name_key = texts.match_key(building.name)
    building.save(update_fields=[*(name.removesuffix("_id") for name in FIELDS), "name_key"])
    if move is not None and move.since is not None and building.area_code != before:
        BuildingMove.objects.create(
            building=building,
            since=move.since,
            area_from=before,
            area_to=building.area_code,
            reason=move.reason.strip(),
            entered_at=at,
            entered_by=actor,
        )
    if counts != (building.area_code, building.completed_on):
        _restate(building, actor=actor, at=at)
    return building


def _problems_of_move(building: Building, move: MoveLine, today: date) -> dict[str, str]:
    """Figures of days before a move stay with the subdistrict before: so it needs its day, after those that are known."""
    found: dict[str, str] = {}
    if not move.reason.strip():
        found["move_reason"] = _("更改所属街道请写明原因和依据。")
    first = building.spaces.order_by("since").values_list("since", flat=True).first()
    last = building.moves.order_by("since").values_list("since", flat=True).last()
    least = last + timedelta(days=1) if last else first
    if move.since is None:
        found["moved_on"] = _("更改所属街道请填写从哪一天起变更，以前的数字仍算在原来的街道。")
    elif move.since > today or (least is not None and move.since < least):
        words = {"first": least.isoformat() if least else "—", "last": today.isoformat()}
        found["moved_on"] = _("街道变更日期应在 %(first)s 至 %(last)s 之间，请核对。") % words
    return found


def _restate(building: Building, *, actor: User | None, at: datetime) -> None:
    """All that is counted of a building, its rooms and its tenants."""
    units = list(building.units.values_list("pk", flat=True))
    tenants = set(Lease.objects.filter(unit__in=units).values_list("tenant_id", flat=True))
    books.sync(entering(actor, at), buildings=[building.pk], units=units, tenants=tenants)


@transaction.atomic
def change_space(
    building: Building,
    *,
    since: date,
    total_sqdm: int,
    lettable_sqdm: int,
    reason: str,
    actor: User | None,
    at: datetime,
) -> BuildingSpace:
    """Another area from a day on; what stood before stays known. The same again is no revision. Raises NotAllowedError, MissingError."""
    check_may(actor, MANAGE, building.area_code, at)
    problems = problems_of_space(total_sqdm, lettable_sqdm, building=building, since=since)
    if since > timezone.localtime(at).date():
        problems["since"] = _("生效日期还没有到，请核对。")
    if not reason.strip():
        problems["reason"] = _("请写明面积变更的原因和依据。")
    if problems:
        raise MissingError(problems)
    before = space_on(building, since)
    if before is not None and (before.total_sqdm, before.lettable_sqdm) == (total_sqdm, lettable_sqdm):
        return before
    made = _state_space(building, since, total_sqdm, lettable_sqdm, reason=reason.strip(), actor=actor, at=at)
    books.sync(entering(actor, at), buildings=[building.pk])
    return made


def _state_space(
    building: Building,
    since: date,
    total_sqdm: int,
    lettable_sqdm: int,
    *,
    actor: User | None,
    at: datetime,
    reason: str = "",
) -> BuildingSpace:
    newest = building.spaces.filter(since=since).aggregate(last=Max("revision"))["last"]
    return BuildingSpace.objects.create(
        building=building,
        since=since,
        revision=(newest or 0) + 1,
        total_sqdm=total_sqdm,
        lettable_sqdm=lettable_sqdm,
        reason=reason,
        entered_at=at,
        entered_by=actor,
    )


@transaction.atomic
def close_building(building: Building, *, on: date, actor: User | None, at: datetime) -> Building:
    """It counts no more from a day on; nobody may rent there any longer. Raises NotAllowedError, MissingError, GuardError."""
    check_may(actor, MANAGE, building.area_code, at)
    building = Building.objects.select_for_update(of=("self",)).get(pk=building.pk)
    if on > timezone.localtime(at).date():
        raise MissingError({"on": _("退出日期还没有到，请核对。")})
    if building.closed_on is not None:
        raise GuardError(_("这座楼宇已登记自 %(day)s 起退出。") % {"day": building.closed_on.isoformat()})
    units = Unit.objects.filter(building=building)
    later = units.filter(valid_from__gte=on).count()
    if later:
        message = _("%(n)d 间房自 %(day)s 或以后才启用，请核对退出日期。")
        raise GuardError(message % {"day": on.isoformat(), "n": later})
    leases = [each for each in Lease.objects.filter(unit__in=units) if not each.was_cancelled]
    running = [each for each in leases if each.last_on is None or each.last_on >= on]
    if running:
        message = _("%(day)s 以后还有 %(n)d 份租约，请先登记退租，再登记楼宇退出。")
        raise GuardError(message % {"day": on.isoformat(), "n": len(running)})
    building.closed_on = on
    building.save(update_fields=["closed_on"])
    _restate(building, actor=actor, at=at)
    return building
