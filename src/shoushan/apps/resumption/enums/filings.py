"""Vocabulary of daily returns that enterprises file themselves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FilingState(TextChoices):
    """Where a filed return stands: the subdistrict approves, the department accepts."""

    FILED = "FILED", _("待街道审核")
    SENT_BACK = "SENT_BACK", _("已退回")
    APPROVED = "APPROVED", _("街道已审核")
    ACCEPTED = "ACCEPTED", _("已验收")
