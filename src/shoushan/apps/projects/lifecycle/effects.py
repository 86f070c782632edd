"""What else changes when a project takes a step."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.apps.projects import books
from shoushan.apps.projects.models import FormerProjectName, Project, ProjectProfile
from shoushan.directory.actors import actor_code
from shoushan.directory.models import Organisation
from shoushan.lib import texts
from shoushan.lifecycle.declarations import Occasion
from shoushan.registry.selectors import match_enterprises

if TYPE_CHECKING:
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


def withdrawn(project: Project, occasion: Occasion) -> None:
    """It leaves the lists that are in force."""
    for membership in project.memberships.filter(until__isnull=True, year__gte=occasion.on.year):
        membership.until = max(membership.since, occasion.on)
        membership.save(update_fields=["until"])


def counted(project: Project, occasion: Occasion) -> None:
    """The figures of the year know of it."""
    books.sync([project.pk], at=occasion.at, actor=actor_code(occasion.actor))


PROFILE: Final = ("kind", "owner_name", "site", "content", "lead_id", "sponsor", "service_officer")
"""What a profile keeps of a project itself."""
LONGEST: Final = {
    "owner_name": (gettext_lazy("建设单位"), 120),
    "sponsor": (gettext_lazy("包挂领导"), 60),
    "service_officer": (gettext_lazy("服务专员"), 60),
}
"""Names that are shorter than a step's texts may be."""


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
    for name, (label, most) in LONGEST.items():
        length = len(said.get(name) or "")
        if length > most:
            words: dict[str, Any] = {"label": label, "most": most, "length": length}
            return _("“%(label)s”最多 %(most)d 字，现在有 %(length)d 字，请精简。") % words
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
