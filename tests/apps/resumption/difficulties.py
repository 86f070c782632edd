"""Makers of difficulties for the tests: people of the organisations that lead and assist, a matter on its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from shoushan.apps.resumption.lifecycle import DIFFICULTY
from shoushan.apps.resumption.services import Difficulty, Funds, raise_difficulty
from shoushan.casework.enums import Source
from shoushan.casework.models import Matter
from shoushan.casework.services import lifecycle_of_matter
from shoushan.directory.enums import Role
from shoushan.directory.models import Organisation, User
from shoushan.lifecycle.services import advance
from tests.apps.resumption.applications import DISTRICT, YAOJIA, Cast, cast
from tests.directory.factories import a_user

MONDAY = datetime(2020, 2, 17, 1, 0, tzinfo=UTC)
"""Nine o'clock on a Monday after the rules came into force."""
FUNDS = Funds(50_000_000_00, 12, "支付货款和工资")


@dataclass(slots=True)
class Offices:
    """The cast, and people of the organisations that matters go to."""

    who: Cast
    industry: User
    other_industry: User
    health: User
    reform: User
    yaojia: User
    leader: User


def offices(folder: Path) -> Offices:
    """Two people of the bureau of industry, one each of health, reform and the subdistrict, a district leader."""
    who = cast(folder)
    return Offices(
        who,
        _of("industry", "DEPT_INDUSTRY_INFORMATION"),
        _of("industry2", "DEPT_INDUSTRY_INFORMATION"),
        _of("health", "DEPT_HEALTH"),
        _of("reform", "DEPT_DEVELOPMENT_REFORM"),
        _of("yaojia", "OFFICE_370102011", Role.STREET_USER, YAOJIA),
        _of("leader", "DISTRICT_GOVERNMENT", Role.DISTRICT_LEADER),
    )


def _of(username: str, organisation: str, role: Role = Role.DEPT_USER, area: str = DISTRICT) -> User:
    return a_user(username, (role, area), organisation=Organisation.objects.get(code=organisation))


def raised(who: Offices, category: str = "TRANSPORT", at: datetime = MONDAY, **changed: Any) -> Matter:
    """A difficulty that the contact raises."""
    values = {"text": "需要两辆包车接回 60 名外省员工", "source": Source.PLATFORM, "funds": None} | changed
    actor = values.pop("actor", None) or who.who.contact
    difficulty = Difficulty(category, **values)
    return raise_difficulty(enterprise=who.who.claim.enterprise, difficulty=difficulty, actor=actor, at=at)


def step(matter: Matter, name: str, actor: User | None, at: datetime = MONDAY, **more: Any) -> Matter:
    """One step of a matter."""
    done: Matter = advance(lifecycle_of_matter(matter), matter.pk, name, actor=actor, at=at, **more)
    return done


def planned(who: Offices, at: datetime = MONDAY, category: str = "TRANSPORT") -> Matter:
    """Raised, signed for and planned within the first half hour."""
    matter = raised(who, category, at)
    step(matter, "sign", who.industry, at + timedelta(minutes=20))
    values = {"plan": "协调两辆客车，按一半载客", "planned_on": "2020-02-20"}
    return step(matter, "plan", who.industry, at + timedelta(minutes=30), values=values)


def answered(who: Offices, at: datetime = MONDAY, days: int = 1) -> Matter:
    """Planned, its part done by whoever assists, answered after so many days."""
    matter = planned(who, at)
    done_at = at + timedelta(days=days)
    finish_parts(who, matter, done_at)
    return step(matter, "answer", who.industry, done_at, values={"outcome": "SOLVED", "answer": "车辆已安排"})


def finish_parts(who: Offices, matter: Matter, at: datetime) -> None:
    """Every part that runs is signed for and reported done by the bureau of health."""
    from shoushan.casework.lifecycle import ASSIGNMENTS

    for part in matter.assignments.exclude(state__in=["DONE", "RETURNED", "CANCELLED"]):
        advance(ASSIGNMENTS, part.pk, "sign", actor=who.health, at=at)
        advance(ASSIGNMENTS, part.pk, "report_done", actor=who.health, at=at, values={"report": "已核对健康证明"})


__all__ = [
    "DIFFICULTY",
    "FUNDS",
    "MONDAY",
    "Offices",
    "answered",
    "finish_parts",
    "offices",
    "planned",
    "raised",
    "step",
]
