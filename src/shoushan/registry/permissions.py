"""The permissions of the registry."""

from django.utils.translation import gettext_lazy as _

from shoushan.directory.access import Permission
from shoushan.directory.enums import Role

OFFICE = frozenset({Role.DISTRICT_LEADER, Role.HQ_OFFICE, Role.WG_LEAD, Role.WG_MEMBER, Role.DEPT_USER})
TERRITORY = frozenset({Role.STREET_ADMIN, Role.STREET_USER, Role.COMMUNITY_USER, Role.GRID_LEADER, Role.GRID_MEMBER})

PERMISSIONS = (
    Permission("registry.view_enterprise", _("查看企业名录"), OFFICE | TERRITORY | {Role.SERVICE_OFFICER}),
    Permission(
        "registry.change_enterprise",
        _("维护企业名录"),
        frozenset({Role.HQ_OFFICE, Role.DEPT_USER, Role.STREET_ADMIN, Role.STREET_USER}),
    ),
    Permission("registry.view_frame", _("查看四上企业名册"), OFFICE | {Role.STREET_ADMIN, Role.STREET_USER}),
    Permission("registry.manage_frame", _("维护四上企业名册"), frozenset({Role.HQ_OFFICE, Role.DEPT_USER})),
)
