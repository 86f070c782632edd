"""Vocabulary of enterprise contacts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ClaimState(TextChoices):
    """Where the claim of a person to speak for an enterprise stands."""

    CLAIMED = "CLAIMED", _("待确认")
    CONFIRMED = "CONFIRMED", _("已确认")
    REFUSED = "REFUSED", _("未通过")
    ENDED = "ENDED", _("已解除")
