"""Zones: what their projects add up to as a table and on maps; one zone; entering, changing and drawing one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shoushan.apps.projects.forms.zones import TOTAL, OutlineForm, ZoneFilter, ZoneForm
from shoushan.apps.projects.lifecycle import CONFIRM, IDEAS, VIEW, check_duty
from shoushan.apps.projects.models import Zone, ZoneOutline
from shoushan.apps.projects.selectors import pool
from shoushan.apps.projects.selectors import portfolio as questions
from shoushan.apps.projects.selectors import zones as sums
from shoushan.apps.projects.selectors.zone_map import Drawn, zone_map
from shoushan.apps.projects.services import zones as services
from shoushan.apps.projects.views.portfolio_table import portfolio_rows
from shoushan.apps.projects.views.projects import portfolio_page
from shoushan.directory import scopes
from shoushan.directory.access import AuthenticatedRequest, NotAllowedError, area_scope, requires
from shoushan.directory.enums import AreaLevel
from shoushan.directory.selectors import area_names
from shoushan.directory.tiles import Value, short_name, tile_map
from shoushan.lib.money import from_fen, rounded
from shoushan.lib.outlines import area_sqm, as_geojson
from shoushan.lifecycle.form_pages import form_page

IDEAS_SHOWN = 20


def _asked(request: AuthenticatedRequest) -> tuple[ZoneFilter, date]:
    """What the address asks for; the newest day that the portfolio shows where it names none."""
    form, today = ZoneFilter(request.GET), timezone.localdate()
    asked: date | None = form.cleaned_data["as_of"] if form.is_valid() else None
    day = asked or questions.newest_day(questions.year_of("", today), today)
    if form.is_valid():
        form.data = request.GET.dict() | {"as_of": day.isoformat()}
    return form, day


@require_safe
@requires(VIEW)
def zone_list(request: AuthenticatedRequest) -> HttpResponse:
    """Every zone with the sums of its projects as of a day, what lies in none, and both maps; within what the reader may see."""
    form, as_of = _asked(request)
    areas = area_scope(request.user, VIEW, on=timezone.localdate())
    survey = sums.survey(as_of=as_of, areas=areas)
    drawn = sums.newest_outlines([line.zone for line in survey.lines])
    by = form.cleaned_data.get("by", "") if form.is_valid() else ""
    names = _names(survey, areas)
    values = {code: _value(each, by) for code, each in survey.areas.items()}
    shown = [(line, drawn[line.zone.pk]) for line in survey.lines if line.zone.pk in drawn]
    context = {
        "form": form,
        "as_of": as_of,
        "unit": "亿元" if by == TOTAL else "个",
        "survey": survey,
        "undrawn": [line.zone for line in survey.lines if line.zone.pk not in drawn],
        "map": zone_map([Drawn(line.number, line.zone, outline, _value(line.sums, by)) for line, outline in shown]),
        "tiles": tile_map(settings.DISTRICT_CODE, {code: short_name(name) for code, name in names.items()}, values),
        "areas": [(code, name, survey.areas.get(code, sums.Sums(as_of))) for code, name in names.items()],
        "may_manage": _may_manage(request),
    }
    return render(request, "projects/zone_list.html", context)


def _names(survey: sums.Survey, areas: tuple[str, ...]) -> dict[str, str]:
    """The subdistricts that the reader may see; one that was closed is left out unless the day counts something in it."""
    there = area_names(on=survey.whole.as_of, level=AreaLevel.SUBDISTRICT)
    names = {code: name for code, name in there.items() if scopes.meets(areas, code)}
    closed = survey.areas.keys() - names.keys()
    ever = area_names(level=AreaLevel.SUBDISTRICT) if closed else {}
    return names | {code: ever.get(code, code) for code in sorted(closed)}


def _value(found: sums.Sums, by: str) -> Value:
    """By what an area or a zone is coloured."""
    return rounded(from_fen(found.total_fen, "亿元"), 2) if by == TOTAL else found.packages


def _may_manage(request: AuthenticatedRequest) -> bool:
    try:
        check_duty(request.user, CONFIRM, on=timezone.localdate())
    except NotAllowedError:
        return False
    return True


@require_safe
@requires(VIEW)
def zone_detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One zone: facts and sums as of a day, its map, its projects of the year, 50 a page, its ideas, how it was drawn."""
    zone, today = get_object_or_404(Zone, code=code), timezone.localdate()
    form, as_of = _asked(request)
    areas = area_scope(request.user, VIEW, on=today)
    survey = sums.survey(as_of=as_of, areas=areas)
    line = next(each for each in survey.lines if each.zone == zone)
    outlines = list(sums.outlines_of(zone))
    newest = ZoneOutline.objects.get(pk=outlines[0].pk) if outlines else None
    order = request.GET.get("sort", "")
    needed = questions.facts_for(order=order, level="")
    own = questions.portfolio(areas=areas, year=as_of.year, facts=needed)
    own = own.filter(code__in=sums.projects_in(zone, on=as_of))
    page = portfolio_page(request, questions.filtered(own, order=order), as_of.year)
    ideas = pool.ideas(areas=areas).filter(zone=zone).order_by("-invest_fen", "pk")
    idea_count = ideas.count()
    context = {
        "form": form,
        "as_of": as_of,
        "zone": zone,
        "sums": line.sums,
        "outline": newest,
        "outlines": outlines,
        "hectares": Decimal(area_sqm(newest.polygons)) / 10_000 if newest else None,
        "map": zone_map([Drawn(line.number, zone, newest, line.sums.packages)]) if newest else None,
        "page_obj": page,
        "lines": portfolio_rows(page, area_names(level=AreaLevel.SUBDISTRICT), today, reader=request.user),
        "ideas": [{"idea": each, "state": IDEAS.state(each.state)} for each in ideas[:IDEAS_SHOWN]],
        "idea_count": idea_count,
        "more_ideas": max(0, idea_count - IDEAS_SHOWN),
        "unit": "个",
        "may_manage": _may_manage(request),
    }
    return render(request, "projects/zone_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CONFIRM)
def zone_create(request: AuthenticatedRequest) -> HttpResponse:
    """Enter a zone."""
    check_duty(request.user, CONFIRM, on=timezone.localdate())
    form = ZoneForm(request.POST or None)

    def take(asked: dict[str, Any]) -> str:
        zone = services.enter_zone(**asked, actor=request.user, at=timezone.now())
        messages.success(request, _("片区已登记，可以画边界了。"))
        return reverse("projects:zone-detail", args=[zone.code])

    return form_page(request, form, take, title=_("登记片区"), back=reverse("projects:zone-list"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CONFIRM)
def zone_change(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Change the name and the kind of a zone."""
    check_duty(request.user, CONFIRM, on=timezone.localdate())
    zone = get_object_or_404(Zone, code=code)
    form = ZoneForm(request.POST or None, is_new=False, initial={"name": zone.name, "kind": zone.kind})
    back = reverse("projects:zone-detail", args=[code])

    def take(asked: dict[str, Any]) -> str:
        services.change_zone(zone=zone, **asked, actor=request.user, at=timezone.now())
        messages.success(request, _("片区已修改。"))
        return back

    return form_page(request, form, take, title=_("修改片区"), back=back, about=f"{zone.name} · {code}")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CONFIRM)
def zone_draw(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Draw the outline of a zone from a file or from pasted text, which begins with what is drawn."""
    check_duty(request.user, CONFIRM, on=timezone.localdate())
    zone = get_object_or_404(Zone, code=code)
    newest = sums.newest_outlines([zone]).get(zone.pk)
    initial = {"text": as_geojson(newest.polygons), "is_schematic": newest.is_schematic} if newest else {}
    form = OutlineForm(request.POST or None, request.FILES or None, initial=initial)
    back = reverse("projects:zone-detail", args=[code])

    def take(asked: dict[str, Any]) -> str:
        outline, notes = services.draw_zone(zone=zone, **asked, actor=request.user, at=timezone.now())
        messages.success(request, _("边界已画入，共 %(points)d 个点。") % {"points": outline.points})
        for note in notes:
            messages.warning(request, note)
        return back

    words = {"title": _("画边界"), "button": _("画入"), "about": f"{zone.name} · {code}"}
    return form_page(request, form, take, back=back, **words)
