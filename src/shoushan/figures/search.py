"""Looking for figures and releases."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shoushan.directory.access import has_permission
from shoushan.directory.models import User
from shoushan.figures.measures import all_measures
from shoushan.figures.models import Release
from shoushan.lib import pinyin
from shoushan.lib.languages import official
from shoushan.ui.search import MOST, Finder, Hit


def _measures(reader: User, text: str, on: date) -> list[Hit]:
    """Measures by their official name, its spelling or their code."""
    if not has_permission(reader, "figures.view_figure", on=on):
        return []
    with official():
        names = {code: str(each.name) for code, each in all_measures().items()}
    found = [code for code, name in names.items() if text.lower() in code or pinyin.is_named(name, text)]
    return [
        Hit(title=all_measures()[code].name, address=reverse("figures:receipt", args=[code]), note=code, is_name=False)
        for code in found[:MOST]
    ]


def _releases(reader: User, text: str, on: date) -> list[Hit]:
    if not has_permission(reader, "figures.view_release", on=on):
        return []
    rows = Release.objects.filter(title__icontains=text) | Release.objects.filter(number__icontains=text)
    return [
        Hit(title=each.title, address=reverse("figures:release-detail", args=[each.number]), note=each.number)
        for each in rows.order_by("-pk")[:MOST]
    ]


FINDERS: Final = (
    Finder(code="figures.measures", label=_("指标"), find=_measures),
    Finder(code="figures.releases", label=_("发布"), find=_releases),
)
