"""What else changes with a step of a worker's way back: the rule's answer, the observation, the bed, who is told."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from shoushan.apps.resumption.enums.policies import IsolationResult
from shoushan.apps.resumption.enums.workers import CheckSlot, KeyAreaContact, WorkerState
from shoushan.apps.resumption.lifecycle.regimes import isolation_of, limit
from shoushan.apps.resumption.models import HealthCheck, Worker
from shoushan.casework.routing import office_of
from shoushan.lib.languages import official
from shoushan.lib.origins import ABROAD
from shoushan.lib.temperatures import read_temperature
from shoushan.lifecycle.declarations import Occasion
from shoushan.lifecycle.errors import GuardError
from shoushan.lifecycle.selectors import Ruling
from shoushan.notices.services import Message, tell

HUBEI: Final = "42"
HOME: Final = "37"
OBSERVATION_DAYS, HIGHEST = "隔离观察天数", "体温上限"


def origin_group(origin: str) -> str:
    """The group under which a worker is counted; it follows from the code alone and never changes."""
    if origin == ABROAD:
        return "ABROAD"
    return {HUBEI: "HUBEI", HOME: "IN_PROVINCE"}.get(origin[:2], "OTHER_PROVINCE")


def decided(worker: Worker, occasion: Occasion) -> tuple[IsolationResult, Ruling]:
    """What the rule of the day of arrival says. Whoever passed an area of the epidemic has no certificate that counts.

    Raises PolicyError where no rule is in force.
    """
    has_certificate = bool(occasion.values.get("certificate_no") or worker.certificate_no)
    return isolation_of(
        area=worker.area_code,
        origin=worker.origin,
        on=occasion.on,
        has_certificate=has_certificate and occasion.values.get("key_area") != KeyAreaContact.YES,
        by_charter=occasion.values.get("charter") == "YES",
        is_normal=is_normal(_temperature(occasion), worker, occasion),
    )


def state_on_arrival(worker: Worker, occasion: Occasion) -> str:
    """Waiting for the post, or under observation, as the rule says."""
    result, _ruling = decided(worker, occasion)
    return WorkerState.WAITING if result == IsolationResult.NONE else WorkerState.OBSERVED


def arrive(worker: Worker, occasion: Occasion) -> None:
    """The rule's answer is kept with its source; the first temperature is taken at the entrance."""
    result, ruling = decided(worker, occasion)
    with official():
        worker.rule = ruling.cited
    worker.result, worker.arrived_on = result, occasion.on
    worker.by_charter = occasion.values.get("charter") == "YES"
    if result != IsolationResult.NONE:
        _observe(worker, occasion)
    temperature = _temperature(occasion)
    is_ok = is_normal(temperature, worker, occasion)
    HealthCheck.objects.update_or_create(
        worker=worker,
        on=occasion.on,
        slot=CheckSlot.ENTRY,
        defaults={
            "temperature": str(temperature),
            "is_abnormal": not is_ok,
            "measured_by": occasion.actor,
            "measured_at": occasion.at,
        },
    )
    if not is_ok:
        tell_abnormal(worker, occasion)


def state_by_ledger(_worker: Worker, occasion: Occasion) -> str:
    """Under observation where the ledger says from when to when."""
    return WorkerState.OBSERVED if occasion.values.get("observe_from") else WorkerState.WAITING


def take_over(worker: Worker, occasion: Occasion) -> None:
    """What a subdistrict's or an enterprise's own ledger says happened; the rule is not asked again."""
    worker.arrived_on, worker.by_charter = occasion.on, occasion.values.get("charter") == "YES"
    worker.result = IsolationResult.FOURTEEN_DAYS if worker.observe_from else IsolationResult.NONE
    with official():
        worker.rule = _("按台账登记")


def is_normal(temperature: Decimal, worker: Worker, occasion: Occasion) -> bool:
    """Not above the limit of the day."""
    return temperature <= Decimal(str(limit(HIGHEST, area=worker.area_code, on=occasion.on)))


def _temperature(occasion: Occasion) -> Decimal:
    value = read_temperature(str(occasion.values["temperature"])).value
    if value is None:
        raise GuardError(_("体温无法识别，请核对。"))
    return Decimal(value)


def _observe(worker: Worker, occasion: Occasion) -> None:
    days = int(limit(OBSERVATION_DAYS, area=worker.area_code, on=occasion.on))
    worker.observe_from, worker.observe_to = occasion.on, occasion.on + timedelta(days=days)
    worker.cleared_on = None


def observe_again(worker: Worker, occasion: Occasion) -> None:
    """The observation starts anew."""
    _observe(worker, occasion)


def clear(worker: Worker, occasion: Occasion) -> None:
    """Free to work; the bed is free again."""
    worker.cleared_on = occasion.on
    worker.stays.filter(left_on=None).update(left_on=occasion.on)


def start_work(worker: Worker, occasion: Occasion) -> None:
    """At post."""
    worker.at_post_on = occasion.on


def leave(worker: Worker, occasion: Occasion) -> None:
    """Does not come, or has left: the bed is free."""
    worker.stays.filter(left_on=None).update(left_on=occasion.on)


def tell_abnormal(worker: Worker, occasion: Occasion) -> None:
    """The subdistrict is told at once (国发明电〔2020〕4号: anomalies are reported at once)."""
    with official():
        message = Message(
            key=f"{worker.code}/abnormal{worker.revision}",
            subject=worker.subject,
            title=_("返岗人员异常：%(name)s") % {"name": worker.enterprise.name},
            detail=worker.code,
            address=reverse("resumption:worker-detail", args=[worker.code]),
            is_urgent=True,
        )
    tell(message, at=occasion.at, organisations=[office_of(worker.area_code, on=occasion.on)])
