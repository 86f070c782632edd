"""Who may see, propose and confirm in the key projects."""

from django.utils.translation import gettext_lazy as _

from shoushan.directory.access import Permission
from shoushan.directory.enums import Role

STREET = frozenset({Role.STREET_ADMIN, Role.STREET_USER})
DEPARTMENTS = frozenset({Role.DEPT_USER})
READERS = STREET | DEPARTMENTS | {Role.DISTRICT_LEADER, Role.HQ_OFFICE, Role.WG_LEAD, Role.WG_MEMBER}

PERMISSIONS = (
    Permission("projects.view_project", _("查看重点项目"), READERS | {Role.SERVICE_OFFICER}),
    Permission("projects.report_project", _("填报重点项目"), STREET | DEPARTMENTS),
    Permission("projects.confirm_stage", _("确认项目阶段和计划"), DEPARTMENTS),
    Permission("projects.confirm_statistics", _("确认项目入库纳统"), DEPARTMENTS),
    Permission("projects.decide_permit", _("办理项目审批事项"), DEPARTMENTS),
    Permission("projects.import_list", _("导入重点项目清单"), DEPARTMENTS),
    Permission("projects.export_list", _("导出重点项目清单"), READERS),
)
