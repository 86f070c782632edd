"""The table of vacant rooms (空置房源表, handbook E4), one line a room: rooms that are not there yet are entered, and released."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as Exact
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from shoushan.apps.premises.enums.buildings import Use
from shoushan.apps.premises.models import Building, Unit, VacancyOffer
from shoushan.apps.premises.models.buildings import read_floor
from shoushan.apps.premises.selectors.facts import unit_facts
from shoushan.apps.premises.services import RoomLine, enter_rooms, release_vacancy
from shoushan.apps.premises.sheets.ledger import MOST_RENT, MOST_SQM, buildings_by_key
from shoushan.apps.premises.sheets.rooms import RoomSheet, changed_since_preview
from shoushan.exchange.columns import Area, Column, Day, Decimal, Text
from shoushan.exchange.declarations import Batch, Row, RowPlan, Verdict
from shoushan.lib import texts
from shoushan.lib.marking import noop
from shoushan.lifecycle.errors import LifecycleError


class VacancySheet(RoomSheet):
    """What a line says is released to investors from the file's day on; rooms not in the file stay as they are."""

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
        offers = {
            each.unit_id: each
            for each in VacancyOffer.objects.filter(unit__in=list(units.values()), withdrawn_on__isnull=True)
        }
        plans = []
        for row in rows:
            building = known.get(texts.match_key(row.values[0]))
            refused = self.refusal_of_place(row, building, batch)
            if refused is not None or building is None:
                plans.append(refused or self.building_unknown(row))
                continue
            floor = read_floor(self.value(row, "floor"))
            unit = units.get((building.pk, floor or 0, self.value(row, "number")))
            use = facts[unit.subject].use_on(day) if unit else Use.VACANT.value
            plans.append(self._judge(row, building, unit, use, offers.get(unit.pk) if unit else None, batch))
        return plans

    def _judge(
        self,
        row: Row,
        building: Building,
        unit: Unit | None,
        use: str,
        offer: VacancyOffer | None,
        batch: Batch,
    ) -> RowPlan:
        area, rent = int(self.value(row, "area_sqm") * 100), self.value(row, "rent")
        rent_fen, available = None if rent is None else int(rent * 100), self.value(row, "available_on")
        if unit is None:
            since, undivided = batch.as_of or batch.today, self.left_in(building, batch)
            on, left = undivided.least_from(since)
            if area > left:
                return self.no_room_left(row, "area_sqm", on, left)
            undivided.take(since, area)
        elif unit.area_sqdm != area:
            return self.other_size(row, "area_sqm", unit.area_sqdm)
        elif use != Use.VACANT:
            message = _("这间房当日为“%(use)s”，不是空置房源；已退租的请先登记退租。")
            return self.reject(row, "number", "not_vacant", message % {"use": Use(use).label})
        data = {
            "building_id": building.pk,
            "unit_id": unit.pk if unit else None,
            "room": RoomLine(
                read_floor(self.value(row, "floor")) or 1, self.value(row, "number"), area, line=row.number
            ),
            "rent_fen": rent_fen,
            "available_on": available,
        }
        if unit is None or offer is None:
            return RowPlan(row, Verdict.NEW, data=data)
        is_same = (offer.rent_fen, offer.available_on) == (rent_fen, available) or (
            offer.rent_fen is None and (building.rent_fen, offer.available_on) == (rent_fen, available)
        )
        return RowPlan(row, Verdict.UNCHANGED if is_same else Verdict.CHANGED, data=data)

    def apply(self, plans: list[RowPlan], batch: Batch) -> None:
        """Enter the rooms that are new, and release all of them."""
        day = batch.as_of or batch.today
        for plan in plans:
            if plan.verdict == Verdict.UNCHANGED:
                continue
            try:
                self._take(plan.data, day, batch)
            except LifecycleError as error:  # somebody let it since the preview
                words = {"row": plan.row.number, "sentence": error.sentence}
                raise changed_since_preview(_("第 %(row)d 行：%(sentence)s") % words) from error

    def _take(self, data: dict[str, Any], day: date, batch: Batch) -> None:
        if data["unit_id"] is None:
            building = Building.objects.get(pk=data["building_id"])
            (unit,) = enter_rooms(building, [data["room"]], since=day, actor=batch.actor, at=batch.at)
        else:
            unit = Unit.objects.select_related("building").get(pk=data["unit_id"])
        release_vacancy(
            unit,
            released_on=day,
            rent_fen=data["rent_fen"],
            available_on=data["available_on"],
            actor=batch.actor,
            at=batch.at,
        )


def _units(buildings: list[Building], day: date) -> dict[tuple[int, int, str], Unit]:
    """The rooms of buildings on a day, by building, floor and number."""
    found = Unit.objects.filter(building__in=buildings, valid_from__lte=day).exclude(valid_to__lt=day)
    return {(each.building_id, each.floor, each.number): each for each in found.select_related("building")}
