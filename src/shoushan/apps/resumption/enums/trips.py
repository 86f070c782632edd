"""Closed vocabularies of charter trips."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TripState(TextChoices):
    """Where a charter trip is."""

    PLANNED = "PLANNED", _("待确认")
    CONFIRMED = "CONFIRMED", _("已确认")
    DEPARTED = "DEPARTED", _("已发车")
    ARRIVED = "ARRIVED", _("已到达")
    CANCELLED = "CANCELLED", _("已取消")
