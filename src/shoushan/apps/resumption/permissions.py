"""Who may see and fill the ledgers of work resumption."""

from django.utils.translation import gettext_lazy as _

from shoushan.directory.access import Permission
from shoushan.directory.enums import Role

STREET = frozenset({Role.STREET_ADMIN, Role.STREET_USER})
OFFICE = frozenset({Role.HQ_OFFICE})
# Handbook A1.2: communities and grids read the enterprise ledger; auditors read figures, and of the ledger nothing.
COMMUNITY = frozenset({Role.COMMUNITY_USER, Role.GRID_LEADER, Role.GRID_MEMBER})
LEDGER_READERS = OFFICE | STREET | {Role.DISTRICT_LEADER, Role.WG_LEAD, Role.WG_MEMBER, Role.DEPT_USER}
READERS = LEDGER_READERS | {Role.AUDITOR}

CONTACTS = frozenset({Role.ENTERPRISE_CONTACT})

PERMISSIONS = (
    Permission("resumption.represent_enterprise", _("办理本企业事项"), CONTACTS),
    Permission("resumption.confirm_contact", _("确认企业联络人"), STREET),
    Permission("resumption.view_application", _("查看复工申请"), LEDGER_READERS | COMMUNITY),
    Permission("resumption.accept_application", _("受理复工申请"), STREET),
    Permission("resumption.check_application", _("现场核验复工企业"), STREET | {Role.DEPT_USER}),
    Permission("resumption.decide_application", _("批复复工申请"), OFFICE | {Role.WG_LEAD}),
    Permission("resumption.file_application", _("办理复工备案"), STREET),
    Permission("resumption.order_stop", _("责令停工"), OFFICE | STREET | {Role.DEPT_USER}),
    Permission("resumption.lift_stop", _("解除停工"), OFFICE),
    Permission("resumption.approve_return", _("审核企业日报"), STREET),
    Permission("resumption.accept_return", _("验收企业日报"), OFFICE | {Role.DEPT_USER}),
    Permission("resumption.record_visit", _("登记企业走访"), OFFICE | STREET | {Role.DEPT_USER, Role.SERVICE_OFFICER}),
    Permission("resumption.appoint_officer", _("指定服务专员"), OFFICE | {Role.STREET_ADMIN}),
    Permission("resumption.view_funds", _("查看企业资金需求"), OFFICE | {Role.DISTRICT_LEADER, Role.DEPT_USER}),
    Permission("resumption.import_difficulties", _("导入问题诉求台账"), OFFICE | STREET),
    Permission("resumption.export_difficulties", _("导出问题诉求台账"), OFFICE | STREET),
    Permission("resumption.view_workers", _("查看返岗人员"), OFFICE | STREET | {Role.DISTRICT_LEADER}),
    Permission("resumption.manage_workers", _("办理返岗人员"), STREET),
    Permission("resumption.plan_trips", _("安排返岗包车"), OFFICE | STREET),
    Permission("resumption.show_worker", _("查看返岗人员个人信息"), STREET),
    Permission("resumption.export_workers", _("导出返岗人员台账"), STREET),
    Permission("resumption.import_workers", _("导入返岗人员台账"), STREET),
    Permission("resumption.view_ledger", _("查看复工复产台账"), LEDGER_READERS | COMMUNITY),
    Permission("resumption.export_ledger", _("导出复工复产台账"), LEDGER_READERS),
    Permission("resumption.import_ledger", _("导入复工复产台账"), OFFICE | STREET),
    Permission("resumption.import_frame", _("导入四上企业在库名单"), OFFICE | {Role.DEPT_USER}),
    Permission("resumption.view_bulletin", _("查看复工日报"), READERS),
    Permission("resumption.release_bulletin", _("发布复工日报"), OFFICE),
)
