"""Buildings, how large they are from a day on, their rooms and how these are used."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from shoushan.apps.premises.enums.buildings import BuildingKind, Use
from shoushan.lib import texts
from shoushan.privacy.enums import DataClass
from shoushan.privacy.fields import EncryptedTextField
from shoushan.registry.models import Enterprise

SQDM_PER_SQM = 100


def in_sqm(sqdm: int | None) -> Decimal | None:
    """An area in hundredths of a square metre as square metres, exact."""
    return None if sqdm is None else Decimal(sqdm).scaleb(-2)


class Building(models.Model):
    """One carrier (载体, handbook E2): a building, park or plot that can host firms, as it is now.

    How large it is, how it is let and what tax it brings are dated facts of their own. `project` is the typed code of the
    project that built it: another domain's record, known by its code alone. The contact is a role; its phone is encrypted. The
    phone for investors is one that its operator made public.
    """

    SUBJECT: ClassVar[str] = "building"
    code = models.CharField(_("编号"), max_length=40, unique=True, editable=False)
    name = models.CharField(_("楼宇名称"), max_length=80)
    name_key = models.CharField(max_length=80, unique=True, editable=False)
    kind = models.CharField(_("载体类别"), max_length=8, choices=BuildingKind, default=BuildingKind.OFFICE)
    area_code = models.CharField(_("所属街道"), max_length=9)
    community_code = models.CharField(_("所属社区"), max_length=12, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    owner = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="+", verbose_name=_("产权单位"))
    owner_name = models.CharField(_("产权单位"), max_length=120, blank=True)
    operator = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="+", verbose_name=_("运营单位"))
    operator_name = models.CharField(_("运营单位"), max_length=120, blank=True)
    theme = models.CharField(_("主导产业"), max_length=60, blank=True)
    rent_fen = models.PositiveIntegerField(_("租金（分/平方米·天）"), null=True, blank=True)
    parking = models.PositiveIntegerField(_("车位数"), null=True, blank=True)
    metro_m = models.PositiveIntegerField(_("距地铁站（米）"), null=True, blank=True)
    floors_above = models.PositiveSmallIntegerField(_("地上层数"), null=True, blank=True)
    floors_below = models.PositiveSmallIntegerField(_("地下层数"), null=True, blank=True)
    property_fee_fen = models.PositiveIntegerField(_("物业费（分/平方米·月）"), null=True, blank=True)
    hours = models.CharField(_("开放时间"), max_length=60, blank=True)
    contact_role = models.CharField(_("联系人"), max_length=40, blank=True)
    contact_phone = EncryptedTextField(_("联系电话"), blank=True, default="", data_class=DataClass.CONTACT)
    investor_phone = models.CharField(_("招商电话（对外公布）"), max_length=40, blank=True)
    completed_on = models.DateField(_("竣工日期"), null=True, blank=True)
    closed_on = models.DateField(_("退出日期"), null=True, blank=True)
    project = models.CharField(_("建设项目"), max_length=80, blank=True)
    note = models.CharField(_("备注"), max_length=500, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))

    class Meta:
        ordering: ClassVar[list[str]] = ["area_code", "name_key", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="premises_building_area_is_a_subdistrict", condition=Q(Exact(Length("area_code"), 9))
            ),
            models.CheckConstraint(
                name="premises_building_community_lies_in_its_area",
                condition=Q(community_code="") | Q(community_code__startswith=F("area_code")),
            ),
            models.CheckConstraint(name="premises_building_has_a_name", condition=~Q(name="") & ~Q(name_key="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """How the ledger names it."""
        return f"{self.SUBJECT}:{self.code}"

    @property
    def category(self) -> str:
        """Its code as a category of accounts."""
        return self.code.replace("-", "_")

    def has_floor(self, floor: int) -> bool:
        """Is a floor within the floors that are stated? True where none are stated on that side of the ground."""
        stated = self.floors_above if floor > 0 else self.floors_below
        return stated is None or abs(floor) <= stated


class BuildingMove(models.Model):
    """That a building belongs to another subdistrict from a day on; figures of earlier days stay with the one before.

    Append-only; each begins after the one before it.
    """

    building = models.ForeignKey(Building, models.PROTECT, related_name="moves", db_index=False)
    since = models.DateField(_("变更日期"))
    area_from = models.CharField(_("原所属街道"), max_length=9)
    area_to = models.CharField(_("所属街道"), max_length=9)
    reason = models.CharField(_("变更原因"), max_length=200)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["building", "since"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["building", "since"], name="premises_move_of_a_day_once"),
            models.CheckConstraint(name="premises_move_leads_elsewhere", condition=~Q(area_from=F("area_to"))),
            models.CheckConstraint(name="premises_move_says_why", condition=~Q(reason="")),
        ]


class BuildingSpace(models.Model):
    """How large a building is from a day on, in hundredths of a square metre. Append-only; of one day the newest revision counts."""

    building = models.ForeignKey(Building, models.PROTECT, related_name="spaces", db_index=False)
    since = models.DateField(_("生效日期"))
    revision = models.PositiveSmallIntegerField(default=1)
    total_sqdm = models.BigIntegerField(_("总面积（百分之一平方米）"))
    lettable_sqdm = models.BigIntegerField(_("可租面积（百分之一平方米）"))
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["building", "since", "revision"], name="premises_space_revision_once"),
            models.CheckConstraint(
                name="premises_space_lettable_within_the_whole",
                condition=Q(total_sqdm__gt=0, lettable_sqdm__gte=0, lettable_sqdm__lte=F("total_sqdm")),
            ),
        ]

    @property
    def total_sqm(self) -> Decimal | None:
        """The whole in square metres."""
        return in_sqm(self.total_sqdm)

    @property
    def lettable_sqm(self) -> Decimal | None:
        """What can be let, in square metres."""
        return in_sqm(self.lettable_sqdm)


class Unit(models.Model):
    """One room (房间) of a building from a day to its last: rooms that are joined or divided end, and others begin.

    The rooms of a day never have more area than the building can let; the database refuses it.
    """

    SUBJECT: ClassVar[str] = "unit"
    code = models.CharField(_("编号"), max_length=50, unique=True, editable=False)
    building = models.ForeignKey(Building, models.PROTECT, related_name="units", db_index=False)
    floor = models.SmallIntegerField(_("楼层"))
    number = models.CharField(_("房号"), max_length=20)
    area_sqdm = models.BigIntegerField(_("面积（百分之一平方米）"))
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("最后一日"), null=True, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))

    class Meta:
        ordering: ClassVar[list[str]] = ["building", "-floor", "number", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["building", "floor", "number"],
                condition=Q(valid_to__isnull=True),
                name="premises_unit_number_open_once",
            ),
            models.CheckConstraint(name="premises_unit_has_an_area", condition=Q(area_sqdm__gt=0)),
            models.CheckConstraint(name="premises_unit_has_no_floor_zero", condition=~Q(floor=0)),
            models.CheckConstraint(
                name="premises_unit_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["building", "floor"], name="premises_unit_by_floor"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """How the ledger names it."""
        return f"{self.SUBJECT}:{self.code}"

    @property
    def serial(self) -> str:
        """The part of its code behind the building's, for addresses."""
        return self.code.rpartition(".")[2]

    @property
    def area_sqm(self) -> Decimal | None:
        """Its area in square metres."""
        return in_sqm(self.area_sqdm)

    @property
    def floor_label(self) -> str:
        """Floor as it is written: 12, B1."""
        return floor_label(self.floor)


def floor_label(floor: int) -> str:
    """A floor as it is written: 12, or B1 for the first below the ground."""
    return f"B{-floor}" if floor < 0 else str(floor)


FLOOR: Final = re.compile(r"(?:(?P<below>[Bb]|地下|负|-)(?P<depth>\d{1,2})|(?P<above>\d{1,3}))(?:层|[Ff]|楼)?")
MOST_FLOORS: Final = 200
MOST_FLOORS_BELOW: Final = 20


def read_floor(text: str) -> int | None:
    """A floor as people write it: 12, 12层, 12F, B1, -1, 地下1层; None for what is none."""
    found = FLOOR.fullmatch(texts.clean(text).replace(" ", ""))
    if found is None:
        return None
    floor = -int(found["depth"]) if found["depth"] else int(found["above"])
    return floor if floor and abs(floor) <= MOST_FLOORS else None


class UnitUse(models.Model):
    """How a room is used from a day on while it is not let; a lease makes it let, and after it the room is vacant again.

    Append-only; of one day the newest revision counts.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="uses", db_index=False)
    since = models.DateField(_("起始日期"))
    revision = models.PositiveSmallIntegerField(default=1)
    use = models.CharField(_("使用状态"), max_length=11, choices=Use)
    reason = models.CharField(_("说明"), max_length=200, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "since", "revision"], name="premises_use_revision_once"),
            models.CheckConstraint(name="premises_use_let_follows_from_leases", condition=~Q(use="LET")),
        ]
