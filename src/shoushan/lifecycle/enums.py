"""Closed vocabularies of lifecycles and rules."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Risk(TextChoices):
    """Risk level of an area (handbook F1; published county by county from 2020-02-25)."""

    LOW = "LOW", _("低风险")
    MEDIUM = "MEDIUM", _("中风险")
    HIGH = "HIGH", _("高风险")
    OUTBREAK = "OUTBREAK", _("疫情重点地区")


RISK_TONES = {Risk.LOW: "good", Risk.MEDIUM: "soon", Risk.HIGH: "late", Risk.OUTBREAK: "late"}
