"""The table of vacant rooms (空置房源表, handbook E4), one line a room: rooms that are not there yet are entered, and released."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as Exact
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from shoushan.apps.premises.chart import UnitFacts
from shoushan.apps.premises.enums.buildings import NO, PART, WHOLE, YES, Use
from shoushan.apps.premises.models import Building, Unit, VacancyOffer
from shoushan.apps.premises.models.buildings import in_sqm, read_floor
from shoushan.apps.premises.selectors.facts import unit_facts
from shoushan.apps.premises.selectors.vacancies import in_force, rent_of
from shoushan.apps.premises.services import RoomLine, enter_rooms, release_vacancy, withdraw_vacancy
from shoushan.apps.premises.services.units import problem_of_release
from shoushan.apps.premises.sheets.ledger import MOST_RENT, MOST_SQM, buildings_by_key
from shoushan.apps.premises.sheets.rooms import PREMISES, RoomSheet
from shoushan.exchange.columns import Area, Choice, Column, Day, Decimal, Text
from shoushan.exchange.declarations import Batch, Row, RowPlan, Verdict
from shoushan.lib import texts
from shoushan.lib.marking import noop
from shoushan.lifecycle.since_preview import taking

RELEASE, WITHDRAW = "release", "withdraw"


class VacancySheet(RoomSheet):
    """What a line says is released to investors, or not, from the file's day on; rooms not in the file stay as they are.

    Without a word on 对外发布 a room that is known is released where the line says another rent or day than is known.
    """

    code: ClassVar[str] = "premises.vacancies"
    title: ClassVar[str] = noop("空置房源表")
    permission: ClassVar[str] = "premises.import_ledger"
    export_permission: ClassVar[str] = "premises.export_ledger"
    file_hint: ClassVar[str] = "空置房源表(3.23).xlsx"
    needs_as_of: ClassVar[bool] = True
    columns: ClassVar[tuple[Column, ...]] = (
        Text("building", "楼宇", required=True, synonyms=("楼宇名称", "载体名称"), is_ditto_allowed=True, max_length=80, width=28),
        Area("area", "街道", synonyms=("所属街道", "属地"), is_ditto_allowed=True),
        Text("floor", "楼层", required=True, synonyms=("层", "所在楼层"), max_length=10, width=8),
        Text("number", "房号", required=True, synonyms=("房间号", "单元号", "室号"), max_length=20),
        Decimal("area_sqm", "面积", required=True, unit="平方米", least=Exact("0.01"), most=MOST_SQM, synonyms=("房间面积", "建筑面积"), control_total=True),
        Decimal("rent", "租金", unit="元/平方米·天", least=Exact(0), most=MOST_RENT),
        Day("available_on", "可交付时间", synonyms=("交付时间", "可入驻时间")),
        Choice("part", "空置范围", choices={"整间": WHOLE, "部分": PART}),
        Choice("offered", "对外发布", synonyms=("是否发布",), choices={"是": YES, "否": NO}),
    )  # fmt: skip

    def key_of(self, row: Row) -> Any:
        """Two lines of one file are the same when they name the same room."""
        floor = read_floor(str(self.value(row, "floor")))
        return texts.match_key(row.values[0]), floor, self.value(row, "number")

    def plan(self, rows: list[Row], batch: Batch) -> list[RowPlan]:
        """Judge each line: the building, the room, its use on the file's day."""
        known = buildings_by_key([texts.match_key(row.values[0]) for row in rows])
        day = batch.as_of or batch.today
        units = _units(list(known.values()), day)
        facts = unit_facts([each.pk for each in units.values()])
        standing = VacancyOffer.objects.filter(in_force(day), unit__building__in=list(known.values()))
        offers = {each.unit_id: each for each in standing}
        plans = []
        for row in rows:
            building = known.get(texts.match_key(row.values[0]))
            refused = self.refusal_of_place(row, building, batch)
            if refused is not None or building is None:
                plans.append(refused or self.building_unknown(row))
                continue
            unit = units.get((building.pk, read_floor(self.value(row, "floor")) or 0, self.value(row, "number")))
            if unit is None or unit.valid_from > day:
                plans.append(self._judge_new(row, building, unit, batch))
            else:
                plans.append(self._judge_known(row, unit, facts[unit.subject], offers.get(unit.pk), batch))
        return plans

    def _data(self, row: Row, building: Building, unit: Unit | None) -> dict[str, Any]:
        area, rent = int(self.value(row, "area_sqm") * 100), self.value(row, "rent")
        floor = read_floor(self.value(row, "floor")) or 1
        return {
            "building_id": building.pk,
            "unit_id": unit.pk if unit else None,
            "room": RoomLine(floor, self.value(row, "number"), area, line=row.number),
            "rent_fen": None if rent is None else int(rent * 100),
            "available_on": self.value(row, "available_on"),
            "act": None,
        }

    def _judge_new(self, row: Row, building: Building, later: Unit | None, batch: Batch) -> RowPlan:
        """A room that is not there yet; it is released where the line says so, or says its rent or its day."""
        day, data = batch.as_of or batch.today, self._data(row, building, None)
        area, closed = data["room"].area_sqdm, building.closed_on
        if later is not None:
            message = _("这间房自 %(since)s 起在册，截至时间更早，请核对截至时间。")
            return self.reject(row, "number", "room_begins_later", message % {"since": later.valid_from.isoformat()})
        if closed is not None and closed <= day:
            message = _("楼宇自 %(day)s 起退出，不能再登记房间。")
            return self.reject(row, "building", "building_closed", message % {"day": closed.isoformat()})
        if self.value(row, "part") == PART:
            message = _("在册没有这间房，部分空置的请先登记房间和租约。")
            return self.reject(row, "part", "room_unknown", message)
        undivided = self.left_in(building, batch)
        on, left = undivided.least_from(day)
        if area > left:
            return self.no_room_left(row, "area_sqm", on, left)
        undivided.take(day, area)
        says_more = data["rent_fen"] is not None or data["available_on"] is not None
        said = self.value(row, "offered")
        if said == YES or (said is None and says_more):
            data["act"] = RELEASE
        return RowPlan(row, Verdict.NEW, data=data)

    def _judge_known(self, row: Row, unit: Unit, facts: UnitFacts, offer: VacancyOffer | None, batch: Batch) -> RowPlan:
        """A room that is there: released, taken back, or as it stands; a line that says nothing new of it changes nothing."""
        day, data = batch.as_of or batch.today, self._data(row, unit.building, unit)
        area, vacant = data["room"].area_sqdm, facts.vacant_on(day)
        if area != (vacant or unit.area_sqdm):
            return self._other_area(row, unit, vacant)
        if not vacant:
            message = _("这间房当日为“%(use)s”，不是空置房源；已退租的请先登记退租。")
            return self.reject(row, "number", "not_vacant", message % {"use": Use(facts.use_on(day)).label})
        said, terms = self.value(row, "offered"), (data["rent_fen"], data["available_on"])
        known = offer or VacancyOffer(unit=unit)
        is_same = terms in {
            (known.rent_fen, known.available_on),
            (rent_of(unit, known), known.available_on),
        }
        if said == NO:
            data["act"] = WITHDRAW if offer else None
        elif (said == YES and offer is None) or not is_same:
            data["act"] = RELEASE
        if data["act"] is None:
            return RowPlan(row, Verdict.UNCHANGED, data=data)
        problem = problem_of_release(facts, day, data["available_on"]) if data["act"] == RELEASE else ""
        if problem:
            return self.reject(row, "available_on", "let_soon", problem)
        return RowPlan(row, Verdict.CHANGED if offer else Verdict.NEW, data=data)

    def _other_area(self, row: Row, unit: Unit, vacant: int) -> RowPlan:
        if vacant in {0, unit.area_sqdm}:
            return self.other_size(row, "area_sqm", unit.area_sqdm)
        message = _("这间房部分出租，当日空置 %(area)s 平方米，请核对面积。")
        return self.reject(row, "area_sqm", "vacant_part_differs", message % {"area": in_sqm(vacant)})

    def apply(self, plans: list[RowPlan], batch: Batch) -> None:
        """Enter the rooms that are new, and release all of them."""
        day = batch.as_of or batch.today
        for plan in plans:
            if plan.verdict == Verdict.UNCHANGED:
                continue
            with taking(_(PREMISES), row=plan.row.number):
                self._take(plan.data, day, batch)

    def _take(self, data: dict[str, Any], day: date, batch: Batch) -> None:
        if data["unit_id"] is None:
            building = Building.objects.get(pk=data["building_id"])
            (unit,) = enter_rooms(building, [data["room"]], since=day, actor=batch.actor, at=batch.at)
        else:
            unit = Unit.objects.select_related("building").get(pk=data["unit_id"])
        if data["act"] == WITHDRAW:
            withdraw_vacancy(unit, on=day, actor=batch.actor, at=batch.at)
        if data["act"] != RELEASE:
            return
        release_vacancy(
            unit,
            released_on=day,
            rent_fen=data["rent_fen"],
            available_on=data["available_on"],
            actor=batch.actor,
            at=batch.at,
        )


def _units(buildings: list[Building], day: date) -> dict[tuple[int, int, str], Unit]:
    """The rooms of buildings on a day, else the ones that begin next, by building, floor and number."""
    found = Unit.objects.filter(building__in=buildings).exclude(valid_to__lt=day).select_related("building")
    return {(each.building_id, each.floor, each.number): each for each in found.order_by("-valid_from")}
