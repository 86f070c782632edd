"""What else changes when a project takes a step."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.projects import books
from shoushan.apps.projects.enums.permits import OPEN_PERMITS
from shoushan.apps.projects.lifecycle.permits import PERMITS
from shoushan.apps.projects.models import FormerProjectCode, FormerProjectName, ListMembership, Project, ProjectProfile
from shoushan.apps.projects.selectors import codes
from shoushan.directory.actors import actor_code
from shoushan.directory.models import Organisation
from shoushan.lib import project_codes, texts
from shoushan.lib.languages import official
from shoushan.lifecycle.declarations import Occasion
from shoushan.lifecycle.services import advance
from shoushan.registry.selectors import match_enterprises

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from shoushan.directory.models import User


def started(project: Project, occasion: Occasion) -> None:
    """The day of its start; a permit that was granted here gives its number."""
    project.started_on = occasion.on
    cited = occasion.values.get("permit_record")
    if cited and not occasion.values.get("start_document"):
        project.start_document = project.permits.get(code=cited).document_no[:60]


def completed(project: Project, occasion: Occasion) -> None:
    """The day of its acceptance."""
    project.completed_on = occasion.on


def part_removed(project: Project, occasion: Occasion) -> None:
    """One of its works is none any more from that day on."""
    project.parts.filter(pk=int(occasion.values["part"])).update(until=occasion.on)


def problem_of_part(project: Project, occasion: Occasion) -> str:
    """Why a part can't be removed on a day: it came later."""
    part = project.parts.filter(pk=int(occasion.values.get("part") or 0)).first()
    if part is None or occasion.on > part.since:
        return ""
    words = {"day": part.since.isoformat()}
    return _("子项自 %(day)s 列入，移出日期应在这一天以后，请核对。") % words


def lists_in_force(project: Project, on: date) -> QuerySet[ListMembership]:
    """The lists of a day's year and later ones on which it is."""
    return project.memberships.filter(until__isnull=True, year__gte=on.year)


def off_the_lists(project: Project, occasion: Occasion) -> None:
    """It leaves the lists that are in force."""
    for membership in lists_in_force(project, occasion.on):
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


PROFILE: Final = ("kind", "owner_name", "site", "content", "lead_id", "sponsor", "service_officer")
"""What a profile keeps of a project itself."""


def keep_profile(project: Project, *, on: date, at: datetime, actor: User | None, reason: str) -> None:
    """What the project says of itself from a day on, where that is something else than before."""
    newest = project.profiles.last()
    said = {name: getattr(project, name) for name in PROFILE}
    if newest is not None and said == {name: getattr(newest, name) for name in PROFILE}:
        return
    ProjectProfile.objects.create(
        project=project,
        since=max(on, newest.since) if newest else on,
        reason=reason[:500] if newest else "",
        entered_at=at,
        entered_by=actor,
        **said,
    )


def adjusted(project: Project, occasion: Occasion) -> None:
    """Whose it is, where and what, of which kind, and who leads it, from a day on."""
    lead = occasion.values.get("lead_code")
    if lead:
        project.lead = Organisation.objects.get(code=lead)
    if occasion.values.get("owner_name"):
        project.owner_name = project.owner_name[:120]
        found = match_enterprises(usccs=[None], name_keys=[texts.match_key(project.owner_name)])[0].enterprise
        project.owner_id = found.id if found else None
    keep_profile(project, on=occasion.on, at=occasion.at, actor=occasion.actor, reason=occasion.reason)


def problem_of_adjustment(project: Project, occasion: Occasion) -> str:
    """Why an adjustment can't stand: it changes nothing, or is older than what is known."""
    said = dict(occasion.values)
    if not said:
        return ""
    said["lead_id"] = project.lead_id
    if said.get("lead_code"):
        said["lead_id"] = Organisation.objects.get(code=said["lead_code"]).pk
    if all(said.get(name) in {None, getattr(project, name)} for name in PROFILE):
        return _("没有任何变动，请填写要调整的内容。")
    newest = project.profiles.last()
    if newest is not None and occasion.on < newest.since:
        day = newest.since.isoformat()
        return _("调整日期早于现有内容的起始日 %(day)s，请核对日期。") % {"day": day}
    return ""


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
