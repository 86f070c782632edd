"""Who may do what with matters. Those who lead or assist a matter must besides belong to the organisation named."""

from django.utils.translation import gettext_lazy as _

from shoushan.directory.access import Permission
from shoushan.directory.enums import Role

STREET = frozenset({Role.STREET_ADMIN, Role.STREET_USER})
OFFICE = frozenset({Role.HQ_OFFICE})
LEADERS = frozenset({Role.DISTRICT_LEADER})
GROUPS = frozenset({Role.WG_LEAD, Role.WG_MEMBER})
WORKERS = OFFICE | STREET | GROUPS | {Role.DEPT_USER, Role.SERVICE_OFFICER, Role.COMMUNITY_USER}

PERMISSIONS = (
    Permission("casework.view_matter", _("查看诉求"), WORKERS | LEADERS),
    Permission("casework.view_area_matters", _("查看辖区全部诉求"), OFFICE | STREET | LEADERS | GROUPS),
    Permission("casework.raise_matter", _("登记诉求"), WORKERS),
    Permission("casework.dispatch_matter", _("分派诉求"), OFFICE | STREET),
    Permission("casework.handle_matter", _("办理诉求"), WORKERS),
    Permission("casework.call_back_matter", _("回访诉求"), OFFICE | STREET),
    Permission("casework.rule_matter", _("裁定诉求"), OFFICE | LEADERS),
    Permission("casework.supervise_matter", _("督办诉求"), OFFICE | LEADERS),
    Permission("casework.publish_matter", _("公开诉求"), OFFICE),
)
