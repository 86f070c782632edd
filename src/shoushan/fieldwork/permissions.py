"""The permission of field work."""

from django.utils.translation import gettext_lazy as _

from shoushan.directory.catalogue import Permission
from shoushan.directory.enums import Role

PERMISSIONS = (
    Permission(
        "fieldwork.work_on_site",
        _("现场办理"),
        frozenset(
            {
                Role.STREET_ADMIN,
                Role.STREET_USER,
                Role.COMMUNITY_USER,
                Role.GRID_LEADER,
                Role.GRID_MEMBER,
                Role.DEPT_USER,
                Role.SERVICE_OFFICER,
            }
        ),
    ),
)
