"""Who begins the day with which page."""

from django.utils.translation import gettext_lazy as _

from shoushan.directory.access import Permission
from shoushan.directory.enums import ADMINISTRATORS, Role

OUTSIDE = frozenset({Role.ENTERPRISE_CONTACT, Role.VOLUNTEER, Role.PARTY_MEMBER})
STAFF = frozenset(Role) - OUTSIDE - ADMINISTRATORS
PERMISSIONS = (
    Permission("portal.open_cockpit", _("从驾驶舱开始工作"), frozenset({Role.DISTRICT_LEADER, Role.WG_LEAD})),
    Permission("portal.open_workbench", _("使用工作台"), STAFF),
    Permission("portal.share_view", _("为角色保存列表视图"), frozenset({Role.HQ_OFFICE})),
)
