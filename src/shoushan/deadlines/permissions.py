"""Who may see deadlines and who may change calendars. Calendars themselves are open to everyone with an account."""

from django.utils.translation import gettext_lazy as _

from shoushan.directory.access import Permission
from shoushan.directory.enums import Role

READERS = frozenset(
    {
        Role.DISTRICT_LEADER,
        Role.HQ_OFFICE,
        Role.WG_LEAD,
        Role.WG_MEMBER,
        Role.DEPT_USER,
        Role.STREET_ADMIN,
        Role.STREET_USER,
        Role.COMMUNITY_USER,
        Role.AUDITOR,
    }
)

PERMISSIONS = (
    Permission("deadlines.edit_calendar", _("录入工作日历"), frozenset({Role.SYS_ADMIN})),
    Permission("deadlines.view_clock", _("查看时限"), READERS),
    Permission("deadlines.view_move", _("查看到期时间变更"), READERS | {Role.SYS_ADMIN}),
)
