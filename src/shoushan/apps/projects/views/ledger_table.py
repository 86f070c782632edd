"""The rows of a portfolio in the layout of 重点项目清单 (handbook D4)."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any, Final

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from shoushan.apps.projects.enums.projects import Level
from shoushan.apps.projects.selectors.ledger_table import PlanWords, plan_words
from shoushan.apps.projects.selectors.portfolio import level_of
from shoushan.ui.templatetags.ui import number, yi

LEDGER: Final = "ledger"
"""As the address names the layout: `?layout=ledger`."""
_ROW: Final = """
<tr>
  <td class="numeric stuck">{}</td>
  <th scope="row" class="name-column" lang="zh-Hans"><a href="{}">{}</a></th>
  <td class="nowrap">{}</td><td class="name-column" lang="zh-Hans">{}</td><td class="name-column" lang="zh-Hans">{}</td>
  <td class="words-column" lang="zh-Hans">{}</td><td class="nowrap">{}</td>
  <td class="numeric">{}</td><td class="numeric">{}</td><td class="numeric">{}</td>
  <td class="words-column" lang="zh-Hans">{}</td>
  <td class="nowrap" lang="zh-Hans">{}</td><td class="nowrap" lang="zh-Hans">{}</td><td class="nowrap" lang="zh-Hans">{}</td>
  <td class="words-column" lang="zh-Hans">{}</td>
</tr>"""
_NOTHING: Final = PlanWords(0, "")


def ledger_rows(found: Iterable[Any], year: int, *, first: int) -> SafeString:
    """The rows of these projects, numbered from the place of the page's first."""
    shown = list(found)
    plans = plan_words([each.pk for each in shown], year)
    before, _code, after = reverse("projects:project-detail", args=["CODE"]).partition("CODE")
    levels = {level: escape(str(label)) for level, label in Level.choices} | {"": ""}
    lines = []
    for place, each in enumerate(shown, first):
        plan = plans.get(each.pk)
        words = plan or _NOTHING
        line = _ROW.format(
            number(place),
            f"{before}{escape(each.code)}{after}",
            escape(each.name),
            levels[level_of(each.level_rank)],
            *map(escape, (each.owner_name, each.site, each.content)),
            f"{each.start_year}-{each.end_year}" if plan else "—",
            yi(each.plan_total),
            yi(words.done_before_fen if plan else None),
            yi(each.plan_year),
            escape(words.year_content) or "—",
            escape(str(each.lead)),
            *(escape(text) or "—" for text in (each.sponsor, each.service_officer, each.note)),
        )
        lines.append(line)
    return mark_safe("".join(lines))  # noqa: S308 - every text was escaped
