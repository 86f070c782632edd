"""Closed vocabularies of key projects (handbook D1 to D3)."""

from collections.abc import Iterable
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProjectStage(TextChoices):
    """Where a project is on its way (handbook D3)."""

    PLANNING = "PLANNING", _("策划")
    RESERVE = "RESERVE", _("储备")
    SIGNED = "SIGNED", _("签约")
    LANDED = "LANDED", pgettext_lazy("project", "落地")
    PREPARATION = "PREPARATION", _("前期手续")
    STARTED = "STARTED", _("开工")
    BUILDING = "BUILDING", _("在建")
    COMPLETED = "COMPLETED", _("竣工")
    IN_USE = "IN_USE", _("投用")
    HALTED = "HALTED", _("停建缓建")
    WITHDRAWN = "WITHDRAWN", _("退出")


WAY: Final = (
    ProjectStage.PLANNING,
    ProjectStage.RESERVE,
    ProjectStage.SIGNED,
    ProjectStage.LANDED,
    ProjectStage.PREPARATION,
    ProjectStage.STARTED,
    ProjectStage.BUILDING,
    ProjectStage.COMPLETED,
    ProjectStage.IN_USE,
)
"""The stages in their order, without those beside the way."""
STAGE_TONES: Final = {
    ProjectStage.HALTED: "late",
    ProjectStage.COMPLETED: "good",
    ProjectStage.IN_USE: "good",
    ProjectStage.BUILDING: "good",
}


class Kind(TextChoices):
    """What a project is for."""

    INDUSTRY = "INDUSTRY", pgettext_lazy("project", "产业")
    INFRASTRUCTURE = "INFRASTRUCTURE", _("基础设施")
    LIVELIHOOD = "LIVELIHOOD", _("民生")
    REAL_ESTATE = "REAL_ESTATE", _("房地产")
    RENEWAL = "RENEWAL", _("城市更新")
    PREMISES = "PREMISES", _("楼宇载体")
    OTHER = "OTHER", _("其他")


class Nature(TextChoices):
    """How something comes about (统计制度“建设性质”)."""

    NEW = "NEW", pgettext_lazy("construction", "新建")
    EXTENSION = "EXTENSION", _("扩建")
    CONVERSION = "CONVERSION", _("改建")
    TECHNICAL = "TECHNICAL", _("技改")
    RELOCATION = "RELOCATION", _("迁建")
    RECOVERY = "RECOVERY", pgettext_lazy("construction", "恢复")
    PURCHASE = "PURCHASE", _("单纯购置")


class Level(TextChoices):
    """Whose yearly list a project is on; one project may be on several."""

    DISTRICT = "DISTRICT", _("区级")
    CITY = "CITY", _("市级")
    PROVINCE = "PROVINCE", _("省级")
    NATION = "NATION", _("国家级")

    @classmethod
    def highest(cls, levels: Iterable[str]) -> str:
        """The highest of some levels, "" of none."""
        return max(levels, key=LEVELS.index, default="")


LEVELS: Final = tuple(Level.values)
"""From the lowest to the highest."""


class ContractType(TextChoices):
    """What was signed; only a formal contract is a signature (handbook D3)."""

    FORMAL = "FORMAL", _("正式合同")
    FRAMEWORK = "FRAMEWORK", _("框架协议")
    INTENT = "INTENT", _("意向书")


class SiteBasis(TextChoices):
    """By what a project has its place."""

    LAND = "LAND", _("土地出让或划拨合同")
    LEASE = "LEASE", _("载体租赁或购买合同")


class StartBasis(TextChoices):
    """By what building may begin."""

    PERMIT = "PERMIT", _("施工许可证")
    EARLY = "EARLY", _("批准提前开工的文件")


class FirstWork(TextChoices):
    """What was done on the day given as the start; only permanent works are a start (handbook D2, D3)."""

    PERMANENT = "PERMANENT", _("永久性工程正式破土")
    CLEARING = "CLEARING", _("场地平整")
    TEMPORARY = "TEMPORARY", _("搭建临时建筑")
    CEREMONY = "CEREMONY", _("开工仪式")


class Duty(TextChoices):
    """What an organisation does for all projects."""

    CONFIRM = "CONFIRM", _("确认项目阶段和计划")
    STATISTICS = "STATISTICS", _("确认入库纳统")


class ZoneKind(TextChoices):
    """Is a zone being built, or planned?"""

    MAIN = "MAIN", _("主要片区")
    PLANNED = "PLANNED", _("谋划新片区")


class CompletionProgress(TextChoices):
    """How far the completion of a project is that the year plans, or has."""

    DONE = "DONE", _("已竣工")
    OPEN = "OPEN", _("待竣工")
    LATE = "LATE", _("逾期未竣工")


class MilestoneKey(TextChoices):
    """The days by which a project is followed (handbook D2)."""

    PLANNING = "PLANNING", _("策划")
    SIGNING = "SIGNING", _("签约")
    REGISTRATION = "REGISTRATION", _("注册")
    APPROVAL = "APPROVAL", _("立项")
    LAND = "LAND", _("用地")
    PLANNING_PERMIT = "PLANNING_PERMIT", _("规划许可")
    BUILDING_PERMIT = "BUILDING_PERMIT", _("施工许可")
    START = "START", _("开工")
    TOPPING_OUT = "TOPPING_OUT", _("主体封顶")
    ACCEPTANCE = "ACCEPTANCE", _("竣工验收")
    USE = "USE", _("投用")
    STATISTICS = "STATISTICS", _("纳统")


class ReturnState(TextChoices):
    """Where the return of a month is."""

    REPORTED = "REPORTED", _("已报送")
    SENT_BACK = "SENT_BACK", _("退回更正")
    REVIEWED = "REVIEWED", _("已审核")


class Light(TextChoices):
    """How a project keeps up with its plan (亮灯)."""

    GREEN = "GREEN", _("绿灯")
    YELLOW = "YELLOW", _("黄灯")
    RED = "RED", _("红灯")
    NONE = "NONE", _("未亮灯")


LIGHTS_RULE: Final = "projects.lights"
"""Code of the dated rule that says how far behind which light is lit."""
LIGHT_TONES: Final = {Light.GREEN: "good", Light.YELLOW: "soon", Light.RED: "late", Light.NONE: "neutral"}


class Batch(TextChoices):
    """三个一批: what a campaign wants of a project. One project may move through all three and counts once in each."""

    SIGN = "SIGN", _("签约一批")
    LAND = "LAND", _("落地一批")
    START = "START", _("开工一批")


BATCH_STEPS: Final = {Batch.SIGN: "sign", Batch.LAND: "land", Batch.START: "start"}
"""The step by which an item of a batch is achieved; to resume, though it may lead to the same stage, is none (handbook D3)."""
WITHDRAW: Final = "withdraw"
"""The step by which a project leaves everything."""


class ChangeKind(TextChoices):
    """How a project of a year's list differs between two days."""

    ADDED = "ADDED", pgettext_lazy("list", "新增")
    REMOVED = "REMOVED", pgettext_lazy("list", "移出")
    LEVEL = "LEVEL", _("级别变化")
    RENAMED = "RENAMED", pgettext_lazy("list", "更名")
    REPLANNED = "REPLANNED", _("计划调整")
    PROFILE = "PROFILE", _("信息变更")
    STAGE = "STAGE", _("阶段变化")
    LATER = "LATER", _("节点推迟")
    EARLIER = "EARLIER", _("节点提前")


CHANGE_TONES: Final = {
    ChangeKind.ADDED: "good",
    ChangeKind.REMOVED: "late",
    ChangeKind.REPLANNED: "soon",
    ChangeKind.PROFILE: "soon",
    ChangeKind.LATER: "late",
    ChangeKind.EARLIER: "good",
}
