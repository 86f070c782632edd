"""Looking for pages and areas, and the things that somebody worked on last."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from shoushan.directory.models import User
from shoushan.directory.selectors import area_names
from shoushan.figures.naming import subject_names
from shoushan.lib import pinyin
from shoushan.lib.languages import official
from shoushan.lifecycle.models import Step
from shoushan.ui.navigation import visible_items
from shoushan.ui.search import MOST, Finder, Hit
from shoushan.ui.subjects import links

SUBDISTRICT: Final = 9


def _pages(reader: User, text: str, _on: date) -> list[Hit]:
    """Pages of the navigation that the reader may open, by their name in Chinese, its spelling, or in their language."""
    items = visible_items(reader.may)
    with official():
        names = [str(item.label) for item in items]
    return [
        Hit(title=item.label, address=reverse(item.url_name), is_name=False)
        for item, name in zip(items, names, strict=True)
        if pinyin.is_named(name, text) or text.lower() in str(item.label).lower()
    ][:MOST]


def _areas(reader: User, text: str, on: date) -> list[Hit]:
    """Subdistricts, as the ledger of their enterprises; communities and grids as the one above them."""
    if not reader.may("resumption.view_ledger"):
        return []
    found = [(code, name) for code, name in area_names(on=on).items() if len(code) >= SUBDISTRICT]
    return [
        Hit(title=name, address=f"{_ledger()}?area={code[:SUBDISTRICT]}", note=code)
        for code, name in found
        if pinyin.is_named(name, text) or code == text
    ][:MOST]


def _ledger() -> str:
    try:
        return reverse("resumption:ledger")
    except NoReverseMatch:  # an installation without work resumption
        return ""


FINDERS: Final = (
    Finder(code="portal.pages", label=_("页面"), find=_pages),
    Finder(code="portal.areas", label=_("辖区"), find=_areas),
)


def recent(reader: User, *, on: date) -> list[Hit]:
    """The records on which the reader took the last steps and which they may still open, the newest first, each once."""
    steps = Step.objects.filter(actor=reader).order_by("-taken_at", "-pk").values_list("subject", flat=True)[:60]
    subjects = list(dict.fromkeys(steps))
    addresses = links(reader, subjects, on=on)
    shown = [each for each in subjects if each in addresses][:MOST]
    names = subject_names(shown)
    return [Hit(title=names[each], address=addresses[each], note=each.partition(":")[2]) for each in shown]
