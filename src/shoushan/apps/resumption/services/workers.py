"""Workers on their way back: registered, measured, tested, given a bed; every other step goes through `advance`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.resumption.enums.workers import TestResult, WorkerState
from shoushan.apps.resumption.lifecycle import WORKERS
from shoushan.apps.resumption.lifecycle.regimes import limit
from shoushan.apps.resumption.lifecycle.worker_effects import HIGHEST
from shoushan.apps.resumption.lifecycle.workers import MANAGE, check_worker_access
from shoushan.apps.resumption.models import (
    Bed,
    BedStay,
    EnterpriseStanding,
    HealthCheck,
    IsolationPlace,
    NucleicTest,
    Worker,
)
from shoushan.directory.access import check_permission
from shoushan.lib import readings
from shoushan.lib.codes import read_mobile, read_resident_id
from shoushan.lib.origins import read_origin
from shoushan.lib.temperatures import read_temperature
from shoushan.lifecycle.errors import GuardError, MissingError
from shoushan.lifecycle.numbering import next_code
from shoushan.lifecycle.services import advance, begin
from shoushan.registry.services_persons import NewPerson, enter_persons

if TYPE_CHECKING:
    from shoushan.directory.models import User
    from shoushan.registry.models import Enterprise

MOST_ROOMS = 500
PRESENT = (WorkerState.TRAVELLING, WorkerState.OBSERVED, WorkerState.WAITING, WorkerState.AT_POST)


@dataclass(frozen=True, slots=True)
class NewWorker:
    """What an enterprise or a subdistrict says of a worker before the journey, as it was typed."""

    name: str
    document_no: str
    phone: str
    origin: str
    household: str = ""
    planned_on: date | None = None
    transport: str = ""
    party: str = ""


@transaction.atomic
def register_worker(*, enterprise: Enterprise, worker: NewWorker, actor: User, at: datetime) -> Worker:
    """One worker of an enterprise, expected. Raises NotAllowedError, or MissingError with a sentence a field."""
    record = Worker(enterprise=enterprise, area_code=area_of(enterprise))
    check_worker_access(actor, record, MANAGE, _day(at))
    read = _read(worker, _day(at))
    (person,) = enter_persons(
        [NewPerson(worker.name.strip(), read["document_no"], read["phone"], worker.household)], at=at
    )
    if Worker.objects.filter(enterprise=enterprise, person=person).exists():
        raise MissingError({"document_no": _("该企业已登记这名返岗人员，不必重复登记。")})
    record.person, record.origin = person, read["origin"]
    record.origin_text, record.planned_on, record.transport = worker.origin, worker.planned_on, worker.transport
    record.party = worker.party.strip()
    return enter_worker(record, on=_day(at), at=at, actor=actor)


def enter_worker(record: Worker, *, on: date, at: datetime, actor: User | None) -> Worker:
    """A worker whose values are right begins the way back; within the caller's transaction."""
    record.code, record.registered_at = next_code("WRK", on=on), at
    begin(WORKERS, record, on=on, at=at, actor=actor)
    return record


def _read(worker: NewWorker, on: date) -> dict[str, str]:
    """The values that have a form of their own; MissingError names those that can't be read."""
    found = {
        "document_no": (read_resident_id(worker.document_no, on), _("身份证号")),
        "phone": (read_mobile(worker.phone), _("手机")),
        "origin": (read_origin(worker.origin), _("来源地")),
    }
    problems = {} if worker.name.strip() else {"name": _("请填写姓名。")}
    for name, (reading, label) in found.items():
        if reading.value is None:
            problems[name] = readings.sentence(reading, label) or _("请填写“%(label)s”。") % {"label": label}
    if problems:
        raise MissingError(problems)
    return {name: reading.value for name, (reading, _label) in found.items()}


def area_of(enterprise: Enterprise) -> str:
    """The subdistrict in which an enterprise lies."""
    standing = EnterpriseStanding.objects.filter(enterprise=enterprise).first()
    return standing.area_code if standing else enterprise.area_code


# ---- temperatures and tests -------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Measured:
    """One temperature as it was typed."""

    worker: Worker
    slot: str
    temperature: str
    symptoms: str = ""


@transaction.atomic
def record_checks(measured: Sequence[Measured], *, on: date, actor: User, at: datetime) -> int:
    """Temperatures of a day, all of them or none; how many. One above the limit makes the worker abnormal at once.

    A second value of the same time of day takes the first one's place. Raises NotAllowedError, or MissingError whose
    fields are `code/slot`.
    """
    if on > _day(at):
        raise MissingError({"on": _("日期 %(day)s 还没有到，请核对。") % {"day": on.isoformat()}})
    problems: dict[str, str] = {}
    for each in measured:
        check_worker_access(actor, each.worker, MANAGE, _day(at))
        problems |= _problem_of(each, on)
    if problems:
        raise MissingError(problems)
    for each in measured:
        _record_check(each, on, actor, at)
    return len(measured)


def _problem_of(each: Measured, on: date) -> dict[str, str]:
    field = f"{each.worker.code}/{each.slot}"
    reading = read_temperature(each.temperature)
    if reading.value is None:
        return {field: readings.sentence(reading, each.worker.person.name) or _("请填写体温。")}
    if each.worker.arrived_on is None or on < each.worker.arrived_on:
        return {field: _("%(name)s在 %(day)s 还没有到达。") % {"name": each.worker.person.name, "day": on.isoformat()}}
    return {}


def _record_check(each: Measured, on: date, actor: User, at: datetime) -> None:
    value = Decimal(read_temperature(each.temperature).value)
    highest = Decimal(str(limit(HIGHEST, area=each.worker.area_code, on=on)))
    is_abnormal = value > highest
    HealthCheck.objects.update_or_create(
        worker=each.worker,
        on=on,
        slot=each.slot,
        defaults={
            "temperature": str(value),
            "is_abnormal": is_abnormal,
            "symptoms": each.symptoms.strip(),
            "measured_by": actor,
            "measured_at": at,
        },
    )
    if is_abnormal:
        _found_abnormal(each.worker, at)


def _found_abnormal(worker: Worker, at: datetime) -> None:
    worker.refresh_from_db()
    if worker.state in PRESENT:
        advance(WORKERS, worker.pk, "find_abnormal", actor=None, at=at)


@transaction.atomic
def record_test(
    *,
    worker: Worker,
    sampled_on: date,
    laboratory: str,
    result: str,
    resulted_on: date | None,
    actor: User,
    at: datetime,
) -> NucleicTest:
    """A test, or the result of one that was pending; a positive one makes the worker abnormal at once.

    Raises NotAllowedError or MissingError.
    """
    check_worker_access(actor, worker, MANAGE, _day(at))
    problems: dict[str, str] = {}
    if sampled_on > _day(at):
        problems["sampled_on"] = _("采样日期还没有到，请核对。")
    if result == TestResult.PENDING:
        resulted_on = None
    elif resulted_on is None:
        problems["resulted_on"] = _("请填写结果日期。")
    elif not sampled_on <= resulted_on <= _day(at):
        problems["resulted_on"] = _("结果日期应在采样以后、今天以前，请核对。")
    if problems:
        raise MissingError(problems)
    test, _is_new = NucleicTest.objects.update_or_create(
        worker=worker,
        sampled_on=sampled_on,
        laboratory=laboratory.strip(),
        defaults={"result": result, "resulted_on": resulted_on},
    )
    if result == TestResult.POSITIVE:
        _found_abnormal(worker, at)
    return test


# ---- places and beds -------------------------------------------------------------------------------------------
@transaction.atomic
def open_place(
    *,
    name: str,
    area_code: str,
    address: str,
    rooms: int,
    on: date,
    enterprise: Enterprise | None,
    actor: User,
    at: datetime,
) -> IsolationPlace:
    """A place with rooms 1 … n, each with as many beds as the limit of the day allows. Raises NotAllowedError, MissingError."""
    check_permission(actor, MANAGE, on=_day(at), area=area_code)
    problems = {} if 0 < rooms <= MOST_ROOMS else {"rooms": _("房间数应在 1 至 %(most)d 之间。") % {"most": MOST_ROOMS}}
    if IsolationPlace.objects.filter(area_code=area_code, name=name.strip()).exists():
        problems["name"] = _("已有同名的隔离点，请换一个名称。")
    if problems:
        raise MissingError(problems)
    place = IsolationPlace.objects.create(
        code=next_code("ISO", on=on),
        name=name.strip(),
        area_code=area_code,
        address=address.strip(),
        enterprise=enterprise,
        opened_on=on,
    )
    beds = int(limit("隔离房间最多人数", area=area_code, on=on))
    width = len(str(rooms))
    Bed.objects.bulk_create(
        Bed(place=place, room=f"{room:0{width}d}", number=number)
        for room in range(1, rooms + 1)
        for number in range(1, beds + 1)
    )
    return place


@transaction.atomic
def give_bed(*, worker: Worker, bed: Bed, on: date, actor: User, at: datetime) -> BedStay:
    """A worker under observation gets a bed; who has one already moves. Raises GuardError where somebody has it."""
    check_worker_access(actor, worker, MANAGE, _day(at))
    if worker.state != WorkerState.OBSERVED:
        raise GuardError(_("%(name)s现在不在隔离观察，不需要床位。") % {"name": worker.person.name})
    if bed.place.closed_on is not None and bed.place.closed_on <= on:
        raise GuardError(_("%(place)s已停用，请选择其他隔离点。") % {"place": bed.place})
    worker.stays.filter(left_on=None).exclude(bed=bed).update(left_on=on)
    try:
        with transaction.atomic():
            stay = BedStay.objects.create(worker=worker, bed=bed, from_on=on)
    except IntegrityError as error:
        words = {"place": bed.place, "room": bed.room, "n": bed.number}
        raise GuardError(_("%(place)s %(room)s 室 %(n)d 床已有人入住，请选择其他床位。") % words) from error
    values: dict[str, Any] = {"observe_place": f"{bed.place} {bed.room}"}
    advance(WORKERS, worker.pk, "settle", actor=actor, at=at, on=max(on, worker.state_on), values=values)
    return stay


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
