"""Looking for projects."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.lifecycle import VIEW
from shoushan.apps.projects.models import Project
from shoushan.directory import scopes
from shoushan.directory.access import area_scope
from shoushan.directory.models import User
from shoushan.lib import texts
from shoushan.ui.search import MOST, Finder, Hit


def _projects(reader: User, text: str, on: date) -> list[Hit]:
    """Projects of the reader's areas by name, former name, code or owner."""
    areas = area_scope(reader, VIEW, on=on)
    key = texts.match_key(text)
    if not areas or not key:
        return []
    named = Q(name_key__contains=key) | Q(former_names__name_key__contains=key) | Q(owner_name__contains=text)
    coded = Q(code=text.upper()) | Q(project_code=text.upper())
    found = Project.objects.filter(scopes.within_any(areas, "area_code")).filter(named | coded).distinct()
    return [
        Hit(title=each.name, address=reverse("projects:project-detail", args=[each.code]), note=each.owner_name)
        for each in found.order_by("name_key", "pk")[:MOST]
    ]


FINDERS: Final = (Finder(code="projects.find_projects", label=_("重点项目"), find=_projects),)
