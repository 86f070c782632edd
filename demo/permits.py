"""Tells the permits of some projects as records, once: `python -m demo.permits`, after the campaign. Days and numbers are synthetic."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime, timedelta
from typing import Any, Final

MARCH_2: Final = date(2020, 3, 2)
DONE_STAGES: Final = ("LAND", "WORKS")
ASKED: Final = "PROJECT_APPROVAL"


def main() -> int:
    """The permits in a transaction of their own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoushan.config.settings")
    import django

    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from shoushan.apps.projects.models import Permit, Project

    if Permit.objects.exists():
        print("项目审批事项已在库中。")
        return 0
    if not Project.objects.exists():
        print("请先导入重点项目清单。")
        return 1
    with transaction.atomic():  # noqa: TID251 - all of it or none
        made = _tell(timezone.now() - timedelta(days=12))  # noqa: TID251 - a command of its own
    print(f"项目审批事项：{made} 件。")
    return 0


def _tell(lately: datetime) -> int:
    from shoushan.apps.projects.models import Permit, Project

    waiting = list(Project.objects.filter(state__in=("PREPARATION", "STARTED", "LANDED")).order_by("pk")[:9])
    for number, project in enumerate(waiting):
        _before(project, number)
        _milestones(project, number)
        if number % 3 == 0:
            _ahead(project, lately)
        elif number % 3 == 1:
            _lacking(project, lately)
    return Permit.objects.count()


def _milestones(project: Any, number: int) -> None:
    """The days by which a project is followed; every third is expected later than planned."""
    from demo import ifc
    from shoushan.apps.projects.services import set_milestone
    from shoushan.directory.models import User

    lead = User.objects.filter(organisation=project.lead_id).order_by("pk").first()
    if lead is None:
        return
    for place, key in enumerate(("BUILDING_PERMIT", "START", "TOPPING_OUT", "ACCEPTANCE")):
        planned = MARCH_2 + timedelta(days=30 + 150 * place)
        later = planned + timedelta(days=40) if number % 3 == 0 and place > 1 else None
        values = {"planned_on": planned, "forecast_on": later, "actual_on": planned if place == 0 else None}
        at = ifc.moment(MARCH_2, 17) if place else ifc.moment(planned, 17)
        set_milestone(project=project, key=key, values=values, reason="", actor=lead, at=at)


def _rows() -> list[Any]:
    from shoushan.apps.projects.selectors.permits import permit_rows

    return permit_rows(on=MARCH_2)


def _before(project: Any, number: int) -> None:
    """The first stages in the first weeks of March: decided by the authority, one of them late, one after a pause."""
    from demo import ifc

    for place, row in enumerate(each for each in _rows() if each.stage in DONE_STAGES and each.is_required):
        if number % 3 == 0 and row.stage == "WORKS":
            continue
        day = MARCH_2 + timedelta(days=3 * place)
        at = ifc.moment(day, 10)
        permit = _apply(project, row.code, at)
        _take(permit, "accept", at, on=day.isoformat())
        if row.code == ASKED and number % 2:
            _take(permit, "ask_more", ifc.moment(day + timedelta(days=1), 10), reason="请补充资金来源说明。")
            _take(permit, "go_on", ifc.moment(day + timedelta(days=4), 10))
        last = day + timedelta(days=16 if (number, row.code) == (4, "LAND_PERMIT") else 4)
        words = {"on": last.isoformat(), "document_no": f"历审{project.code[-4:]}-{place + 1}号"}
        _take(permit, "grant", ifc.moment(last, 15), **words)


def _ahead(project: Any, lately: datetime) -> None:
    """Started on land delivery: planning and building permits side by side, these days."""
    for code in ("DESIGN_REVIEW", "WORKS_PERMIT", "BUILDING_PERMIT"):
        permit = _apply(project, code, lately)
        if code != "BUILDING_PERMIT":
            _take(permit, "accept", lately, on=_day(lately))


def _lacking(project: Any, lately: datetime) -> None:
    """Accepted without a document, whose day has passed."""
    permit = _apply(project, "DRAWING_REVIEW", lately)
    due = _day(lately + timedelta(days=7))
    words = {"on": _day(lately), "missing_names": "勘察单位资质证明\n消防设计专篇", "missing_due": due}
    _take(permit, "accept_lacking", lately, **words)
    _take(permit, "make_good", lately + timedelta(days=5), missing_document="1")
    _take(permit, "ask_more", lately + timedelta(days=6), reason="请按审查意见修改图纸后再报。")


def _day(at: datetime) -> str:
    """The day of a moment in the district."""
    from django.utils import timezone

    return timezone.localdate(at).isoformat()


def _apply(project: Any, code: str, at: datetime) -> Any:
    from shoushan.apps.projects.services.permits import apply_permit

    return apply_permit(project=project, item=code, on=date.fromisoformat(_day(at)), actor=None, at=at)


def _take(permit: Any, name: str, at: datetime, *, reason: str = "", **values: Any) -> Any:
    """By the program itself: the accounts of the authorities are not all there."""
    from demo.campaign import _paper
    from shoushan.apps.projects.lifecycle import PERMITS
    from shoushan.lifecycle.services import advance

    files = {"paper": [_paper("证书", permit)]} if name == "grant" else {}
    return advance(PERMITS, permit.pk, name, actor=None, at=at, values=values, files=files, reason=reason)


if __name__ == "__main__":
    sys.exit(main())
