"""Buildings, rooms and tenants as plain makers; who works with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django.test import Client
from django.urls import reverse

from shoushan.apps.premises.models import Building, Lease, Unit
from shoushan.apps.premises.services import BuildingLine, LeaseLine, RoomLine, enter_building, enter_lease, enter_rooms
from shoushan.directory.enums import Role
from shoushan.directory.models import Organisation, User
from shoushan.registry.enums import Source
from shoushan.registry.models import Enterprise
from shoushan.registry.services import NewEnterprise, register_enterprise
from tests.apps.resumption.factories import uscc
from tests.directory.factories import a_user, signed_in
from tests.kept import calendars, district, policies

DISTRICT, YAOJIA, ZHIYUAN = "370102", "370102011", "370102013"
JANUARY_1, MARCH_23 = date(2020, 1, 1), date(2020, 3, 23)
AT: Final = datetime(2020, 3, 23, 2, 0, tzinfo=UTC)


@dataclass(slots=True)
class Who:
    """Those who take part."""

    office: User
    street: User
    elsewhere: User
    leader: User


def setting() -> Who:
    """The district with its rules, the bureau, two subdistricts and a leader."""
    district()
    calendars(at=AT)
    policies(at=AT)
    return Who(
        office=_of("DEPT_INVESTMENT_PROMOTION", "investment"),
        street=_of("OFFICE_370102011", "street", Role.STREET_USER, YAOJIA),
        elsewhere=_of("OFFICE_370102013", "elsewhere", Role.STREET_USER, ZHIYUAN),
        leader=a_user("leader", (Role.DISTRICT_LEADER, DISTRICT)),
    )


def _of(code: str, username: str, role: Role = Role.DEPT_USER, area: str = DISTRICT) -> User:
    user = a_user(username, (role, area))
    user.organisation = Organisation.objects.get(code=code)
    user.save(update_fields=["organisation"])
    return user


def a_building(name: str = "测试大厦（示例）", *, area: str = YAOJIA, **changed: Any) -> Building:
    """A building of 2,000 square metres of which 1,000 can be let, unless told otherwise; areas in square metres."""
    total, lettable = changed.pop("total", 2000), changed.pop("lettable", 1000)
    since = changed.pop("since", JANUARY_1)
    values = {"name": name, "kind": "OFFICE", "area_code": area} | changed
    line = BuildingLine(values, since, int(total * 100), int(lettable * 100))
    return enter_building(line, actor=None, at=AT)


def rooms(building: Building, *areas: float, since: date = JANUARY_1, floor: int = 1) -> list[Unit]:
    """Rooms on one floor, numbered from 101 on."""
    start = building.units.filter(floor=floor).count() + 1
    asked = [
        RoomLine(floor, f"{floor}{start + place:02d}", round(area * 100), line=place + 1)
        for place, area in enumerate(areas)
    ]
    return enter_rooms(building, asked, since=since, actor=None, at=AT)


def a_firm(number: int = 1, area: str = YAOJIA) -> Enterprise:
    """An enterprise of the register, the same for the same number."""
    there = Enterprise.objects.filter(uscc=uscc(number)).first()
    if there is not None:
        return there
    row = NewEnterprise(name=f"示例{number}号有限公司", area_code=area, uscc=uscc(number))
    return register_enterprise(row=row, source=Source.STATISTICS, on=JANUARY_1, at=AT)


def let(unit: Unit, tenant: Enterprise, since: date, until: date | None = None, **more: Any) -> Lease:
    """A lease of the whole room unless told otherwise; `area` in square metres."""
    area = more.pop("area", None)
    line = LeaseLine(tenant, since, until, None if area is None else round(area * 100), **more)
    return enter_lease(unit, line, actor=None, at=AT)


def two_buildings() -> Building:
    """One building in each of two subdistricts; answers the first, which has what investors ask for."""
    a_building("智远大厦", area=ZHIYUAN)
    return a_building(contact_role="招商部", contact_phone="13900000001", theme="金融", rent_fen=250)


def shown(client: Client, name: str, *args: Any, **asked: str) -> str:
    """A page as it is read."""
    answer = client.get(reverse(f"premises:{name}", args=args), asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def sent(user: User, page: str, *args: Any, **typed: Any) -> tuple[int, str]:
    """What is answered to a form that a person sends."""
    answer = signed_in(user).post(reverse(f"premises:{page}", args=args), typed)
    return answer.status_code, answer.content.decode()
