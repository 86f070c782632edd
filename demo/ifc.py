"""The tallest tower's way back to work in February 2020 as records (reference district, R4 and R5).

A hotel is rented for observation, workers come by charter with certificates, are tested; the application goes from the
draft to the permit of 2020-02-11. The workers are synthetic, with numbers of people born in the 1890s.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from demo import codes
from demo.cast import PASSWORD, YAOJIA, Cast
from shoushan.apps.resumption.enums.applications import ItemResult
from shoushan.apps.resumption.lifecycle import APPLICATIONS, CLAIMS, TRIPS, WORKERS
from shoushan.apps.resumption.models import Application, EnterpriseClaim, Worker
from shoushan.apps.resumption.services import Found, draft_application, items_of, record_check, register_contact
from shoushan.apps.resumption.services.trips import Wish, enter_trips, propose
from shoushan.apps.resumption.services.workers import (
    Measured,
    NewWorker,
    give_bed,
    open_place,
    record_checks,
    record_test,
    register_worker,
)
from shoushan.lib.resident_ids import check_mark
from shoushan.lifecycle.services import advance
from shoushan.registry.enums import Source
from shoushan.registry.models import Enterprise
from shoushan.registry.services import NewEnterprise, register_enterprise

NAME: Final = "绿地山东国际金融中心项目部（演示）"
USCC: Final = codes.uscc(entity="91", region="370102", body="MA920200")
SITE: Final = "绿地山东国际金融中心（IFC）工地"
NINTH, TENTH, ELEVENTH = date(2020, 2, 9), date(2020, 2, 10), date(2020, 2, 11)
WORKERS_BY_ORIGIN: Final = (("河南省商丘市", 10), ("河北省沧州市", 8), ("安徽省合肥市", 6), ("山东省德州市", 6))
"""Cities and how many come from each; the last two of the first city come without a certificate."""
WITHOUT_CERTIFICATE: Final = 2
VALUES: Final[dict[str, Any]] = {
    "site": SITE,
    "planned_on": date(2020, 2, 12),
    "staff_total": 480,
    "staff_planned": 120,
    "accommodation": "RENTED_HOTEL",
    "isolation_rooms": 30,
    "masks": 4000,
    "masks_daily": 480,
    "disinfectant": 120,
    "disinfectant_daily": 12,
    "thermometers": 6,
    "entrances": 2,
}


def moment(day: date, hour: int = 9) -> datetime:
    """An hour of a day in the district."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour - 8)


def tell(cast: Cast) -> Application:
    """The whole case; answers the application with its permit."""
    claim = _contact(cast)
    _workers(claim, cast)
    return _application(claim, cast)


def enterprise() -> Enterprise | None:
    """The project's own enterprise, where the case was told already."""
    return Enterprise.objects.filter(uscc=USCC).first()


def _contact(cast: Cast) -> EnterpriseClaim:
    """The enterprise in the register, its contact confirmed by the subdistrict on the ninth."""
    new = NewEnterprise(NAME, YAOJIA, USCC)
    register_enterprise(row=new, source=Source.SUBDISTRICT, on=NINTH, at=moment(NINTH))
    person = {"username": "ifc", "password": PASSWORD, "display_name": "项目部疫情防控专员（演示）", "duty": "专员"}
    claim = register_contact(uscc=USCC, **person, at=moment(NINTH))
    advance(CLAIMS, claim.pk, "confirm", actor=cast.yaojia2, at=moment(NINTH, 10))
    return claim


# ---- workers ----------------------------------------------------------------------------------------------
def number(serial: int) -> str:
    """A synthetic identity number of somebody born in 1895."""
    body = f"3701021895{1 + serial // 28:02d}{1 + serial % 28:02d}{serial:03d}"
    return body + check_mark(body)


def _expected(claim: EnterpriseClaim) -> Iterator[Worker]:
    serial = 0
    for origin, count in WORKERS_BY_ORIGIN:
        for _place in range(count):
            serial += 1
            yield register_worker(
                enterprise=claim.enterprise,
                worker=NewWorker(f"示例工{serial:02d}", number(serial), f"138{serial:08d}", origin, origin, TENTH),
                actor=claim.user,
                at=moment(NINTH, 11),
            )


def _workers(claim: EnterpriseClaim, cast: Cast) -> None:
    """Hotel, charters, arrival, tests, the first temperatures."""
    street = cast.yaojia2
    place = open_place(
        name="经十路某酒店（项目租用，演示）",
        area_code=YAOJIA,
        address="历下区经十路（演示）",
        rooms=30,
        on=NINTH,
        enterprise=claim.enterprise,
        actor=street,
        at=moment(NINTH, 10),
    )
    workers = list(_expected(claim))
    plates = _charters(cast)
    at, beds = moment(TENTH, 19), iter(place.beds.order_by("pk"))
    observed = []
    for serial, worker in enumerate(workers, start=1):
        has_none = serial <= WITHOUT_CERTIFICATE
        values = {
            "charter": "YES",
            "certificate_no": "" if has_none else f"JKTX-{serial:04d}",
            "key_area": "NO",
            "temperature": f"36.{2 + serial % 6}",
            "transport": plates.get(worker.pk, ""),
        }
        arrived = advance(WORKERS, worker.pk, "arrive", actor=claim.user, at=at, values=values)
        record_test(
            worker=arrived,
            sampled_on=TENTH,
            laboratory="区疾控中心（演示）",
            result="NEGATIVE",
            resulted_on=ELEVENTH,
            actor=street,
            at=moment(ELEVENTH, 9),
        )
        if has_none:
            give_bed(worker=arrived, bed=next(beds), on=TENTH, actor=street, at=at)
            observed.append(arrived)
        else:
            advance(WORKERS, worker.pk, "start_work", actor=claim.user, at=moment(ELEVENTH + timedelta(days=1), 8))
    _observe(observed, cast)


def _charters(cast: Cast) -> dict[int, str]:
    """The cheapest trips of the tenth, confirmed, departed and arrived; the journey of each worker."""
    street = cast.yaojia2
    wish = Wish(YAOJIA, TENTH, TENTH, 0)
    found = propose(wish, actor=street, at=moment(NINTH, 14))
    numbers = {each.number for each in found.trips}
    journeys: dict[int, str] = {}
    for place, trip in enumerate(
        enter_trips(wish, numbers, mark=found.mark, actor=street, at=moment(NINTH, 14)), start=1
    ):
        plate = f"鲁A演{place:04d}"
        values = {
            "vehicle_no": plate,
            "operator": "示例客运公司（演示）",
            "escort": "项目部一人",
            "fee_bearer": "项目部",
        }
        advance(TRIPS, trip.pk, "confirm", actor=street, at=moment(NINTH, 15), values=values)
        journeys |= {pk: f"包车 {plate}" for pk in trip.seats.values_list("bookings__worker", flat=True) if pk}
        advance(TRIPS, trip.pk, "depart", actor=street, at=moment(TENTH, 7))
        advance(TRIPS, trip.pk, "arrive", actor=street, at=moment(TENTH, 19))
    return journeys


def _observe(workers: list[Worker], cast: Cast) -> None:
    """Two temperatures a day to the end of the observation, then cleared and at post."""
    for worker in workers:
        evening = [Measured(worker, "EVENING", "36.4")]
        record_checks(evening, on=TENTH, actor=cast.yaojia2, at=moment(TENTH, 21))
        day, last = TENTH + timedelta(days=1), worker.observe_to or TENTH
        while day <= last:
            measured = [Measured(worker, slot, f"36.{3 + day.day % 5}") for slot in ("MORNING", "EVENING")]
            record_checks(measured, on=day, actor=cast.yaojia2, at=moment(day, 20))
            day += timedelta(days=1)
        advance(WORKERS, worker.pk, "clear", actor=cast.yaojia2, at=moment(day, 9))
        advance(WORKERS, worker.pk, "start_work", actor=cast.yaojia2, at=moment(day, 10))


# ---- the application ---------------------------------------------------------------------------------------
def _application(claim: EnterpriseClaim, cast: Cast) -> Application:
    """Draft, papers, acceptance, both checks, approval on the eleventh; the first day of work on the twelfth."""
    draft = draft_application(enterprise=claim.enterprise, values=VALUES, actor=claim.user, at=moment(TENTH, 9))
    advance(APPLICATIONS, draft.pk, "submit", actor=claim.user, at=moment(TENTH, 10), files=_papers())
    advance(APPLICATIONS, draft.pk, "accept", actor=cast.yaojia2, at=moment(TENTH, 15))
    for actor, hour in ((cast.yaojia2, 9), (cast.housing, 10)):
        at = moment(ELEVENTH, hour)
        found = {row["code"]: Found(ItemResult.PASSED) for row in items_of(draft, at=at)}
        record_check(application_id=draft.pk, found=found, actor=actor, at=at)
    advance(APPLICATIONS, draft.pk, "pass_check", actor=cast.yaojia2, at=moment(ELEVENTH, 11))
    advance(APPLICATIONS, draft.pk, "approve", actor=cast.resumption, at=moment(ELEVENTH, 16))
    return Application.objects.get(pk=draft.pk)


def _papers() -> dict[str, Any]:
    """The four papers of the package, each a page that says what it stands for."""
    names = {"plan": "复工方案", "emergency_plan": "应急预案", "commitment": "承诺书", "roster": "名册"}
    return {
        name: [SimpleUploadedFile(f"{title}（演示）.pdf", f"%PDF-1.4 {NAME} {title}".encode())]
        for name, title in names.items()
    }
