"""The same district with as many records as wanted, to see whether a page asks more when there is more."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from shoushan.apps.resumption.services import claim_enterprise, move_enterprise, release_bulletin
from shoushan.directory.enums import Role
from shoushan.directory.models import Organisation
from shoushan.exchange.models import Upload
from shoushan.exchange.services import bring_in
from shoushan.ledger import api as ledger
from shoushan.registry.models import Enterprise
from shoushan.registry.services import Place
from tests.access.world import (
    AT,
    DAY,
    DISTRICT,
    NAMES,
    NUMBERS,
    OTHER,
    OWN,
    World,
    a_claim,
    a_clock,
    add_application,
    add_building,
    add_filing,
    add_matters,
    add_project,
    add_upload,
    add_workers,
)
from tests.apps.resumption.factories import report, uscc, workbook
from tests.directory.factories import a_user
from tests.kept import calendars, district, policies

FEW: Final = 18
MANY: Final = 54
FIRST: Final = min(NUMBERS.values())
"""Numbers of enterprises count from here, so that those that the addresses search for are among them."""
MOVED_ON: Final = date(2020, 2, 28)


def build(folder: Path, size: int) -> World:
    """Three enterprises for each of `size`, and days, files, moves and releases in proportion."""
    world = World(folder)
    district()
    calendars(at=AT)
    _list_of_the_bureau(folder, 2 * size)
    days = [DAY + timedelta(days=number) for number in range(size // 6)]
    for day in days:
        for place, area in enumerate(NAMES):
            lines = [
                [FIRST + number, 50, "2020-02-10", 30 + number % 9 + day.day % 9]
                for number in range(place, 3 * size, 2)
            ]
            report(folder, day, lines, NAMES[area])
    for number in range(2, size, 4):
        move_enterprise(enterprise=_firm(number), place=Place(OTHER), on=MOVED_ON, reason="迁址", at=AT, actor=None)
    roles = [(Role.HQ_OFFICE, DISTRICT), (Role.ENTERPRISE_CONTACT, DISTRICT)]
    for area in NAMES:
        a_user(f"member-{area}", organisation=Organisation.objects.get(code=f"OFFICE_{area}"))
    office = a_user("office", *roles, *((Role.STREET_USER, area) for area in NAMES))
    world.people = {"office": office}
    sent = add_upload(world, office, OWN)
    Upload.objects.bulk_create(_copy(sent, number) for number in range(size))
    world.release = [release_bulletin(as_of=day, at=AT, actor=None) for day in days][-1]
    _remember(world, sent)
    return world


def _list_of_the_bureau(folder: Path, count: int) -> None:
    areas = list(NAMES.values())
    titles = ["企业名称", "统一社会信用代码", "四上类别", "所属街道", "职工总数"]
    rows = [
        [f"示例{FIRST + number}号有限公司", uscc(FIRST + number), "规上工业", areas[number % 2], 60]
        for number in range(count)
    ]
    head = "统计月份:2020年1月  制表单位:统计局"
    bring_in(workbook(folder / "名单(2020年1月).xlsx", head, titles, rows), at=AT)


def _firm(number: int) -> Enterprise:
    return Enterprise.objects.get(name=f"示例{FIRST + number}号有限公司")


def _copy(upload: Upload, number: int) -> Upload:
    fields = {field.attname: getattr(upload, field.attname) for field in Upload._meta.concrete_fields}
    return Upload(**(fields | {"id": None, "name": f"台账{number}.xlsx"}))


def _remember(world: World, upload: Upload) -> None:
    """What the addresses name: an enterprise that stayed and one that moved, their newest entries, a file."""
    world.enterprises = {OWN: _firm(0), OTHER: _firm(2)}
    world.uploads = {OWN: upload, OTHER: upload}
    world.entries = {area: ledger.timeline(each.subject)[0].number for area, each in world.enterprises.items()}
    world.clocks = {area: a_clock(each, area) for area, each in world.enterprises.items()}
    world.claims = {area: a_claim(area) for area in NAMES}
    policies(at=AT)
    for _number in range(Upload.objects.count() // 6):
        for area, firm in world.enterprises.items():
            add_application(world, area, firm)
            add_matters(world, area, firm)
            add_workers(world, area, firm)
            add_project(world, area, firm)
            add_building(world, area, firm)
    for number in range(Upload.objects.count()):
        add_filing(world, list(NAMES)[number % 2], _firm(number))
    office = world.people["office"]
    assert office is not None
    for number in range(Upload.objects.count()):
        claim_enterprise(user=office, uscc=uscc(FIRST + number), duty="会计", at=AT)
    for number in range(Upload.objects.count()):
        a_clock(_firm(3 + number), OTHER)
    world.entries[DISTRICT] = world.release.entry_number if world.release else 0
