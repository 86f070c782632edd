"""What a new version of the check list would change for applications that still wait for their check on site."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from shoushan.apps.resumption.enums.applications import ApplicationState, MeasureState
from shoushan.apps.resumption.models import Application
from shoushan.lifecycle.policies import Change, Row
from shoushan.lifecycle.selectors import rule_in_force

CODE: Final = "resumption.check_list"
TO_BE_CHECKED: Final = (ApplicationState.SUBMITTED, ApplicationState.ACCEPTED, ApplicationState.RECTIFYING)

Items = dict[str, tuple[str, str]]
"""Code of an item: its text and standard."""


def changes_of_check_list(rows: Sequence[Row], valid_from: date, area_code: str) -> list[Change]:
    """Applications of the area whose measures that still wait would be checked by other items; passed ones stay passed."""
    found = rule_in_force(CODE, on=valid_from, area=area_code)
    now = found.rows if found else []
    waiting = Application.objects.filter(state__in=TO_BE_CHECKED, area_code__startswith=area_code)
    changes = []
    for each in waiting.select_related("enterprise").prefetch_related("measures").order_by("code"):
        passed = {standing.measure for standing in each.measures.all() if standing.state == MeasureState.PASSED}
        before, after = _items(now, passed), _items(rows, passed)
        if before != after:
            title = f"{each.code} {each.enterprise.name}"
            counted = _("待核验 %(count)d 项") % {"count": len(before)}
            changes.append(Change(each.subject, title, counted, _told(before, after)))
    return changes


def _items(rows: Sequence[Mapping[str, Any]], passed: Collection[str]) -> Items:
    return {row["code"]: (row["text"], row["standard"]) for row in rows if row["measure"] not in passed}


def _told(before: Items, after: Items) -> str:
    """How many items there would be, and which are new, changed and gone."""
    parts = (
        (_("新增 %(codes)s"), sorted(after.keys() - before.keys())),
        (_("改变 %(codes)s"), sorted(code for code in after.keys() & before.keys() if after[code] != before[code])),
        (_("取消 %(codes)s"), sorted(before.keys() - after.keys())),
    )
    words = [sentence % {"codes": _("、").join(codes)} for sentence, codes in parts if codes]
    return _("待核验 %(count)d 项（%(what)s）") % {"count": len(after), "what": _("；").join(words)}
