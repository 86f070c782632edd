"""The ledger of buildings (楼宇台账, handbook E4), one line a building, as of the file's day.

What is let, vacant and rented by whom is counted from leases: it is written, and compared with what a file says, never
read back. The year's tax is taken where the file names its year and scope.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal as Exact
from typing import Any, ClassVar, Final

from django.utils.translation import gettext as _

from shoushan.apps.premises.enums.buildings import BuildingKind, TaxScope
from shoushan.apps.premises.models import Building, BuildingTax
from shoushan.apps.premises.models.buildings import MOST_FLOORS, MOST_FLOORS_BELOW, in_sqm
from shoushan.apps.premises.selectors.buildings import Standing, standings
from shoushan.apps.premises.services import BuildingLine, change_space, enter_building, enter_tax, update_building
from shoushan.apps.premises.services.buildings import MOST_FEE_FEN, problems_of_floors, problems_of_space
from shoushan.apps.premises.services.records import TAX, problems_of_tax
from shoushan.apps.premises.sheets.rooms import PREMISES
from shoushan.directory.access import has_permission
from shoushan.exchange.columns import Area, Choice, Column, Day, Decimal, Money, Text, Whole
from shoushan.exchange.declarations import Batch, Problem, Row, RowPlan, Sheet, Verdict
from shoushan.lib import rows as rows_of
from shoushan.lib import texts
from shoushan.lib.languages import official
from shoushan.lib.marking import noop
from shoushan.lifecycle.since_preview import taking
from shoushan.registry.selectors import match_enterprises

KINDS: Final = {
    "写字楼": BuildingKind.OFFICE.value,
    "办公楼": BuildingKind.OFFICE.value,
    "商业综合体": BuildingKind.COMPLEX.value,
    "综合体": BuildingKind.COMPLEX.value,
    "园区": BuildingKind.PARK.value,
    "产业园": BuildingKind.PARK.value,
    "厂房": BuildingKind.FACTORY.value,
    "酒店": BuildingKind.HOTEL.value,
    "土地": BuildingKind.LAND.value,
}
SCOPES: Final = {
    "全口径": TaxScope.TOTAL.value,
    "全口径税收": TaxScope.TOTAL.value,
    "区级留成": TaxScope.LOCAL.value,
    "区级": TaxScope.LOCAL.value,
}
MOST_SQM: Final = Exact(5_000_000)
MOST_RENT: Final = Exact(1000)


class BuildingSheet(Sheet):
    """A line sent again with another area states it from the file's day on; what is not in the file stays as it is."""

    code: ClassVar[str] = "premises.ledger"
    title: ClassVar[str] = noop("楼宇台账")
    permission: ClassVar[str] = "premises.import_ledger"
    export_permission: ClassVar[str] = "premises.export_ledger"
    file_hint: ClassVar[str] = "楼宇台账(3.23).xlsx"
    needs_as_of: ClassVar[bool] = True
    columns: ClassVar[tuple[Column, ...]] = (
        Text("name", "楼宇", required=True, synonyms=("楼宇名称", "载体名称", "楼宇(载体)名称"), max_length=80, width=28),
        Area("area", "街道", required=True, synonyms=("所属街道", "属地", "属地街道")),
        Decimal("total", "总面积", required=True, unit="平方米", least=Exact(0), most=MOST_SQM, synonyms=("建筑面积", "总建筑面积"), control_total=True),
        Decimal("lettable", "可租", required=True, unit="平方米", least=Exact(0), most=MOST_SQM, synonyms=("可租面积", "可出租面积", "可招商面积"), control_total=True),
        Decimal("let", "已租", unit="平方米", least=Exact(0), most=MOST_SQM, synonyms=("已租面积", "出租面积"), control_total=True),
        Decimal("vacant", "空置", unit="平方米", least=Exact(0), most=MOST_SQM, synonyms=("空置面积", "闲置面积"), control_total=True),
        Whole("tenants", "入驻企业数", unit="家", synonyms=("入驻企业", "企业数"), control_total=True),
        Whole("here", "注册地在区内企业数", unit="家", synonyms=("属地注册企业数", "区内注册企业数"), control_total=True),
        Money("tax_fen", "税收", unit="万元", synonyms=("年税收", "纳税额"), control_total=True),
        Text("theme", "主导产业", synonyms=("产业定位", "主导业态"), max_length=60),
        Decimal("rent", "租金", unit="元/平方米·天", least=Exact(0), most=MOST_RENT, synonyms=("平均租金", "租金水平")),
        Text("contact", "联系人", synonyms=("联系岗位", "联络人"), max_length=40),
        Choice("kind", "载体类别", synonyms=("类别", "楼宇类型"), choices=KINDS),
        Text("address", "地址", synonyms=("楼宇地址", "坐落"), max_length=200, width=24),
        Text("owner", "产权单位", max_length=120, width=24),
        Text("operator", "运营单位", synonyms=("运营方", "物业公司"), max_length=120, width=24),
        Day("completed_on", "竣工时间", synonyms=("竣工日期", "投用时间")),
        Whole("tax_year", "税收年度", least=2000, most=2100, synonyms=("年度",)),
        Choice("scope", "税收口径", choices=SCOPES),
        Whole("floors_above", "地上层数", unit="层", most=MOST_FLOORS, synonyms=("地上楼层数", "地上楼层")),
        Whole("floors_below", "地下层数", unit="层", most=MOST_FLOORS_BELOW, synonyms=("地下楼层数", "地下楼层")),
        Decimal("property_fee", "物业费", unit="元/平方米·月", least=Exact(0), most=Exact(MOST_FEE_FEN).scaleb(-2), synonyms=("物业管理费", "物业服务费")),
        Text("hours", "开放时间", synonyms=("运营时间", "营业时间"), max_length=60),
    )  # fmt: skip

    def key_of(self, row: Row) -> Any:
        """Two lines of one file are the same when they have the same name."""
        return texts.match_key(row.values[0])

    def plan(self, rows: list[Row], batch: Batch) -> list[RowPlan]:
        """Judge each line: the areas, what is known of the building, what its leases say."""
        keys = [texts.match_key(row.values[0]) for row in rows]
        known = buildings_by_key(keys)
        day = self._day(batch)
        batch.memory.setdefault("standings", standings(as_of=day, areas=()))
        batch.memory["taxes"] = _taxes([each.pk for each in known.values()])
        names = [self.value(row, name) or "" for row in rows for name in ("owner", "operator")]
        matches = match_enterprises(usccs=[None] * len(names), name_keys=[texts.match_key(each) for each in names])
        firms = [match.enterprise.id if match.enterprise else None for match in matches]
        return [
            self._judge(row, known.get(key), batch, (firms[2 * place], firms[2 * place + 1]))
            for place, (row, key) in enumerate(zip(rows, keys, strict=True))
        ]

    def _day(self, batch: Batch) -> date:
        return batch.as_of or batch.today

    def _judge(self, row: Row, found: Building | None, batch: Batch, firms: tuple[int | None, int | None]) -> RowPlan:
        day, area = self._day(batch), self.value(row, "area")
        if not batch.may_write(found.area_code if found else area) or not batch.may_write(area):
            return self.reject(row, "area", "outside_scope", _("不在您负责的辖区内，请由该街道或主管部门报送。"))
        if found is not None and found.area_code != area[:9]:
            message = _("在册属地与这一行不同，请核对；属地变更请在楼宇页面办理。")
            return self.reject(row, "area", "area_differs", message)
        refused = (
            self._refusal_of_areas(row, found, day)
            or self._refusal_of_floors(row, found, batch)
            or self._refusal_of_tax(row, found, batch)
        )
        if refused is not None:
            return refused
        values = self._values(row, found, firms)
        before = found.spaces.filter(since__lte=day).order_by("since", "revision").last() if found else None
        areas = (_sqdm(self.value(row, "total")), _sqdm(self.value(row, "lettable")))
        tax = self._news_of_tax(row, found, batch)
        data = {"id": found.pk if found else None, "values": values, "areas": areas, "tax": tax}
        if found is None:
            return RowPlan(row, Verdict.NEW, self._warnings(row, Standing(), values), data)
        is_same = (
            all(getattr(found, name) == value for name, value in values.items())
            and before is not None
            and (before.total_sqdm, before.lettable_sqdm) == areas
            and tax is None
        )
        standing = batch.memory["standings"].get(found.category, Standing())
        verdict = Verdict.UNCHANGED if is_same else Verdict.CHANGED
        return RowPlan(row, verdict, self._warnings(row, standing, values), data)

    def _refusal_of_areas(self, row: Row, found: Building | None, day: date) -> RowPlan | None:
        total, lettable = _sqdm(self.value(row, "total")), _sqdm(self.value(row, "lettable"))
        let, vacant = self.value(row, "let"), self.value(row, "vacant")
        if (let or 0) + (vacant or 0) > Exact(lettable).scaleb(-2):
            message = _("已租与空置之和大于可租面积，请核对三个数和单位。")
            return self.reject(row, "let" if let else "vacant", "let_beyond_lettable", message)
        columns = {"total_sqdm": "total", "lettable_sqdm": "lettable"}
        for name, sentence in problems_of_space(total, lettable, building=found, since=day).items():
            return self.reject(row, columns[name], f"{columns[name]}_wrong", sentence)
        here, tenants = self.value(row, "here"), self.value(row, "tenants")
        if here is not None and tenants is not None and here > tenants:
            message = _("注册地在区内的企业多于入驻企业，请核对两个数。")
            return self.reject(row, "here", "more_registered_than_there", message)
        completed = self.value(row, "completed_on")
        if completed is not None and completed > day:
            message = _("竣工时间晚于截至时间，还没有竣工的请在竣工以后列入。")
            return self.reject(row, "completed_on", "not_completed", message)
        return None

    def _refusal_of_floors(self, row: Row, found: Building | None, batch: Batch) -> RowPlan | None:
        stated = {name: self.value(row, name) for name in ("floors_above", "floors_below")}
        if found is None or not any(value is not None for value in stated.values()):
            return None
        for name, sentence in problems_of_floors(stated, today=batch.today, own=found).items():
            return self.reject(row, name, f"{name}_wrong", sentence)
        return None

    def _news_of_tax(self, row: Row, found: Building | None, batch: Batch) -> tuple[int, str, int] | None:
        """The tax that the line says, where it is not what is registered already."""
        tax = self._tax(row)
        if tax is None or found is None or batch.memory["taxes"].get((found.pk, *tax[:2])) != tax[2]:
            return tax
        return None

    def _refusal_of_tax(self, row: Row, found: Building | None, batch: Batch) -> RowPlan | None:
        tax = self._news_of_tax(row, found, batch)
        if tax is None:
            return None
        area = found.area_code if found else self.value(row, "area")[:9]
        if batch.actor is not None and not has_permission(batch.actor, TAX, on=batch.today, area=area):
            message = _("税收由有“录入楼宇税收”权限的单位报送，请删去税收一列，或请该单位报送。")
            return self.reject(row, "tax_fen", "not_the_office", message)
        year, scope, amount = tax
        columns = {"year": "tax_year", "scope": "scope", "amount_fen": "tax_fen"}
        today = batch.today
        for name, sentence in problems_of_tax(year=year, scope=scope, amount_fen=amount, today=today).items():
            return self.reject(row, columns[name], f"{name}_wrong", sentence)
        return None

    def _tax(self, row: Row) -> tuple[int, str, int] | None:
        """Year, scope and amount, where the line says all of them."""
        said = (self.value(row, "tax_year"), self.value(row, "scope"), self.value(row, "tax_fen"))
        return None if None in said else said

    def _values(self, row: Row, found: Building | None, firms: tuple[int | None, int | None]) -> dict[str, Any]:
        """What the line says of the building; an empty cell leaves what is known."""
        rent, fee = self.value(row, "rent"), self.value(row, "property_fee")
        said = {
            "name": found.name if found else self.value(row, "name"),
            "area_code": found.area_code if found else self.value(row, "area")[:9],
            "kind": self.value(row, "kind"),
            "address": self.value(row, "address"),
            "owner_name": self.value(row, "owner"),
            "operator_name": self.value(row, "operator"),
            "theme": self.value(row, "theme"),
            "rent_fen": None if rent is None else int(rent * 100),
            "property_fee_fen": None if fee is None else int(fee * 100),
            "floors_above": self.value(row, "floors_above"),
            "floors_below": self.value(row, "floors_below"),
            "hours": self.value(row, "hours"),
            "contact_role": self.value(row, "contact"),
            "completed_on": self.value(row, "completed_on"),
        }
        values = {name: value for name, value in said.items() if value is not None}
        if "owner_name" in values:
            values["owner_id"] = firms[0]
        if "operator_name" in values:
            values["operator_id"] = firms[1]
        return values

    def _warnings(self, row: Row, standing: Standing, values: dict[str, Any]) -> list[Problem]:
        """Odd but possible: taken as it stands, and said."""
        problems: list[Problem] = []
        counted = {
            "let": standing.let_sqm,
            "vacant": standing.vacant_sqm,
            "tenants": standing.tenants,
            "here": standing.registered_here,
        }
        for name, amount in counted.items():
            said = self.value(row, name)
            if said is not None and said != amount:
                message = _(
                    "按房间和租约计算为 %(amount)s，这一列由系统计算，所填的数没有录入；请核对租约是否登记齐全。"
                )
                problems.append(
                    self.problem(row, name, "differs_from_leases", message % {"amount": amount}, level="warning")
                )
        if self.value(row, "tax_fen") is not None and self._tax(row) is None:
            message = _("税收没有写明税收年度和税收口径，这一项没有录入。")
            problems.append(self.problem(row, "tax_fen", "tax_without_scope", message, level="warning"))
        for column, name in (("owner", "owner_id"), ("operator", "operator_id")):
            if self.value(row, column) and values.get(name) is None:
                message = _("单位不在企业名录中，已照录名称，请核对是否为登记的全称。")
                problems.append(self.problem(row, column, f"{column}_not_registered", message, level="warning"))
        return problems

    def apply(self, plans: list[RowPlan], batch: Batch) -> None:
        """Enter and move on what is new or changed."""
        with official():  # kept with the record, and a document's words
            reason = _("按《%(file)s》更新") % {"file": batch.file_name}
        for plan in plans:
            if plan.verdict == Verdict.UNCHANGED:
                continue
            with taking(_(PREMISES), row=plan.row.number):
                self._take(plan.data, batch, reason[:200])

    def _take(self, data: dict[str, Any], batch: Batch, reason: str) -> None:
        day, (total, lettable) = self._day(batch), data["areas"]
        if data["id"] is None:
            line = BuildingLine(data["values"], day, total, lettable)
            building = enter_building(line, actor=batch.actor, at=batch.at)
        else:
            building = Building.objects.get(pk=data["id"])
            update_building(building, data["values"], actor=batch.actor, at=batch.at)
            change_space(
                building,
                since=day,
                total_sqdm=total,
                lettable_sqdm=lettable,
                reason=reason,
                actor=batch.actor,
                at=batch.at,
            )
        if data["tax"] is not None:
            year, scope, amount = data["tax"]
            enter_tax(
                building, year=year, scope=scope, amount_fen=amount, reason=reason, actor=batch.actor, at=batch.at
            )


def _sqdm(area: Exact) -> int:
    return int(area * 100)


def buildings_by_key(keys: list[str]) -> dict[str, Building]:
    """Buildings by the key of their name."""
    found: dict[str, Building] = {}
    for part in rows_of.chunks(sorted({*keys} - {""}), 400):
        found |= {each.name_key: each for each in Building.objects.filter(name_key__in=part)}
    return found


def _taxes(ids: list[int]) -> dict[tuple[int, int, str], int]:
    """The newest amount by building, year and scope."""
    found = BuildingTax.objects.filter(building__in=ids).order_by("revision")
    return {(each.building_id, each.year, each.scope): each.amount_fen for each in found}


def record_of(building: Building, standing: Standing, tax: tuple[int, str] | None = None) -> dict[str, Any]:
    """A building as the columns of the ledger name the values; `tax` is the year and scope of the tax shown."""
    scope = tax[1] if tax else "TOTAL"
    amount = standing.tax_fen(scope)
    return {
        "name": building.name,
        "area": building.area_code,
        "total": standing.total_sqm,
        "lettable": standing.lettable_sqm,
        "let": standing.let_sqm,
        "vacant": standing.vacant_sqm,
        "tenants": standing.tenants,
        "here": standing.registered_here,
        "tax_fen": amount,
        "theme": building.theme or None,
        "rent": None if building.rent_fen is None else in_sqm(building.rent_fen),
        "contact": building.contact_role or None,
        "kind": building.kind,
        "address": building.address or None,
        "owner": building.owner_name or None,
        "operator": building.operator_name or None,
        "completed_on": building.completed_on,
        "tax_year": tax[0] if tax and amount is not None else None,
        "scope": scope if tax and amount is not None else None,
        "floors_above": building.floors_above,
        "floors_below": building.floors_below,
        "property_fee": None if building.property_fee_fen is None else in_sqm(building.property_fee_fen),
        "hours": building.hours or None,
    }
