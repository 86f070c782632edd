"""The permissions of the directory."""

from django.utils.translation import gettext_lazy as _

from shoushan.directory.catalogue import Permission
from shoushan.directory.enums import ADMINISTRATORS, Role

STAFF = frozenset(Role) - ADMINISTRATORS - {Role.ENTERPRISE_CONTACT, Role.VOLUNTEER}

PERMISSIONS = (
    Permission("directory.view_area", _("查看辖区"), STAFF | ADMINISTRATORS),
    Permission("directory.view_organisation", _("查看单位和包挂责任"), STAFF | ADMINISTRATORS),
    Permission("directory.manage_user", _("管理用户账号"), frozenset({Role.SYS_ADMIN})),
    Permission("directory.grant_role", _("授予角色"), frozenset({Role.SECURITY_ADMIN})),
    Permission("directory.view_user", _("查看用户账号"), ADMINISTRATORS),
    Permission("directory.assign_responsibility", _("明确包挂责任"), frozenset({Role.HQ_OFFICE})),
    Permission("directory.view_administration", _("查看管理记录"), frozenset({Role.AUDITOR})),
)
