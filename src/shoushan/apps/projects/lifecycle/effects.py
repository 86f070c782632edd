"""What else changes when a project takes a step."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.projects import books
from shoushan.apps.projects.enums.permits import OPEN_PERMITS
from shoushan.apps.projects.lifecycle.permits import PERMITS
from shoushan.apps.projects.models import FormerProjectCode, FormerProjectName, Project
from shoushan.apps.projects.selectors import codes
from shoushan.directory.actors import actor_code
from shoushan.lib import project_codes, texts
from shoushan.lib.languages import official
from shoushan.lifecycle.declarations import Occasion
from shoushan.lifecycle.services import advance


def started(project: Project, occasion: Occasion) -> None:
    """The day of its start; a permit that was granted here gives its number."""
    project.started_on = occasion.on
    cited = occasion.values.get("permit_record")
    if cited and not occasion.values.get("start_document"):
        project.start_document = project.permits.get(code=cited).document_no[:60]


def completed(project: Project, occasion: Occasion) -> None:
    """The day of its acceptance."""
    project.completed_on = occasion.on


def withdrawn(project: Project, occasion: Occasion) -> None:
    """It leaves the lists that are in force."""
    for membership in project.memberships.filter(until__isnull=True, year__gte=occasion.on.year):
        membership.until = max(membership.since, occasion.on)
        membership.save(update_fields=["until"])


def left(project: Project, occasion: Occasion) -> None:
    """Nobody decides any more on what it applied for: open applications are closed, their clocks stand."""
    with official():
        reason = _("项目退出：%(reason)s") % {"reason": occasion.reason}
    open_ones = project.permits.filter(state__in=OPEN_PERMITS).order_by("pk")
    for pk, state_on in open_ones.values_list("pk", "state_on"):
        day = max(occasion.on, state_on)  # a step that was taken since stands
        advance(PERMITS, pk, "close", actor=None, at=occasion.at, on=day, reason=reason[:500])
    counted(project, occasion)


def counted(project: Project, occasion: Occasion) -> None:
    """The figures of the year know of it."""
    books.sync([project.pk], at=occasion.at, actor=actor_code(occasion.actor))


def problem_of_name(project: Project, name: str) -> str:
    """Why a project can't have a name: another has it, or had it."""
    key = texts.match_key(name)
    if not key:
        return ""
    others = Project.objects.exclude(pk=project.pk)
    taken = others.filter(name_key=key).first() or others.filter(former_names__name_key=key).first()
    return (
        _("“%(name)s”是%(code)s的名称，请核对是不是同一个项目。") % {"name": name, "code": taken.code} if taken else ""
    )


def renamed(project: Project, occasion: Occasion) -> None:
    """The name until now stays known."""
    FormerProjectName.objects.create(project=project, name=project.name, name_key=project.name_key, until=occasion.on)
    project.name = occasion.values["new_name"]
    project.name_key = texts.match_key(project.name)


def problem_of_code(project: Project, code: str, occasion: Occasion) -> str:
    """Why a project can't have a national code."""
    code = project_codes.clean(code)
    if not code:
        return ""
    if problem := codes.problem_of_code(code, on=timezone.localtime(occasion.at).date()):
        return problem
    words = {"code": code}
    if code == project.project_code:
        return _("现在的统一代码就是 %(code)s。") % words
    if project.former_codes.filter(code=code).exists():
        return _("%(code)s是这个项目曾用的统一代码，请核对新代码。") % words
    taken = codes.taken_by(code, other_than=project)
    return _("%(code)s是“%(name)s”的统一代码，请核对代码。") % {**words, "name": taken.name} if taken else ""


def recoded(project: Project, occasion: Occasion) -> None:
    """The code until now stays known."""
    if project.project_code:
        FormerProjectCode.objects.create(project=project, code=project.project_code, until=occasion.on)
    project.project_code = project_codes.clean(occasion.values["new_code"])
