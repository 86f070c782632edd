"""Releases: numbers that were published, frozen with all that they stand on."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Release(models.Model):
    """One publication (发布) of figures as of a day.

    Never changes: the database refuses it. A correction is a new release that names the old one and says why.
    `content` is the canonical JSON whose digest is entered into the ledger: values, definitions, members, seal.
    """

    number = models.CharField(_("发布编号"), max_length=40, unique=True)
    title = models.CharField(_("标题"), max_length=200)
    as_of = models.DateField(_("截至"))
    published_at = models.DateTimeField(_("发布时间"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("发布人")
    )
    content = models.TextField(_("内容"))
    digest = models.CharField(_("摘要"), max_length=64)
    entry_number = models.BigIntegerField(_("台账分录"))
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="corrected_by", verbose_name=_("更正")
    )
    reason = models.CharField(_("更正原因"), max_length=500, blank=True)

    class Meta:
        ordering = ["-published_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, reason="") | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="figures_release_correction_says_why",
            ),
        ]

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The frozen figures."""
        figures: list[dict[str, Any]] = json.loads(self.content)["figures"]
        return figures


class CorrectionProposal(models.Model):
    """A number of a release that the ledger no longer says (更正建议): found by a job, decided by a person.

    The release itself stays as it was published. A proposal ends with the correction that takes it up, or when the
    ledger says the published number again.
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="proposals", verbose_name=_("发布"))
    measure = models.CharField(_("指标"), max_length=80)
    published = models.CharField(_("发布的数字"), max_length=40)
    current = models.CharField(_("现在的数字"), max_length=40)
    found_at = models.DateTimeField(_("发现时间"))
    closed_at = models.DateTimeField(_("了结时间"), null=True)
    correction = models.ForeignKey(
        Release, models.PROTECT, null=True, related_name="answered_proposals", verbose_name=_("更正")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "measure"], condition=Q(closed_at=None), name="figures_proposal_open_once"
            )
        ]
