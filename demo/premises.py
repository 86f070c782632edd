"""Tells the premises of the district as records, once: `python -m demo.premises`, after the lists of projects came in.

Every building, room, lease, tax and visit is synthetic and marked so; tenants are the demonstration's own enterprises. The two
buildings that were added in 2020 name projects of the list that are completed with them (reference district P4).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle
from random import Random
from typing import TYPE_CHECKING, Any, Final

from demo.portfolio import STREETS
from demo.scenario import SEED

if TYPE_CHECKING:
    from shoushan.apps.premises.models import Building, Unit

FIRST: Final = date(2019, 1, 1)
TOLD: Final = date(2020, 3, 20)
THEMES: Final = ("金融", "科技服务", "商务服务", "总部经济", "文化创意", "跨境电商", "医养健康")
KINDS: Final = ("OFFICE", "OFFICE", "COMPLEX", "OFFICE", "PARK", "OFFICE", "HOTEL")
NOUNS: Final = {"OFFICE": "商务楼", "COMPLEX": "商业综合体", "PARK": "产业园", "HOTEL": "酒店"}
COUNT: Final = 15
OTHER_USES: Final = ("OWN_USE", "RESERVED", "FITTING_OUT", "CLOSED")
COMPLETED: Final = ((date(2020, 3, 5), 0), (date(2020, 3, 16), 1))
"""When a project of the list was completed, and which one in the order of those that have premises to complete this year."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A building, areas in hundredths of a square metre."""

    number: int
    name: str
    street: str
    kind: str
    theme: str
    total: int
    lettable: int
    rooms: tuple[tuple[int, str, int], ...]
    """Floor, number, area."""


def plans() -> Iterator[Plan]:
    """The buildings, the same every time; their rooms fill most of what can be let."""
    random = Random(f"{SEED}:premises")
    for number in range(COUNT):
        street = STREETS[number % len(STREETS)]
        kind = KINDS[number % len(KINDS)]
        floors = random.randint(5, 11)
        rooms = tuple(_rooms(floors, random))
        used = sum(area for _floor, _number, area in rooms)
        lettable = used + random.randint(0, 30) * 100_00
        total = lettable * random.randint(118, 145) // 100
        name = f"{street.removesuffix('街道')}{NOUNS[kind]}{number + 1:02d}号（示例）"
        yield Plan(number, name, street, kind, THEMES[number % len(THEMES)], total, lettable, rooms)


def _rooms(floors: int, random: Random) -> Iterator[tuple[int, str, int]]:
    for floor in range(1, floors + 1):
        for place in range(1, random.choice((3, 4, 4, 5)) + 1):
            yield floor, f"{floor}{place:02d}", random.randint(3_000, 24_000) * 5


def main() -> int:
    """The premises in a transaction of their own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoushan.config.settings")
    import django

    django.setup()
    from django.db import transaction

    from shoushan.apps.premises.models import Building
    from shoushan.apps.projects.models import Project

    if Building.objects.exists():
        print("楼宇载体已在库中。")
        return 0
    if not Project.objects.exists():
        print("请先导入重点项目清单。")
        return 1
    with transaction.atomic():  # noqa: TID251 - all of it or none of it
        said = Story().tell()
    print(f"楼宇载体：{said['buildings']} 座、房间 {said['rooms']} 间、租约 {said['leases']} 份。")
    return 0


class Story:
    """What is told, step by step, by the bureau."""

    def __init__(self) -> None:
        from django.utils import timezone

        from demo import cast, ifc
        from shoushan.directory.selectors import area_names

        self.random = Random(f"{SEED}:leases")
        self.at: datetime = ifc.moment(TOLD)
        self.people = cast.open_accounts(self.at)
        self.bureau = self.people["reform"]
        self.areas = {name: code for code, name in area_names().items() if len(code) == 9}
        self.this_year = timezone.localdate().year
        self.leases = 0

    def tell(self) -> dict[str, int]:
        """Buildings with rooms, leases and tax; what was completed; visits, headquarters, offers to investors."""
        from shoushan.apps.premises.models import Building, Unit

        told = [self._building(plan) for plan in plans()]
        for building, plan in told:
            self._let(building)
            self._tax(building, plan)
        self._completions()
        self._headquarters()
        self._visits([building for building, _plan in told])
        return {"buildings": Building.objects.count(), "rooms": Unit.objects.count(), "leases": self.leases}

    def _building(self, plan: Plan) -> tuple[Building, Plan]:
        from shoushan.apps.premises.services import BuildingLine, RoomLine, enter_building, enter_rooms

        values = {
            "name": plan.name,
            "kind": plan.kind,
            "area_code": self.areas[plan.street],
            "address": f"{plan.street}示例路{10 + plan.number}号",
            "operator_name": f"示例楼宇运营{plan.number % 5 + 1}部",
            "theme": plan.theme,
            "rent_fen": 120 + plan.number * 17 % 180,
            "parking": 60 + plan.number * 37 % 300,
            "metro_m": 200 + plan.number * 131 % 1500,
            "contact_role": "招商部",
            "completed_on": date(2005 + plan.number % 13, 6, 30),
        }
        line = BuildingLine(values, FIRST, plan.total, plan.lettable)
        building = enter_building(line, actor=self.bureau, at=self.at)
        rooms = [RoomLine(floor, number, area) for floor, number, area in plan.rooms]
        enter_rooms(building, rooms, since=FIRST, actor=self.bureau, at=self.at)
        return building, plan

    def _let(self, building: Building) -> None:
        """About four rooms of five are let, some ended early, a few are used otherwise; vacant ones go to investors."""
        from shoushan.apps.premises.services import LeaseLine, end_lease, enter_leases, release_vacancy, state_use
        from shoushan.registry.models import Enterprise

        found = Enterprise.objects.filter(area_code=building.area_code, is_branch=False).order_by("code")
        tenants = cycle(list(found[:40]))
        lines: list[tuple[Unit, LeaseLine]] = []
        vacant: list[Unit] = []
        for unit in building.units.order_by("pk"):
            if self.random.random() < 0.8:
                since = FIRST + timedelta(days=self.random.randint(0, 420))
                until = date(self.this_year + self.random.randint(1, 4), since.month, 28)
                here = self.random.random() < 0.72
                taxed = here and len(lines) % 17 != 0
                lines.append(
                    (unit, LeaseLine(next(tenants), since, until, is_registered_here=here, is_taxed_here=taxed))
                )
            else:
                vacant.append(unit)
        made = enter_leases(lines, actor=self.bureau, at=self.at)
        self.leases += len(made)
        for lease in made[::23]:
            last = max(lease.since, TOLD - timedelta(days=self.random.randint(1, 60)))
            end_lease(lease, kind="EARLY", last_on=last, reason="企业迁址（演示）", actor=self.bureau, at=self.at)
        for place, unit in enumerate(vacant):
            if place % 5 == 4:
                use = OTHER_USES[self.random.randrange(len(OTHER_USES))]
                state_use(unit, since=FIRST, use=use, reason="", actor=self.bureau, at=self.at)
            elif place % 2 == 0:
                ready = date(2020, 5, 1) if place % 4 == 0 else None
                offer = {"rent_fen": None, "available_on": ready, "released_on": TOLD}
                release_vacancy(unit, **offer, actor=self.bureau, at=self.at)  # type: ignore[arg-type]

    def _tax(self, building: Building, plan: Plan) -> None:
        """A figure a year of both scopes, each entered after its year."""
        from demo import ifc
        from shoushan.apps.premises.services import enter_tax

        base = plan.total // 100 * (700 + plan.number * 1331 % 6100) * 100
        for year in sorted({2018, 2019, self.this_year - 1}):
            amount = base * (96 + (year * 7 + plan.number) % 9) // 100
            at = ifc.moment(max(date(year + 1, 1, 20), date(2020, 1, 20)))
            for scope, fen in (("TOTAL", amount), ("LOCAL", amount * 27 // 100)):
                enter_tax(building, year=year, scope=scope, amount_fen=fen, reason="", actor=self.bureau, at=at)

    def _completions(self) -> None:
        """Two projects of the list are completed by evidence; each opens a building that names it."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        from demo import ifc
        from shoushan.apps.premises.services import BuildingLine, enter_building
        from shoushan.apps.projects.lifecycle import PROJECTS
        from shoushan.apps.projects.models import Project
        from shoushan.lifecycle.services import advance

        waiting = Project.objects.filter(
            plans__premises_sqm__gt=0, state="BUILDING", kind="PREMISES", name__contains="示例"
        )
        projects = list(waiting.distinct().order_by("pk"))
        for day, place in COMPLETED:
            project = projects[place]
            sqm = project.plans.latest("revision").premises_sqm
            paper = SimpleUploadedFile("竣工验收备案表（演示）.pdf", f"%PDF-1.4 {project.code}".encode())
            values = {
                "on": day.isoformat(),
                "acceptance_document": "历建竣备〔2020〕示例号",
                "premises_done_sqm": str(sqm),
            }
            at = ifc.moment(TOLD)
            advance(
                PROJECTS, project.pk, "complete", actor=self.bureau, at=at, values=values, files={"acceptance": [paper]}
            )
            line: dict[str, Any] = {
                "name": project.name.replace("楼宇载体项目", "大厦"),
                "kind": "OFFICE",
                "area_code": project.area_code,
                "address": project.site,
                "owner_name": project.owner_name,
                "completed_on": day,
                "project": project.code,
            }
            whole = sqm * 100
            enter_building(BuildingLine(line, day, whole, whole * 7 // 10), actor=self.bureau, at=at)

    def _headquarters(self) -> None:
        from shoushan.apps.premises.models import Lease
        from shoushan.apps.premises.services import enter_headquarters

        tenants = list(
            dict.fromkeys(each.tenant for each in Lease.objects.select_related("tenant").order_by("pk")[:60])
        )
        for firm, level in zip(tenants[::13], ("CITY", "DISTRICT", "DISTRICT", "PROVINCE"), strict=False):
            words = {"level": level, "since": date(2019, 7, 1), "document": "总部企业认定示例文件"}
            enter_headquarters(firm, **words, actor=self.bureau, at=self.at)  # type: ignore[arg-type]

    def _visits(self, buildings: list[Building]) -> None:
        from shoushan.apps.premises.services import VisitLine, record_visit

        told = (
            (0, "两层办公用房到期未续，运营方已调整租金。", "对接两家意向企业", "", ""),
            (
                1,
                "三家租户反映复工后资金紧张，希望缓缴租金。",
                "转办并回访",
                "LEASE",
                "三家租户希望一季度租金缓缴三个月。",
            ),
            (2, "消防改造完成，恢复正常使用。", "", "", ""),
        )
        for place, found, step, category, concern in told:
            line = VisitLine(TOLD, found, step, TOLD + timedelta(days=30) if step else None, None, category, concern)
            record_visit(buildings[place], line, actor=self.bureau, at=self.at)


if __name__ == "__main__":
    sys.exit(main())
