"""Plain makers for the tests of lifecycles."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from shoushan.directory.enums import Role
from shoushan.directory.models import Area, User
from shoushan.lifecycle import services
from tests.directory.factories import a_user
from tests.kept import calendars, district
from tests.samples.lifecycles import CASES
from tests.samples.models import Case

AT = datetime(2020, 3, 2, 2, tzinfo=UTC)
DAY = date(2020, 3, 2)
AREA = "370102011"


def clerk(name: str = "clerk", area: str = AREA) -> User:
    """Somebody of the subdistrict."""
    if not Area.objects.exists():
        district()
    return a_user(name, (Role.STREET_USER, area))


def a_case(code: str = "CASE-1", *, people: int = 30, **fields: Any) -> Case:
    """A draft."""
    calendars(at=AT)
    return services.begin(CASES, Case(code=code, area_code=AREA, people=people, **fields), on=DAY, at=AT, actor=None)


def take(case: Case, step: str, **words: Any) -> Case:
    """Take a step on the day of the draft."""
    words.setdefault("actor", None)
    words.setdefault("at", AT)
    taken: Case = services.advance(CASES, case.pk, step, **words)
    return taken


def submitted(code: str = "CASE-1", **fields: Any) -> Case:
    """A case that was handed in."""
    return take(a_case(code, **fields), "submit", values={"planned_on": "2020-03-05"})
