"""Who may see premises, keep their records, enter tax, visit and import."""

from django.utils.translation import gettext_lazy as _

from shoushan.directory.access import Permission
from shoushan.directory.enums import Role

STREET = frozenset({Role.STREET_ADMIN, Role.STREET_USER})
DEPARTMENTS = frozenset({Role.DEPT_USER})
READERS = STREET | DEPARTMENTS | {Role.DISTRICT_LEADER, Role.HQ_OFFICE, Role.WG_LEAD, Role.WG_MEMBER}

PERMISSIONS = (
    Permission("premises.view_building", _("查看楼宇载体"), READERS | {Role.SERVICE_OFFICER}),
    Permission("premises.manage_building", _("维护楼宇、房间和租约"), STREET | DEPARTMENTS),
    Permission("premises.enter_tax", _("录入楼宇税收和总部企业"), DEPARTMENTS),
    Permission("premises.record_visit", _("登记楼宇走访"), STREET | DEPARTMENTS | {Role.SERVICE_OFFICER}),
    Permission("premises.view_contact", _("查看楼宇联系电话"), STREET | DEPARTMENTS | {Role.HQ_OFFICE}),
    Permission("premises.import_ledger", _("导入楼宇台账、租约明细和空置房源表"), STREET | DEPARTMENTS),
    Permission("premises.export_ledger", _("导出楼宇台账、租约明细和空置房源表"), READERS),
)
