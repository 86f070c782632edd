"""Who may bring files in. What a file may write is decided by the permission of its sheet."""

from django.utils.translation import gettext_lazy as _

from shoushan.directory.access import Permission
from shoushan.directory.enums import Role

PERMISSIONS = (
    Permission(
        "exchange.view_upload",
        _("导入台账"),
        frozenset({Role.HQ_OFFICE, Role.DEPT_USER, Role.STREET_ADMIN, Role.STREET_USER}),
    ),
)
