"""Vocabularies of applications, checks and permits."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ApplicationState(TextChoices):
    """The states of an application (handbook C4)."""

    DRAFT = "DRAFT", _("草稿")
    SUBMITTED = "SUBMITTED", _("已提交")
    INCOMPLETE = "INCOMPLETE", _("待补正")
    ACCEPTED = "ACCEPTED", _("已受理")
    RECTIFYING = "RECTIFYING", _("整改")
    CHECKED = "CHECKED", _("核验合格")
    APPROVED = "APPROVED", _("已批复")
    FILED = "FILED", _("已备案")
    REPORTED = "REPORTED", _("已报告")
    RESUMED = "RESUMED", _("已复工")
    FULL = "FULL", _("已达产")
    STOPPED = "STOPPED", _("停工")
    REFUSED = "REFUSED", _("不予同意")
    WITHDRAWN = "WITHDRAWN", _("已撤回")
    ENDED = "ENDED", _("已终止")


class Accommodation(TextChoices):
    """Where the staff live."""

    OWN_DORMITORY = "OWN_DORMITORY", _("自有宿舍")
    RENTED_HOTEL = "RENTED_HOTEL", _("租用酒店")
    HOME = "HOME", _("员工居家")
    SITE_QUARTERS = "SITE_QUARTERS", _("工地板房")


class MeasureState(TextChoices):
    """Where one of the four measures stands: each is judged by itself."""

    REVIEW = "REVIEW", _("待核验")
    REVISE = "REVISE", _("需整改")
    PASSED = "PASSED", _("到位")


class Party(TextChoices):
    """Who checks on site: both together (handbook C4)."""

    SUBDISTRICT = "SUBDISTRICT", _("街道")
    DEPARTMENT = "DEPARTMENT", _("行业主管部门")


class ItemResult(TextChoices):
    """What an inspector finds of one item of the check list."""

    PASSED = "PASSED", _("合格")
    FAILED = "FAILED", _("不合格")
    NOT_APPLICABLE = "NOT_APPLICABLE", _("不适用")


class ViolationState(TextChoices):
    """Where the report of a violation stands."""

    RECEIVED = "RECEIVED", _("待核实")
    FOUNDED = "FOUNDED", _("属实")
    UNFOUNDED = "UNFOUNDED", _("不属实")


MEASURE_TONES = {MeasureState.REVIEW: "soon", MeasureState.REVISE: "late", MeasureState.PASSED: "good"}
MEASURE_TRANSITIONS = {
    MeasureState.REVIEW: {MeasureState.REVISE, MeasureState.PASSED},
    MeasureState.REVISE: {MeasureState.REVIEW, MeasureState.PASSED},
    MeasureState.PASSED: {MeasureState.REVIEW, MeasureState.REVISE},
}
