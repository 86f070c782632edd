"""Closed vocabularies of the directory."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AreaLevel(TextChoices):
    """The four levels of areas, from the largest to the smallest."""

    DISTRICT = "DISTRICT", _("区县")
    SUBDISTRICT = "SUBDISTRICT", _("街道")
    COMMUNITY = "COMMUNITY", _("社区")
    GRID = "GRID", _("网格")


# Handbook 0.3: six digits GB/T 2260, +3 subdistrict, +3 community; grids append three of the district's own.
CODE_LENGTHS: dict[str, int] = {
    AreaLevel.DISTRICT: 6,
    AreaLevel.SUBDISTRICT: 9,
    AreaLevel.COMMUNITY: 12,
    AreaLevel.GRID: 15,
}
PARENT_LEVELS: dict[str, str] = {
    AreaLevel.SUBDISTRICT: AreaLevel.DISTRICT,
    AreaLevel.COMMUNITY: AreaLevel.SUBDISTRICT,
    AreaLevel.GRID: AreaLevel.COMMUNITY,
}


class SuccessionKind(TextChoices):
    """What happened when an area was replaced by others."""

    SPLIT = "SPLIT", _("拆分")
    MERGED = "MERGED", _("合并")
    RENAMED = "RENAMED", _("更名")
    RECODED = "RECODED", _("代码变更")
    MOVED = "MOVED", _("划转")


class OrganisationKind(TextChoices):
    """The kinds of organisations of handbook A3."""

    DISTRICT = "DISTRICT", _("区级机关")
    SUBDISTRICT = "SUBDISTRICT", _("街道办事处")
    COMMUNITY = "COMMUNITY", _("社区居委会")
    DEPARTMENT = "DEPARTMENT", _("部门")
    PUBLIC_INSTITUTION = "PUBLIC_INSTITUTION", _("事业单位")
    STATE_FIRM = "STATE_FIRM", _("国有企业")
    LEADING_GROUP = "LEADING_GROUP", _("领导小组")
    WORKING_GROUP = "WORKING_GROUP", _("专项工作组")
    PARTY_ORGANISATION = "PARTY_ORGANISATION", _("党组织")


class TargetKind(TextChoices):
    """What a leader can be made responsible for (包挂)."""

    AREA = "AREA", _("辖区")
    ORGANISATION = "ORGANISATION", _("单位")
    ENTERPRISE = "ENTERPRISE", _("企业")
    PROJECT = "PROJECT", _("项目")
    BUILDING = "BUILDING", _("楼宇")
    ISOLATION_SITE = "ISOLATION_SITE", _("隔离点")


class Role(TextChoices):
    """Who is who (handbook 0.4)."""

    DISTRICT_LEADER = "DISTRICT_LEADER", _("区级领导")
    HQ_OFFICE = "HQ_OFFICE", _("领导小组办公室")
    WG_LEAD = "WG_LEAD", _("专项工作组组长")
    WG_MEMBER = "WG_MEMBER", _("专项工作组成员")
    DEPT_USER = "DEPT_USER", _("行业主管部门")
    STREET_ADMIN = "STREET_ADMIN", _("街道管理员")
    STREET_USER = "STREET_USER", _("街道工作人员")
    COMMUNITY_USER = "COMMUNITY_USER", _("社区工作人员")
    GRID_LEADER = "GRID_LEADER", _("网格长")
    GRID_MEMBER = "GRID_MEMBER", _("网格员")
    EPI_INVESTIGATOR = "EPI_INVESTIGATOR", _("流调队员")
    SITE_MANAGER = "SITE_MANAGER", _("集中隔离点负责人")
    ENTERPRISE_CONTACT = "ENTERPRISE_CONTACT", _("企业联络人")
    SERVICE_OFFICER = "SERVICE_OFFICER", _("服务专员")
    VOLUNTEER = "VOLUNTEER", _("志愿者")
    PARTY_MEMBER = "PARTY_MEMBER", _("在职党员")
    WRITER = "WRITER", _("采编")
    EDITOR = "EDITOR", _("编辑")
    REVIEWER_1 = "REVIEWER_1", _("一审")
    REVIEWER_2 = "REVIEWER_2", _("二审")
    REVIEWER_3 = "REVIEWER_3", _("三审")
    PUBLISHER = "PUBLISHER", pgettext_lazy("role", "发布")
    AUDITOR = "AUDITOR", _("审计管理员")
    SECURITY_ADMIN = "SECURITY_ADMIN", _("安全管理员")
    SYS_ADMIN = "SYS_ADMIN", _("系统管理员")


class AdministrativeAct(TextChoices):
    """What an administrator did."""

    ACCOUNT_OPENED = "ACCOUNT_OPENED", _("开通账号")
    ACCOUNT_CHANGED = "ACCOUNT_CHANGED", _("变更姓名或单位")
    ACCOUNT_CLOSED = "ACCOUNT_CLOSED", _("停用账号")
    ACCOUNT_REOPENED = "ACCOUNT_REOPENED", _("重新启用账号")
    PASSWORD_RESET = "PASSWORD_RESET", _("重设密码")
    OWN_PASSWORD_CHANGED = "OWN_PASSWORD_CHANGED", _("本人修改密码")
    ROLE_GRANTED = "ROLE_GRANTED", _("授予角色")
    ROLE_ENDED = "ROLE_ENDED", _("结束角色")
    RESPONSIBILITY_GIVEN = "RESPONSIBILITY_GIVEN", _("明确包挂责任")
    RESPONSIBILITY_ENDED = "RESPONSIBILITY_ENDED", _("结束包挂责任")
    HEADING_ADDED = "HEADING_ADDED", _("登记表头别名")
    HEADING_ENDED = "HEADING_ENDED", _("停用表头别名")


# 三员分立: no account holds two of these, and none of them together with a role that works on business data.
ADMINISTRATORS: frozenset[Role] = frozenset({Role.SYS_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})

# Bound to the person or, for administrators, to the account: a deputy does not get them.
NOT_HANDED_OVER: frozenset[Role] = ADMINISTRATORS | {Role.ENTERPRISE_CONTACT, Role.VOLUNTEER, Role.PARTY_MEMBER}

# Roles whose scope is by nature a part of the district; a grant must name that part.
TERRITORIAL_ROLES: frozenset[Role] = frozenset(
    {
        Role.STREET_ADMIN,
        Role.STREET_USER,
        Role.COMMUNITY_USER,
        Role.GRID_LEADER,
        Role.GRID_MEMBER,
    }
)
