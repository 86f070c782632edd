"""Who may bring files in. What a file may write is decided by the permission of its sheet."""

from django.utils.translation import gettext_lazy as _

from shoushan.directory.access import Permission
from shoushan.directory.enums import Role

SENDERS = frozenset({Role.HQ_OFFICE, Role.DEPT_USER, Role.STREET_ADMIN, Role.STREET_USER})

PERMISSIONS = (
    Permission("exchange.view_upload", _("导入台账"), SENDERS),
    Permission("exchange.view_sheet", _("查看表样"), SENDERS | {Role.AUDITOR}),
    Permission("exchange.enter_heading", _("登记表头别名"), frozenset({Role.HQ_OFFICE})),
)
