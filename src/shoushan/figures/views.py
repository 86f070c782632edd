"""Pages of figures: the receipt of a number, one entry, the releases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shoushan.directory.access import (
    AuthenticatedRequest,
    area_scope,
    check_permission,
    has_permission,
    narrowed,
    requires,
)
from shoushan.figures import values
from shoushan.figures.forms import ReceiptForm
from shoushan.figures.measures import Measure, UnknownMeasureError, all_measures, measure
from shoushan.figures.models import Release
from shoushan.figures.papers import paper_of
from shoushan.figures.publications import document_text
from shoushan.ledger import api as ledger
from shoushan.ui.listing import page_of
from shoushan.ui.papers import paper_download
from shoushan.ui.subjects import links

TREND_DAYS = 30


@require_safe
@requires("figures.view_figure")
def measure_list(request: AuthenticatedRequest) -> HttpResponse:
    """All measures as of a day, each a door."""
    form = ReceiptForm(request.GET)
    as_of = _asked(form)["as_of"] or timezone.localdate()
    areas = area_scope(request.user, "figures.view_figure", on=timezone.localdate())
    figures = values.evaluate_many(all_measures().values(), as_of=as_of, areas=areas)
    return render(
        request, "figures/measure_list.html", {"figures": list(figures.values()), "as_of": as_of, "form": form}
    )


@require_safe
@requires("figures.view_figure")
def receipt(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Everything that a number stands on, within the reader's area."""
    asked_measure = _measure_or_404(code)
    form = ReceiptForm(request.GET)
    asked = _asked(form)
    as_of = asked["as_of"] or timezone.localdate()
    scope = area_scope(request.user, "figures.view_figure", on=timezone.localdate())
    areas = narrowed(scope, asked["area"])
    known_at = asked["known_at"] if asked["known_at"] and ledger.seal_of_size(asked["known_at"]) else None
    context = {"form": form, "scope": scope, "area": asked["area"], "is_whole": any(len(each) <= 6 for each in scope)}
    within = {"areas": areas, "known_at": known_at, "category": asked["category"] or ""}
    context |= _parts(asked_measure, as_of, within) | _behind(request, asked_measure, as_of, within)
    return render(request, "figures/receipt.html", context)


def _measure_or_404(code: str) -> Measure:
    try:
        return measure(code)
    except UnknownMeasureError as error:
        raise Http404(str(error)) from None


def _asked(form: ReceiptForm) -> dict[str, Any]:
    """What could be read of the address; the rest is as if it had not been asked."""
    form.is_valid()
    return {name: form.cleaned_data.get(name) for name in form.fields}


def _parts(asked: Measure, as_of: date, within: dict[str, Any]) -> dict[str, Any]:
    areas, category = within["areas"], within["category"]
    depth = (
        values.COMMUNITY_DIGITS
        if all(len(area) >= values.SUBDISTRICT_DIGITS for area in areas)
        else values.SUBDISTRICT_DIGITS
    )
    by_area = values.evaluate(asked, as_of=as_of, by="area", depth=depth, **within)
    by_category = values.evaluate(asked, as_of=as_of, by="category", **within).parts
    first = as_of - timedelta(days=TREND_DAYS - 1)
    series = values.series(asked, first=first, last=as_of, areas=areas, category=category)
    return {
        "figure": by_area,
        "measure": asked,
        "as_of": as_of,
        "known_at": within["known_at"],
        "numerator": asked.shown(by_area.numerator),
        "denominator": None if by_area.denominator is None else asked.shown_base(by_area.denominator),
        "category": category,
        "category_name": next((part.name for part in by_category if part.key == category), category),
        "by_area": [_without_community(part, depth) for part in by_area.parts],
        "by_category": by_category,
        "series": [(day, float(value)) for day, value in series if value is not None],
        "seal": ledger.last_seal(),
    }


def _without_community(part: values.Part, depth: int) -> values.Part:
    """Among communities, what is counted in the subdistrict without one says so."""
    is_rest = depth == values.COMMUNITY_DIGITS and len(part.key) < depth
    return part._replace(name=_("未记到社区")) if is_rest else part


def _behind(request: AuthenticatedRequest, asked: Measure, as_of: date, within: dict[str, Any]) -> dict[str, Any]:
    found = values.members(asked, as_of=as_of, **within)
    areas, category = within["areas"], within["category"]
    total = sum(member.amount for member in found)
    page = page_of(request, found)
    addresses = links(request.user, [member.subject for member in page], on=timezone.localdate())
    return {
        "members": page,
        "member_lines": [(member, addresses.get(member.subject, "")) for member in page],
        "members_total": total,
        "members_sum": asked.shown(total),
        "members_unit": asked.numerator_in[0] if asked.is_rate else asked.unit if asked.scale > 1 else "",
        "entries": ledger.entries_behind(asked.numerator, as_of=as_of, areas=areas, limit=20, category=category),
    }


@require_safe
@requires("figures.view_figure")
def entry(request: AuthenticatedRequest, number: int) -> HttpResponse:
    """One entry with the moves that concern the reader and, once sealed, the proof that it is in the ledger."""
    line = ledger.entry(number)
    scope = area_scope(request.user, "figures.view_figure", on=timezone.localdate())
    if line is None or not values.concerns(line, scope, district=settings.DISTRICT_CODE):
        raise Http404
    proof = ledger.receipt(number) if line.leaf is not None else None
    problem = ledger.problem_of_receipt(proof.content, proof.leaf, proof.path, proof.seal) if proof else ""
    context = {"line": line, "moves": values.moves_within(line.moves, scope), "receipt": proof, "problem": problem}
    return render(request, "figures/entry.html", context)


@require_safe
@requires("figures.view_release")
def release_list(request: AuthenticatedRequest) -> HttpResponse:
    """All releases, newest first."""
    page = page_of(request, Release.objects.select_related("corrects").defer("content"))
    return render(request, "figures/release_list.html", {"page_obj": page})


@require_safe
@requires("figures.view_release")
def release_detail(request: AuthenticatedRequest, number: str) -> HttpResponse:
    """One release as it was frozen."""
    release = get_object_or_404(Release, number=number)
    correction = Release.objects.filter(corrects=release).first()
    may_download = has_permission(
        request.user, "figures.view_figure", on=timezone.localdate(), area=settings.DISTRICT_CODE
    )
    known = all_measures()
    context = {
        "release": release,
        "correction": correction,
        "may_download": may_download,
        "proposals": [
            {"proposal": each, "name": known[each.measure].name if each.measure in known else each.measure}
            for each in release.proposals.select_related("correction").order_by("-found_at", "measure")
        ],
    }
    return render(request, "figures/release_detail.html", context)


@require_safe
@requires("figures.view_release")
def release_file(request: AuthenticatedRequest, number: str) -> HttpResponse:
    """The file of a release, for `shoushan verify`: it names every member, so it is for readers of the whole district."""
    check_permission(request.user, "figures.view_figure", on=timezone.localdate(), area=settings.DISTRICT_CODE)
    release = get_object_or_404(Release, number=number)
    headers = {"Content-Disposition": f'attachment; filename="{release.number}.json"'}
    return HttpResponse(document_text(release), "application/json; charset=utf-8", headers=headers)


@require_safe
@requires("figures.view_release")
def release_paper(request: AuthenticatedRequest, number: str, form: str) -> HttpResponse:
    """A release in the layout of official documents (GB/T 9704-2012), as Word or PDF.

    It holds every subdistrict's numbers, so it is for readers of the whole district.
    """
    check_permission(request.user, "figures.view_figure", on=timezone.localdate(), area=settings.DISTRICT_CODE)
    release = get_object_or_404(Release, number=number)
    return paper_download(lambda: paper_of(release), form, release.title)
