"""What is to be done on site in work resumption: places to check, reports to look into, enterprises to visit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption import services
from shoushan.apps.resumption.lifecycle.applications import CHECK
from shoushan.apps.resumption.models import Violation
from shoushan.apps.resumption.selectors.applications import to_check
from shoushan.apps.resumption.selectors.difficulties import last_visits, served_by
from shoushan.deadlines.clock_pages import first_lines
from shoushan.directory.access import visible
from shoushan.directory.models import User
from shoushan.fieldwork.tasks import MOST, FieldWork, Task, form_address

Title = Callable[[Any], tuple[str, str]]
"""Asked with the record: whom it concerns, and where."""


def _tasks(records: Iterable[Any], title: Title, forms: list[tuple[Any, str]], at: datetime) -> list[Task]:
    """Records with a clock as tasks, what is due first at the top. `forms` are words and names of addresses."""
    found = list(records)
    clocks = first_lines([each.subject for each in found], at=at)
    tasks = []
    for each in found:
        (name, place), line = title(each), clocks.get(each.subject)
        due = {"due": line.left, "badge": line.badge, "tone": line.tone} if line else {}
        links = [(label, form_address(_address(step, each.code))) for label, step in forms]
        tasks.append(
            (line.clock.due_at if line else None, Task(code=each.code, title=name, place=place, forms=links, **due))
        )
    tasks.sort(key=lambda pair: (pair[0] is None, pair[0] or at))
    return [task for _due, task in tasks[:MOST]]


def _address(step: str, code: str) -> str:
    name, _slash, transition = step.partition("/")
    return reverse(f"resumption:{name}", args=[code, transition] if transition else [code])


def _checks(user: User, on: date, at: datetime) -> list[Task]:
    party = services.party_of(user, at=at)
    found = to_check(user, party=party, on=on).select_related("enterprise")[: 4 * MOST]
    return _tasks(found, lambda each: (each.enterprise.name, each.site), [(_("现场核验"), "application-check")], at)


def _violations(user: User, on: date, at: datetime) -> list[Task]:
    waiting = Violation.objects.filter(state="RECEIVED").select_related("permit__application__enterprise")
    found = visible(waiting, user=user, permission=CHECK, on=on).order_by("reported_at", "pk")[: 4 * MOST]
    forms = [(_("情况属实"), "violation-step/found_true"), (_("情况不属实"), "violation-step/found_untrue")]

    def title(each: Violation) -> tuple[str, str]:
        application = each.permit.application
        return f"{application.enterprise.name}：{each.text}", application.site

    return _tasks(found, title, forms, at)


def _visits(user: User, on: date, _at: datetime) -> list[Task]:
    if not user.may("resumption.record_visit"):
        return []
    enterprises = list(served_by(user, on=on)[:MOST])
    seen = last_visits(enterprises)
    return [
        Task(
            code=each.code,
            title=each.name,
            place=each.business_address or each.registered_address,
            forms=[(_("登记走访"), form_address(reverse("resumption:visit-create", args=[each.code])))],
            due=f"{seen[each.pk]:%Y-%m-%d}" if each.pk in seen else "",
        )
        for each in enterprises
    ]


FIELDWORK: Final = (
    FieldWork(code="resumption.checks", label=_("复工现场核验"), find=_checks),
    FieldWork(code="resumption.violations", label=_("违规举报查实"), find=_violations),
    FieldWork(code="resumption.visits", label=_("我服务的企业"), find=_visits),
)
