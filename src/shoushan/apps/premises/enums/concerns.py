"""What concerns found on visits to buildings are about."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConcernCategory(TextChoices):
    """What a concern is about."""

    LEASE = "LEASE", _("租金和租约")
    PROPERTY = "PROPERTY", _("物业和停车")
    FIT_OUT = "FIT_OUT", _("装修和消防")
    REGISTRATION = "REGISTRATION", _("注册和迁移")
    POLICY_DUE = "POLICY_DUE", _("政策兑现")
    OTHER = "OTHER", _("其他")
