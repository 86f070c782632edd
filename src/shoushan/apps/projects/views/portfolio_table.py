"""The rows of the table of a portfolio, which the list and the page of a zone show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from typing import Any, Final

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from shoushan.apps.projects.enums.projects import LIGHT_TONES, Level, Light
from shoushan.apps.projects.lifecycle import PROJECTS
from shoushan.apps.projects.models import Project
from shoushan.apps.projects.selectors import portfolio as questions
from shoushan.apps.projects.selectors.obstacles import open_counts
from shoushan.apps.projects.selectors.returns import older_than_due
from shoushan.directory.models import User
from shoushan.lifecycle.templatetags.steps import pick, steps_for
from shoushan.ui.templatetags.ui import badge, number, yi

_ROW: Final = """
<tr>
  <th scope="row" class="name-column" lang="zh-Hans">{}<a href="{}">{}</a></th>
  <td class="nowrap">{}</td><td class="nowrap" lang="zh-Hans">{}</td>
  <td class="nowrap">{}</td><td class="nowrap">{}</td>
  <td class="numeric">{}</td><td class="numeric">{}</td><td class="numeric">{}</td>
  <td class="numeric">{}</td><td class="numeric">{}</td><td class="numeric">{}</td>
  <td class="nowrap" lang="zh-Hans">{}</td>
</tr>"""
"""One project. Filled here and not by a template, whose fifty rows of twelve cells took a third of the page's time."""


def portfolio_rows(found: Iterable[Any], names: Mapping[str, str], today: date, *, reader: User) -> SafeString:
    """The rows of these projects, with the box that chooses one where the reader may take a step of many."""
    shown = list(found)
    lights, counts = questions.Lights(on=today), open_counts([each.pk for each in shown])
    steps = steps_for(reader, Project.SUBJECT)
    before, _mark, after = reverse("projects:project-detail", args=["CODE"]).partition("CODE")
    levels = {level: escape(str(label)) for level, label in Level.choices} | {"": ""}
    states = {each.code: badge(each.label, each.tone) for each in PROJECTS.states}
    marks = {light: badge(light.label, LIGHT_TONES[light]) for light in Light}
    olds: dict[date | None, str] = {None: ""}
    lines = []
    for each in shown:
        standing, code = lights.standing(each), escape(each.code)
        if each.done_month not in olds:
            olds[each.done_month] = _old(each.done_month, today)
        line = _ROW.format(
            pick(steps, each.code),
            f"{before}{code}{after}",
            escape(each.name),
            levels[questions.level_of(each.level_rank)],
            escape(names.get(each.area_code, each.area_code)),
            states[each.state],
            marks[standing.light] + (olds[each.done_month] if standing.light != Light.NONE else ""),
            yi(each.plan_total),
            yi(each.plan_year),
            yi(each.done_year),
            number(standing.share, "%"),
            number(standing.ahead, places=1),
            _obstacles(*counts.get(each.pk, (0, 0))),
            escape(str(each.lead)),
        )
        lines.append(line)
    return mark_safe("".join(lines))  # noqa: S308 - every text was escaped, every mark comes from a tag


def older_month(month: date, today: date) -> str:
    """Of which month a light is, where that isn't the month that is due; else ""."""
    return _("%(month)d月") % {"month": month.month} if older_than_due(month, today) else ""


def _old(month: date, today: date) -> str:
    words = older_month(month, today)
    return f' <small class="text-secondary">· {escape(words)}</small>' if words else ""


def _obstacles(open_ones: int, red: int) -> str:
    return badge(open_ones, "late") if red else number(open_ones) if open_ones else "—"
