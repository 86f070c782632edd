"""Looking for matters."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from shoushan.casework import selectors
from shoushan.casework.lifecycle.access import VIEW
from shoushan.casework.views.work import page_of
from shoushan.directory.access import has_permission
from shoushan.directory.models import User
from shoushan.ui.search import MOST, Finder, Hit


def _matters(reader: User, text: str, on: date) -> list[Hit]:
    if not has_permission(reader, VIEW, on=on):
        return []
    found = selectors.visible_matters(reader, on=on)
    rows = selectors.matter_rows(found, user=reader, on=on, show=selectors.ALL, q=text)[:MOST]
    return [
        Hit(title=f"{each.about_name}：{each.text[:40]}", address=page_of(each.code), note=each.code) for each in rows
    ]


MATTERS: Final = Finder(code="casework.matters", label=_("诉求"), find=_matters)
