"""Who may read and enter the dated rules. Whether a step may be taken is declared with the step."""

from django.utils.translation import gettext_lazy as _

from shoushan.directory.catalogue import Permission
from shoushan.directory.enums import ADMINISTRATORS, Role

STAFF = frozenset(Role) - ADMINISTRATORS - {Role.ENTERPRISE_CONTACT, Role.VOLUNTEER}

PERMISSIONS = (
    Permission("lifecycle.view_rule", _("查看政策规则"), STAFF | {Role.AUDITOR}),
    Permission("lifecycle.enter_rule", _("录入政策规则"), frozenset({Role.HQ_OFFICE})),
)
