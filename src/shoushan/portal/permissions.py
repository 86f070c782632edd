"""Who begins the day with the cockpit."""

from django.utils.translation import gettext_lazy as _

from shoushan.directory.access import Permission
from shoushan.directory.enums import Role

PERMISSIONS = (Permission("portal.lead", _("从驾驶舱开始工作"), frozenset({Role.DISTRICT_LEADER, Role.WG_LEAD})),)
