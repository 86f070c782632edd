"""Who may see and publish figures."""

from django.utils.translation import gettext_lazy as _

from shoushan.directory.access import Permission
from shoushan.directory.enums import Role

OFFICE = frozenset({Role.HQ_OFFICE})
READERS = OFFICE | {
    Role.DISTRICT_LEADER,
    Role.WG_LEAD,
    Role.WG_MEMBER,
    Role.DEPT_USER,
    Role.STREET_ADMIN,
    Role.STREET_USER,
    Role.AUDITOR,
}

PERMISSIONS = (
    Permission("figures.view_figure", _("查看指标"), READERS),
    Permission("figures.view_release", _("查看发布"), READERS | {Role.COMMUNITY_USER}),
    Permission("figures.publish_release", _("发布数字"), OFFICE),
)
