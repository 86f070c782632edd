"""Looking for enterprises and applications."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption.selectors.applications import application_rows, visible_applications
from shoushan.apps.resumption.selectors.contacts import REPRESENT, enterprises_of
from shoushan.directory.access import area_scope, has_permission
from shoushan.directory.models import User
from shoushan.registry.models import Enterprise
from shoushan.registry.selectors import named
from shoushan.ui.search import MOST, Finder, Hit

LEDGER: Final = "resumption.view_ledger"


def _enterprises(reader: User, text: str, on: date) -> list[Hit]:
    """Enterprises of the reader's areas; contacts find those for which they speak."""
    found: QuerySet[Enterprise]
    if areas := area_scope(reader, LEDGER, on=on):
        found = Enterprise.objects.within(areas)
    elif has_permission(reader, REPRESENT, on=on):
        found = enterprises_of(reader)
    else:
        return []
    rows = named(found, text).prefetch_related("former_names").order_by("name_key", "pk")[:MOST]
    return [
        Hit(title=each.name, address=reverse("resumption:enterprise-detail", args=[each.code]), note=_note(each))
        for each in rows
    ]


def _note(enterprise: Enterprise) -> str:
    """Credit code and former names."""
    former = "、".join(each.name for each in enterprise.former_names.all())
    return " ".join(filter(None, [enterprise.uscc, f"曾用名 {former}" if former else ""]))


def _applications(reader: User, text: str, on: date) -> list[Hit]:
    rows = application_rows(visible_applications(reader, on=on), text=text)[:MOST]
    return [
        Hit(
            title=each.enterprise.name,
            address=reverse("resumption:application-detail", args=[each.code]),
            note=each.code,
        )
        for each in rows
    ]


FINDERS: Final = (
    Finder(code="resumption.find_enterprises", label=_("企业"), find=_enterprises),
    Finder(code="resumption.find_applications", label=_("复工申请"), find=_applications),
)
