"""The permissions of messages."""

from django.utils.translation import gettext_lazy as _

from shoushan.directory.catalogue import Permission
from shoushan.directory.enums import Role

PERMISSIONS = (
    Permission(
        "notices.set_channel",
        _("设置本单位的群机器人"),
        frozenset({Role.HQ_OFFICE, Role.WG_LEAD, Role.DEPT_USER, Role.STREET_ADMIN}),
    ),
)
