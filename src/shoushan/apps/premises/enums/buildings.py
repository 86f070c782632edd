"""Closed vocabularies of premises (handbook E1, E2, E6)."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BuildingKind(TextChoices):
    """What kind of carrier (载体) it is."""

    OFFICE = "OFFICE", _("写字楼")
    COMPLEX = "COMPLEX", _("商业综合体")
    PARK = "PARK", _("园区")
    FACTORY = "FACTORY", _("厂房")
    HOTEL = "HOTEL", _("酒店")
    LAND = "LAND", pgettext_lazy("premises", "土地")


class Use(TextChoices):
    """How a room is used on a day. That it is let follows from its leases and is never entered by hand."""

    VACANT = "VACANT", _("空置")
    LET = "LET", _("在租")
    OWN_USE = "OWN_USE", _("自用")
    RESERVED = "RESERVED", _("预定")
    FITTING_OUT = "FITTING_OUT", _("装修")
    CLOSED = "CLOSED", _("停用")


STATED_USES: Final = (Use.VACANT, Use.OWN_USE, Use.RESERVED, Use.FITTING_OUT, Use.CLOSED)
"""Uses that are entered as facts of a day."""
USE_TONES: Final = {
    Use.VACANT: "soon",
    Use.LET: "good",
    Use.OWN_USE: "good",
    Use.RESERVED: "neutral",
    Use.FITTING_OUT: "neutral",
    Use.CLOSED: "late",
}
USE_MARKS: Final = {
    Use.VACANT: pgettext_lazy("mark", "空"),
    Use.LET: pgettext_lazy("mark", "租"),
    Use.OWN_USE: pgettext_lazy("mark", "自"),
    Use.RESERVED: pgettext_lazy("mark", "预"),
    Use.FITTING_OUT: pgettext_lazy("mark", "装"),
    Use.CLOSED: pgettext_lazy("mark", "停"),
}
"""One mark a use, for drawings: colour is never the only signal."""


class TaxScope(TextChoices):
    """Which tax a yearly figure counts; both are never added up."""

    TOTAL = "TOTAL", _("全口径")
    LOCAL = "LOCAL", _("区级留成")


class HeadquartersLevel(TextChoices):
    """Who recognised an enterprise as a headquarters."""

    DISTRICT = "DISTRICT", _("区级认定")
    CITY = "CITY", _("市级认定")
    PROVINCE = "PROVINCE", _("省级认定")


class EndingKind(TextChoices):
    """How a lease ends before its agreed last day."""

    EARLY = "EARLY", _("提前退租")
    CANCELLED = "CANCELLED", _("未履行，撤销")


WHOLE, PART = "WHOLE", "PART"
"""How much of a room is vacant, in the table of vacancies."""
YES, NO = "YES", "NO"
"""Whether it is released to investors, there."""
