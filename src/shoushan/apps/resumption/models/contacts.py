"""Who speaks for an enterprise."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption.enums.contacts import ClaimState
from shoushan.lifecycle.models import LifecycleRecord
from shoushan.registry.models import Enterprise

OPEN = Q(state__in=[ClaimState.CLAIMED, ClaimState.CONFIRMED])


class EnterpriseClaim(LifecycleRecord):
    """One person's claim to speak for one enterprise, confirmed by its subdistrict.

    An enterprise may have several contacts, a contact several enterprises.
    """

    SUBJECT: ClassVar[str] = "claim"
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="claims", verbose_name=_("企业"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="claims", verbose_name=_("联络人"))
    duty = models.CharField(_("职务"), max_length=40)
    claimed_at = models.DateTimeField(_("申请时间"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["enterprise", "user"], condition=OPEN, name="resumption_claim_open_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area_code", "state"], name="resumption_claim_by_area"),
        ]
