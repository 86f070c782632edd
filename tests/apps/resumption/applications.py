"""Makers of applications for the tests: a contact, officers, the package, checks on site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from shoushan.apps.resumption.enums.applications import ItemResult
from shoushan.apps.resumption.lifecycle import APPLICATIONS, CLAIMS
from shoushan.apps.resumption.models import Application, EnterpriseClaim
from shoushan.apps.resumption.services import Found, draft_application, items_of, record_check, register_contact
from shoushan.directory.enums import Role
from shoushan.directory.models import User
from shoushan.lifecycle.services import advance
from tests.apps.resumption.factories import JANUARY, frame, uscc
from tests.directory.factories import PASSWORD, a_user
from tests.kept import calendars, district, policies

YAOJIA, ZHIYUAN, DISTRICT = "370102011", "370102013", "370102"
FEB_11, FEB_12, MARCH_5 = date(2020, 2, 11), date(2020, 2, 12), date(2020, 3, 5)
VALUES: dict[str, Any] = {
    "site": "历下区经十路某大厦",
    "planned_on": date(2020, 3, 20),
    "staff_total": 600,
    "staff_planned": 200,
    "accommodation": "RENTED_HOTEL",
    "isolation_rooms": 6,
    "masks": 3000,
    "masks_daily": 600,
    "disinfectant": 100,
    "disinfectant_daily": 10,
    "thermometers": 4,
    "entrances": 2,
}


def moment(day: date, hour: int = 2) -> datetime:
    """Ten in the morning of a day, unless told else."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@dataclass(slots=True)
class Cast:
    """Who takes part."""

    contact: User
    claim: EnterpriseClaim
    street: User
    department: User
    lead: User
    office: User


def confirmed(number: int, username: str, street: User, day: date) -> EnterpriseClaim:
    """A contact who registers for a listed enterprise and is confirmed by its subdistrict on a day."""
    claim = register_contact(
        uscc=uscc(number),
        username=username,
        password=PASSWORD,
        display_name="测试联络人",
        duty="办公室主任",
        at=moment(day),
    )
    advance(CLAIMS, claim.pk, "confirm", actor=street, at=moment(day))
    return claim


def cast(folder: Path) -> Cast:
    """The district with its rules and calendars, two listed enterprises, a confirmed contact of the first, officers."""
    district()
    frame(folder, JANUARY, {1: "规上工业", 2: "限上零售"})
    calendars(at=moment(FEB_11))
    policies(at=moment(FEB_11))
    street = a_user("street", (Role.STREET_USER, YAOJIA))
    claim = confirmed(1, "contact", street, date(2020, 2, 3))
    return Cast(
        claim.user,
        claim,
        street,
        a_user("department", (Role.DEPT_USER, DISTRICT)),
        a_user("lead", (Role.WG_LEAD, DISTRICT)),
        a_user("office", (Role.HQ_OFFICE, DISTRICT)),
    )


def drafted(who: Cast, day: date = FEB_11, **changed: Any) -> Application:
    """A draft that says all that is asked for."""
    values = VALUES | changed
    return draft_application(enterprise=who.claim.enterprise, values=values, actor=who.contact, at=moment(day))


def package() -> dict[str, Any]:
    """The four papers."""
    names = ("plan", "emergency_plan", "commitment", "roster")
    return {name: [SimpleUploadedFile(f"{name}.pdf", b"%PDF-1.4 " + name.encode())] for name in names}


def step(application: Application, name: str, actor: User, day: date = FEB_11, **more: Any) -> Application:
    """One step, on a day."""
    done: Application = advance(APPLICATIONS, application.pk, name, actor=actor, at=moment(day), on=day, **more)
    return done


def submitted(who: Cast, day: date = FEB_11, **changed: Any) -> Application:
    """Handed in with the papers."""
    return step(drafted(who, day, **changed), "submit", who.contact, day, files=package())


def checked(application: Application, actor: User, day: date = FEB_11, **faults: str) -> Application:
    """One party's check: all items in place but those named, with what is wrong."""
    found = {
        row["code"]: Found(ItemResult.FAILED, faults[row["code"]])
        if row["code"] in faults
        else Found(ItemResult.PASSED)
        for row in items_of(application, at=moment(day))
    }
    return record_check(application_id=application.pk, found=found, actor=actor, at=moment(day))


def approved(who: Cast, day: date = FEB_11) -> Application:
    """From the draft to the permit in one day, as the case of 2020-02-11 went."""
    application = step(submitted(who, day), "accept", who.street, day)
    checked(application, who.street, day)
    checked(application, who.department, day)
    step(application, "pass_check", who.street, day)
    return step(application, "approve", who.lead, day)
