"""Looking for projects, ideas, permits, zones and campaigns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.lifecycle import VIEW
from shoushan.apps.projects.models import Campaign, Idea, Permit, Project, Zone
from shoushan.apps.projects.selectors.names import project_like
from shoushan.directory.access import area_scope, visible
from shoushan.directory.models import User
from shoushan.lib import pinyin
from shoushan.registry.spelled import is_like
from shoushan.ui.search import MOST, Finder, Hit


def _projects(reader: User, text: str, on: date) -> list[Hit]:
    """Projects of the reader's areas by name, former name, spelling, code or owner."""
    found = visible(Project.objects.filter(project_like(text)), user=reader, permission=VIEW, on=on)
    return [
        Hit(title=each.name, address=reverse("projects:project-detail", args=[each.code]), note=each.owner_name)
        for each in found.order_by("name_key", "pk")[:MOST]
    ]


def _ideas(reader: User, text: str, on: date) -> list[Hit]:
    """Ideas of the reader's areas by name, spelling or code."""
    wanted = is_like(text) | Q(code=text.upper())
    found = visible(Idea.objects.filter(wanted), user=reader, permission=VIEW, on=on)
    return [
        Hit(title=each.name, address=reverse("projects:idea-detail", args=[each.code]), note=each.code)
        for each in found.order_by("name_key", "pk")[:MOST]
    ]


def _permits(reader: User, text: str, on: date) -> list[Hit]:
    """Applications for permits of the reader's areas by their code or the number of the paper that was given."""
    wanted = Q(code=text.upper()) | Q(document_no=text)
    found = visible(Permit.objects.filter(wanted).select_related("project"), user=reader, permission=VIEW, on=on)
    return [
        Hit(
            title=f"{each.item_name}（{each.project.name}）",
            address=reverse("projects:permit-detail", args=[each.code]),
            note=each.document_no or each.code,
        )
        for each in found.order_by("pk")[:MOST]
    ]


def _zones(reader: User, text: str, on: date) -> list[Hit]:
    """Zones, for who sees projects somewhere; there are few."""
    return _named(reader, text, on, "projects:zone-detail", Zone.objects.all())


def _campaigns(reader: User, text: str, on: date) -> list[Hit]:
    """Campaigns, for who sees projects somewhere; there are few."""
    return _named(reader, text, on, "projects:campaign-room", Campaign.objects.all())


def _named(reader: User, text: str, on: date, page: str, found: Iterable[Any]) -> list[Hit]:
    if not area_scope(reader, VIEW, on=on):
        return []
    return [
        Hit(title=each.name, address=reverse(page, args=[each.code]), note=each.code)
        for each in found
        if pinyin.is_named(each.name, text) or each.code.upper() == text.upper()
    ][:MOST]


FINDERS: Final = (
    Finder(code="projects.find_projects", label=_("重点项目"), find=_projects),
    Finder(code="projects.find_ideas", label=_("项目策划"), find=_ideas),
    Finder(code="projects.find_permits", label=_("项目审批"), find=_permits),
    Finder(code="projects.find_zones", label=_("片区"), find=_zones),
    Finder(code="projects.find_campaigns", label=_("三个一批会战"), find=_campaigns),
)
