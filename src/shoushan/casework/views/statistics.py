"""How the organisations do: closed in time, satisfied, each a question to the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shoushan.casework.kinds import MatterKind, all_kinds
from shoushan.casework.lifecycle.access import VIEW_AREA
from shoushan.directory.access import AuthenticatedRequest, area_scope, has_permission, requires
from shoushan.figures.measures import all_measures
from shoushan.figures.values import Figure, evaluate
from shoushan.ui.widgets import DayInput


class DayForm(forms.Form):
    """As of which day."""

    as_of = forms.DateField(label=_("截至日期"), required=False, widget=DayInput())


@require_safe
@requires(VIEW_AREA)
def statistics(request: AuthenticatedRequest) -> HttpResponse:
    """Of every kind of matter: the totals, and by organisation what fell due and what was evaluated."""
    today = timezone.localdate()
    form = DayForm(request.GET)
    as_of = (form.cleaned_data["as_of"] if form.is_valid() else None) or today
    areas = area_scope(request.user, VIEW_AREA, on=today)
    shown = [_of_kind(kind, as_of, areas) for kind in all_kinds() if kind.measures]
    may_open = has_permission(request.user, "figures.view_figure", on=today)
    context = {"form": form, "as_of": as_of, "kinds": shown, "may_open": may_open}
    return render(request, "casework/statistics.html", context)


def _of_kind(kind: MatterKind, as_of: date, areas: tuple[str, ...]) -> dict[str, Any]:
    figures = {
        name: evaluate(all_measures()[f"{kind.measures}_{name}"], as_of=as_of, areas=areas, by="category")
        for name in ("received", "open", "closed_rate", "on_time_rate", "satisfied_rate")
    }
    return {"kind": kind, "figures": figures, "lines": _lines(figures["on_time_rate"], figures["satisfied_rate"])}


def _lines(on_time: Figure, satisfied: Figure) -> list[dict[str, Any]]:
    """One line for each organisation that anything fell due or was evaluated of."""
    lines: dict[str, dict[str, Any]] = {}
    for name, figure in (("on_time", on_time), ("satisfied", satisfied)):
        for part in figure.parts:
            lines.setdefault(part.key, {"name": part.name, "key": part.key})[name] = part
    return list(lines.values())
