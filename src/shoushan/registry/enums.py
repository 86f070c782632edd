"""Closed vocabularies of the registry."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EntityKind(TextChoices):
    """Kinds of market entities and institutions (handbook B5)."""

    ENTERPRISE = "ENTERPRISE", _("企业法人")
    BRANCH = "BRANCH", _("分支机构")
    INDIVIDUAL = "INDIVIDUAL", _("个体工商户")
    COOPERATIVE = "COOPERATIVE", _("农民专业合作社")
    INSTITUTION = "INSTITUTION", _("事业单位")
    ASSOCIATION = "ASSOCIATION", _("社会团体")
    PRIVATE_NON_ENTERPRISE = "PRIVATE_NON_ENTERPRISE", _("民办非企业单位")
    OTHER = "OTHER", _("其他")


class DocumentType(TextChoices):
    """Documents that name a person (handbook B8)."""

    RESIDENT_ID = "RESIDENT_ID", _("居民身份证")
    RESIDENCE = "RESIDENCE", _("港澳台居民居住证")
    PASSPORT = "PASSPORT", _("护照")
    HK_MACAO = "HK_MACAO", _("港澳通行证")
    TAIWAN = "TAIWAN", _("台胞证")
    FOREIGN = "FOREIGN", _("外国人永久居留证")
    OTHER = "OTHER", _("其他证件")


class RegistrationStatus(TextChoices):
    """Whether an enterprise exists in the register."""

    PREPARING = "PREPARING", _("筹建")
    ACTIVE = "ACTIVE", _("存续")
    REVOKED = "REVOKED", _("吊销")
    CANCELLED = "CANCELLED", _("注销")
    MOVED_OUT = "MOVED_OUT", _("迁出")


# A cancelled enterprise does not come back; a revoked one can only be cancelled.
STATUS_CHANGES: dict[str, frozenset[str]] = {
    RegistrationStatus.PREPARING: frozenset({RegistrationStatus.ACTIVE, RegistrationStatus.CANCELLED}),
    RegistrationStatus.ACTIVE: frozenset(
        {RegistrationStatus.REVOKED, RegistrationStatus.CANCELLED, RegistrationStatus.MOVED_OUT}
    ),
    RegistrationStatus.REVOKED: frozenset({RegistrationStatus.CANCELLED}),
    RegistrationStatus.CANCELLED: frozenset(),
    RegistrationStatus.MOVED_OUT: frozenset({RegistrationStatus.ACTIVE}),
}


class AboveScaleType(TextChoices):
    """The concrete class of an above-scale ("四上") enterprise (handbook B4)."""

    INDUSTRY = "INDUSTRY", _("规模以上工业")
    CONSTRUCTION = "CONSTRUCTION", _("有资质的建筑业")
    WHOLESALE = "WHOLESALE", _("限额以上批发业")
    RETAIL = "RETAIL", _("限额以上零售业")
    HOTEL_CATERING = "HOTEL_CATERING", _("限额以上住宿和餐饮业")
    REALESTATE_DEV = "REALESTATE_DEV", _("房地产开发经营业")
    SERVICE = "SERVICE", _("规模以上服务业")


class Source(TextChoices):
    """Who first told of an enterprise."""

    MARKET_REGULATION = "MARKET_REGULATION", _("市场监管")
    STATISTICS = "STATISTICS", _("统计")
    SUBDISTRICT = "SUBDISTRICT", _("街道摸排")
    ENTERPRISE = "ENTERPRISE", _("企业自报")
