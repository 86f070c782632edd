"""The table of leases (楼宇租约明细表), one line a lease: what is let from when to when, and what ended before its day.

Occupancy of any day follows from these lines. A room that is not there yet is entered with its first lease where the line
says how large it is. A lease as agreed is never changed: the same room, tenant and first day with other terms is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal as Exact
from typing import Any, ClassVar, Final

from django.utils.translation import gettext as _

from shoushan.apps.premises.chart import TenantFacts
from shoushan.apps.premises.enums.buildings import EndingKind
from shoushan.apps.premises.models import Building, Lease, Unit
from shoushan.apps.premises.models.buildings import in_sqm, read_floor
from shoushan.apps.premises.selectors.facts import tenant_facts
from shoushan.apps.premises.services import LeaseLine, RoomLine, end_lease, enter_leases, enter_rooms
from shoushan.apps.premises.services.leases import problems_of_lease
from shoushan.apps.premises.sheets.ledger import MOST_RENT, MOST_SQM, buildings_by_key
from shoushan.apps.premises.sheets.rooms import PREMISES, RoomSheet
from shoushan.exchange.columns import Area, Choice, Column, Day, Decimal, Text, Uscc
from shoushan.exchange.declarations import Batch, Row, RowPlan, Verdict
from shoushan.lib import texts
from shoushan.lib.marking import noop
from shoushan.lifecycle.since_preview import taking
from shoushan.registry.models import Enterprise
from shoushan.registry.selectors import match_enterprises

HERE, ELSEWHERE = "HERE", "ELSEWHERE"
REGISTRATION: Final = {"是": HERE, "区内": HERE, "否": ELSEWHERE, "区外": ELSEWHERE}
"""Where a tenant is registered, as tables write it."""
PLACES: Final = {True: HERE, False: ELSEWHERE, None: None}
"""What is known of it; an empty cell where nothing is."""
COLUMNS_OF: Final = {
    "area_sqdm": "area_sqm",
    "since": "since",
    "until": "until",
    "ended_on": "last_on",
    "end_reason": "reason",
}
"""By which column a finding of the services is mended."""
Place = tuple[int, int, str]
"""A room by the key of its building, its floor and its number."""
Places = tuple[bool | None, bool | None]


@dataclass(slots=True)
class Known:
    """What a file's lines are compared with."""

    buildings: dict[str, Building]
    units: dict[Place, list[Unit]]
    leases: dict[int, list[Lease]]
    """By room."""
    tenants: dict[int, Enterprise]
    places: dict[int, Places]
    """Whether tenants are registered and pay their tax in the district today; None where nothing says so."""

    def unit_on(self, place: Place, day: date) -> Unit | None:
        """The room of a place on a day; the newest where there was none."""
        found = self.units.get(place, [])
        held = [each for each in found if each.valid_from <= day and (each.valid_to is None or day <= each.valid_to)]
        return (held or found)[-1] if found else None


@dataclass(frozen=True, slots=True)
class Terms:
    """A line that can be recorded: the room or what is to be entered of it, the lease or the one that is there, its ending."""

    place: Place
    room: RoomLine
    room_since: date
    line: LeaseLine
    unit_id: int | None
    lease_id: int | None


class LeaseSheet(RoomSheet):
    """Leases that the file does not name stay as they are."""

    code: ClassVar[str] = "premises.leases"
    title: ClassVar[str] = noop("楼宇租约明细表")
    permission: ClassVar[str] = "premises.import_ledger"
    export_permission: ClassVar[str] = "premises.export_ledger"
    file_hint: ClassVar[str] = "楼宇租约明细表(3.23).xlsx"
    columns: ClassVar[tuple[Column, ...]] = (
        Text("building", "楼宇", required=True, synonyms=("楼宇名称", "载体名称"), is_ditto_allowed=True, max_length=80, width=28),
        Area("area", "街道", synonyms=("所属街道", "属地"), is_ditto_allowed=True),
        Text("floor", "楼层", required=True, synonyms=("层", "所在楼层"), is_ditto_allowed=True, max_length=10, width=8),
        Text("number", "房号", required=True, synonyms=("房间号", "单元号", "室号"), max_length=20),
        Decimal("room_sqm", "房间面积", unit="平方米", least=Exact("0.01"), most=MOST_SQM),
        Text("tenant", "承租企业", required=True, synonyms=("租户", "承租方", "企业名称", "入驻企业"), max_length=120, width=28),
        Uscc("uscc", "统一社会信用代码", synonyms=("信用代码",)),
        Day("since", "起租日期", required=True, synonyms=("起租时间", "租期起", "租赁起始日")),
        Day("until", "约定到期日", synonyms=("到期日期", "租期止", "租赁到期日")),
        Decimal("area_sqm", "承租面积", unit="平方米", least=Exact("0.01"), most=MOST_SQM, synonyms=("租赁面积", "已租面积"), control_total=True),
        Decimal("rent", "租金", unit="元/平方米·天", least=Exact(0), most=MOST_RENT),
        Text("document", "合同编号", synonyms=("租赁合同编号", "合同号"), max_length=60),
        Choice("here", "注册地在区内", synonyms=("是否区内注册", "属地注册"), choices=REGISTRATION),
        Choice("taxed", "在区内纳税", synonyms=("纳税地在区内", "属地纳税"), choices=REGISTRATION),
        Day("last_on", "退租日期", synonyms=("实际最后一日", "退租时间")),
        Text("reason", "退租原因", max_length=200),
    )  # fmt: skip

    def key_of(self, row: Row) -> Any:
        """Two lines of one file are the same when they let the same room from the same day."""
        floor = read_floor(str(self.value(row, "floor")))
        return texts.match_key(row.values[0]), floor, self.value(row, "number"), self.value(row, "since")

    def plan(self, rows: list[Row], batch: Batch) -> list[RowPlan]:
        """Judge each line: building, room, tenant, then the lease beside those that are known and those above it."""
        names = [texts.match_key(self.value(row, "tenant")) for row in rows]
        matches = match_enterprises(usccs=[self.value(row, "uscc") for row in rows], name_keys=names)
        tenants = [match.enterprise.id if match.enterprise else None for match in matches]
        known = self._known(rows, [each for each in tenants if each], batch.today)
        # By day: a lease that ends is judged before its successor, and a room is there from its first lease on.
        by_day = sorted(zip(rows, tenants, strict=True), key=lambda pair: self.value(pair[0], "since"))
        plans = {row.number: self._judge(row, known, tenant, batch) for row, tenant in by_day}
        return [plans[row.number] for row in rows]

    def _known(self, rows: list[Row], tenants: list[int], today: date) -> Known:
        buildings = buildings_by_key([texts.match_key(row.values[0]) for row in rows])
        units: dict[Place, list[Unit]] = {}
        found = Unit.objects.filter(building__in=list(buildings.values())).select_related("building")
        for unit in found.order_by("valid_from", "pk"):
            units.setdefault((unit.building_id, unit.floor, unit.number), []).append(unit)
        leases: dict[int, list[Lease]] = {}
        let = Lease.objects.filter(unit__building__in=list(buildings.values())).select_related("tenant")
        for lease in let.order_by("since", "pk"):
            leases.setdefault(lease.unit_id, []).append(lease)
        firms = Enterprise.objects.in_bulk(tenants)
        facts = tenant_facts(tenants)
        known = {pk: facts[firm.subject] for pk, firm in firms.items()}
        places = {pk: (own.registered_on(today), own.taxed_on(today)) for pk, own in known.items()}
        return Known(buildings, units, leases, firms, places)

    def _judge(self, row: Row, known: Known, tenant_id: int | None, batch: Batch) -> RowPlan:
        building = known.buildings.get(texts.match_key(row.values[0]))
        refused = self.refusal_of_place(row, building, batch) or self._refusal_of_tenant(row, tenant_id)
        if refused is not None or building is None or tenant_id is None:
            return refused or self.building_unknown(row)
        place = (building.pk, read_floor(self.value(row, "floor")) or 0, self.value(row, "number"))
        line = self._line(row, known.tenants[tenant_id], batch)
        unit = known.unit_on(place, line.since)
        others = known.leases.get(unit.pk, []) if unit else []
        same = [each for each in others if (each.tenant_id, each.since) == (tenant_id, line.since)]
        there = next((each for each in same if not each.was_cancelled), None)
        terms = Terms(
            place,
            RoomLine(place[1], place[2], int((self.value(row, "room_sqm") or 0) * 100), line=row.number),
            batch.memory.setdefault("rooms", {}).get(place, (None, line.since))[1],
            line,
            unit.pk if unit else None,
            there.pk if there else None,
        )
        if unit is not None and terms.room.area_sqdm not in {0, unit.area_sqdm}:
            return self.other_size(row, "room_sqm", unit.area_sqdm)
        if there is not None:
            return self._judge_known(row, there, terms, places=known.places[tenant_id])
        return self._judge_new(row, building, unit, others, terms, batch)

    def _refusal_of_tenant(self, row: Row, tenant_id: int | None) -> RowPlan | None:
        if tenant_id is not None:
            return None
        message = _("承租企业不在企业名录中，请核对全称和统一社会信用代码；新企业请先由主管部门登记。")
        return self.reject(row, "tenant", "tenant_unknown", message)

    def _line(self, row: Row, tenant: Enterprise, batch: Batch) -> LeaseLine:
        area, rent = self.value(row, "area_sqm"), self.value(row, "rent")
        here, taxed = self.value(row, "here"), self.value(row, "taxed")
        return LeaseLine(
            tenant,
            self.value(row, "since"),
            self.value(row, "until"),
            None if area is None else int(area * 100),
            None if rent is None else int(rent * 100),
            self.value(row, "document") or "",
            None if here is None else here == HERE,
            None if taxed is None else taxed == HERE,
            batch.upload_id,
            self.value(row, "last_on"),
            self.value(row, "reason") or "",
        )

    # ---- a lease that is known ---------------------------------------------------------------------------
    def _judge_known(self, row: Row, there: Lease, terms: Terms, *, places: Places) -> RowPlan:
        """The same again, or its ending; other terms are another lease."""
        line = terms.line
        said: dict[str, tuple[Any, Any]] = {
            "area_sqm": (line.area_sqdm, there.area_sqdm),
            "rent": (line.rent_fen, there.rent_fen),
            "document": (line.document or None, there.document),
            "until": (line.until, there.until),
        }
        for column, (new, old) in said.items():
            if new is not None and new != old:
                message = _("这份租约已登记，这一项与登记的不同。租约变更请先写明退租日期，再另起一行登记新的租约。")
                return self.reject(row, column, "lease_differs", message)
        odd = []
        said_places = (line.is_registered_here, line.is_taxed_here)
        for column, new_place, old_place in zip(("here", "taxed"), said_places, places, strict=True):
            if new_place is not None and new_place != old_place:
                message = _("与登记的不同，这一项没有录入；注册地和纳税地请在楼宇页面的租约上登记或变更。")
                odd.append(self.problem(row, column, f"{column}_differs", message, level="warning"))
        if terms.line.ended_on is None or terms.line.ended_on == there.last_on:
            return RowPlan(row, Verdict.UNCHANGED, odd, terms)
        refused = self._refusal_of_ending(row, terms, there.last_on)
        if refused is not None:
            return refused
        there.last_on = (
            terms.line.ended_on
        )  # as it will be: another line of the file may let the room from the next day on
        return RowPlan(row, Verdict.CHANGED, odd, terms)

    def _refusal_of_ending(self, row: Row, terms: Terms, until: date | None) -> RowPlan | None:
        if terms.line.ended_on is None:
            return None
        if terms.line.ended_on < terms.line.since or (until is not None and terms.line.ended_on > until):
            words = {"first": terms.line.since.isoformat(), "last": until.isoformat() if until else _("今")}
            message = _("退租日期应在 %(first)s 至 %(last)s 之间，请核对。") % words
            return self.reject(row, "last_on", "ending_wrong", message)
        if not terms.line.end_reason.strip():
            return self.reject(row, "reason", "reason_missing", _("请写明退租的原因。"))
        return None

    # ---- a lease that is new -----------------------------------------------------------------------------
    def _judge_new(
        self, row: Row, building: Building, unit: Unit | None, others: list[Lease], terms: Terms, batch: Batch
    ) -> RowPlan:
        """Can the room be let so, beside what is known and what the lines above let?"""
        refused = self._refusal_of_ending(row, terms, terms.line.until)
        if refused is None and unit is None:
            refused = self._refusal_of_new_room(row, building, terms, batch)
        if refused is None:
            room = unit or Unit(building=building, area_sqdm=terms.room.area_sqdm, valid_from=terms.room_since)
            problems = problems_of_lease(room, terms.line, today=batch.today, others=others)
            for name, sentence in problems.items():
                refused = self.reject(row, COLUMNS_OF[name], f"{COLUMNS_OF[name]}_wrong", sentence)
        refused = refused or self._refusal_of_neighbours(row, terms, batch)
        if refused is None and unit is None and terms.place not in batch.memory["rooms"]:
            batch.memory["rooms"][terms.place] = (terms.room, terms.room_since)
            self.left_in(building, batch).take(terms.room_since, terms.room.area_sqdm)
        return refused or RowPlan(row, Verdict.NEW, data=terms)

    def _refusal_of_new_room(self, row: Row, building: Building, terms: Terms, batch: Batch) -> RowPlan | None:
        """A room that is not there comes with its first line; `left` is what its building can still let."""
        said, today = terms.room.area_sqdm, batch.today
        if not said:
            message = _("在册没有这间房，请填写房间面积由本表登记，或先在楼宇页面登记房间。")
            return self.reject(row, "room_sqm", "room_unknown", message)
        before = batch.memory["rooms"].get(terms.place)
        if before is not None:
            return self._refusal_beside_its_room(row, terms, *before)
        begun = building.spaces.order_by("since").values_list("since", flat=True).first()
        if begun is None or terms.room_since < begun or terms.room_since > today:
            words = {"first": begun.isoformat() if begun else "—", "last": today.isoformat()}
            message = _(
                "楼宇面积自 %(first)s 起登记，新房间的起租日期应在这一天至 %(last)s 之间；请先登记房间或楼宇面积。"
            )
            return self.reject(row, "since", "room_before_its_building", message % words)
        day, left = self.left_in(building, batch).least_from(terms.room_since)
        return self.no_room_left(row, "room_sqm", day, left) if said > left else None

    def _refusal_beside_its_room(self, row: Row, terms: Terms, room: RoomLine, since: date) -> RowPlan | None:
        """A line above it enters the room otherwise."""
        words: dict[str, Any] = {"row": room.line, "area": in_sqm(room.area_sqdm), "since": since.isoformat()}
        if room.area_sqdm != terms.room.area_sqdm:
            message = _("本文件第 %(row)d 行写这间房 %(area)s 平方米，请核对。")
            return self.reject(row, "room_sqm", "area_of_room_differs", message % words)
        if terms.line.since < since:  # the lines are judged by day, a part of a long file after the other
            message = _("本文件第 %(row)d 行把这间房登记在 %(since)s，这一行更早，请把同一间房的租约排在一起。")
            return self.reject(row, "since", "room_out_of_order", message % words)
        return None

    def _refusal_of_neighbours(self, row: Row, terms: Terms, batch: Batch) -> RowPlan | None:
        """A line above it lets the same room on one of its days."""
        taken: list[tuple[int, date, date]] = batch.memory.setdefault("taken", {}).setdefault(terms.place, [])
        last = terms.line.last_on or date.max
        for number, first_on, last_on in taken:
            if terms.line.since <= last_on and first_on <= last:
                message = _("本文件第 %(row)d 行在同一时间把这间房租给了一家，一天只能租给一家，请核对租期。")
                return self.reject(row, "since", "let_twice", message % {"row": number})
        taken.append((row.number, terms.line.since, last))
        return None

    # ---- writing -----------------------------------------------------------------------------------------
    def apply(self, plans: list[RowPlan], batch: Batch) -> None:
        """Enter the rooms that are new, let them, and end what ended; all or none."""
        with taking(_(PREMISES)):
            for plan in plans:
                if plan.verdict == Verdict.CHANGED:
                    self._end(Lease.objects.get(pk=plan.data.lease_id), plan.data.line, batch)
            self._take([plan.data for plan in plans if plan.verdict == Verdict.NEW], batch)

    def _take(self, going: list[Terms], batch: Batch) -> None:
        made = self._rooms([each for each in going if each.unit_id is None], batch)
        there = Unit.objects.select_related("building").in_bulk([each.unit_id for each in going if each.unit_id])
        lines = [(there[each.unit_id] if each.unit_id else made[each.place], each.line) for each in going]
        enter_leases(lines, actor=batch.actor, at=batch.at)

    def _rooms(self, going: list[Terms], batch: Batch) -> dict[Place, Unit]:
        """The rooms that come with their leases, by where they are."""
        wanted = {each.place: each for each in reversed(going)}
        made: dict[Place, Unit] = {}
        for building_id, since in sorted({(place[0], each.room_since) for place, each in wanted.items()}):
            own = [each.room for place, each in wanted.items() if (place[0], each.room_since) == (building_id, since)]
            building = Building.objects.get(pk=building_id)
            for unit in enter_rooms(building, own, since=since, actor=batch.actor, at=batch.at):
                made[building_id, unit.floor, unit.number] = unit
        return made

    def _end(self, lease: Lease, line: LeaseLine, batch: Batch) -> None:
        end_lease(
            lease,
            kind=EndingKind.EARLY,
            last_on=line.ended_on,
            reason=line.end_reason,
            actor=batch.actor,
            at=batch.at,
        )


def lease_records(leases: Iterable[Lease], *, on: date) -> list[dict[str, Any]]:
    """Leases as the columns name the values, with where the tenant is registered on a day and how the lease ended."""
    shown = list(leases)
    facts = tenant_facts({each.tenant_id for each in shown})
    return [_record(each, facts[each.tenant.subject], on) for each in shown]


def _record(lease: Lease, facts: TenantFacts, on: date) -> dict[str, Any]:
    ending = max(lease.endings.all(), key=lambda each: each.revision, default=None)
    unit, tenant = lease.unit, lease.tenant
    return {
        "building": unit.building.name,
        "area": unit.building.area_code,
        "floor": unit.floor_label,
        "number": unit.number,
        "room_sqm": unit.area_sqm,
        "tenant": tenant.name,
        "uscc": tenant.uscc,
        "since": lease.since,
        "until": lease.until,
        "area_sqm": lease.area_sqm,
        "rent": None if lease.rent_fen is None else in_sqm(lease.rent_fen),
        "document": lease.document or None,
        "here": PLACES[facts.registered_on(on)],
        "taxed": PLACES[facts.taxed_on(on)],
        "last_on": ending.last_on if ending else None,
        "reason": ending.reason if ending else None,
    }
