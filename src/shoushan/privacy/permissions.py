"""Who reads the log of looks at personal data."""

from django.utils.translation import gettext_lazy as _

from shoushan.directory.access import Permission
from shoushan.directory.enums import Role

PERMISSIONS = (Permission("privacy.view_access", _("查看个人信息访问记录"), frozenset({Role.AUDITOR})),)
