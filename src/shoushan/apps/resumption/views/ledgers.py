"""The resumption ledger as a list, and the same list as a file."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from shoushan.apps.resumption import selectors
from shoushan.apps.resumption.enums import STANDING_TONES, Category, Standing
from shoushan.apps.resumption.forms import LedgerFilter
from shoushan.apps.resumption.models import DailyReturn, EnterpriseStanding
from shoushan.apps.resumption.services.returns import RETURN_FIELDS
from shoushan.apps.resumption.sheets import LedgerSheet
from shoushan.directory.access import AuthenticatedRequest, area_scope, requires
from shoushan.exchange.downloads import sheet_download
from shoushan.ui.listing import page_of

CATEGORIES = dict(Category.choices)
STANDINGS = dict(Standing.choices)


@require_safe
@requires("resumption.view_ledger")
def ledger(request: AuthenticatedRequest) -> HttpResponse:
    """The list, 50 a page; filters and order are in the address."""
    names = selectors.names_of_subdistricts()
    form = LedgerFilter(request.GET, names=names)
    found = _rows(request, form, "resumption.view_ledger")
    page = page_of(request, found.values_list(*selectors.ROW_FIELDS))
    context = {"form": form, "page_obj": page, "lines": _lines(page, names), "query": request.GET.urlencode()}
    template = "resumption/_ledger_table.html" if request.headers.get("HX-Request") else "resumption/ledger.html"
    return render(request, template, context)


def _rows(request: AuthenticatedRequest, form: LedgerFilter, permission: str) -> QuerySet[EnterpriseStanding]:
    """What the reader may see of what the filters ask for; nothing while a filter can't be read."""
    on = timezone.localdate()
    areas = area_scope(request.user, permission, on=on) if form.is_valid() else ()
    filters = form.cleaned_data if form.is_valid() else {}
    return selectors.ledger_rows(areas=areas, order=request.GET.get("sort", ""), **filters)


_ROW = """
<tr>
  <th scope="row" class="name-column" lang="zh-Hans"><a href="{}">{}</a></th>
  <td class="nowrap">{}</td><td class="nowrap" lang="zh-Hans">{}</td><td>{}</td>
  <td class="nowrap"><span class="badge {}">{}</span></td>
  <td class="nowrap">{}</td><td class="numeric">{}</td><td class="numeric">{}</td><td class="nowrap">{}</td>
</tr>"""
"""One line of the table; half of what the page takes is the fifty lines."""


def _lines(rows: Any, names: Mapping[str, str]) -> SafeString:
    """The lines of the table; what is the same in many of them (addresses, labels) is made and escaped once."""
    before, _code, after = reverse("resumption:enterprise-detail", args=["CODE"]).partition("CODE")
    areas = _escaped(names)
    categories, standings = _escaped(CATEGORIES), _escaped(STANDINGS)
    lines = [
        _ROW.format(
            f"{before}{escape(code)}{after}",
            escape(name),
            escape(uscc or ""),
            areas.get(area) or escape(area),
            categories[category],
            STANDING_TONES[Standing(status)],
            standings[status],
            resumed_on.isoformat() if resumed_on else "—",
            "—" if staff_total is None else f"{staff_total:,}",
            "—" if at_work is None else f"{at_work:,}",
            reported_on.isoformat() if reported_on else "—",
        )
        for code, name, uscc, area, category, status, resumed_on, staff_total, at_work, reported_on in rows
    ]
    return mark_safe("".join(lines))  # noqa: S308 - every text was escaped; days and numbers are ours


def _escaped(words: Mapping[str, Any]) -> dict[str, str]:
    return {code: escape(str(label)) for code, label in words.items()}


@require_safe
@requires("resumption.export_ledger")
def ledger_export(request: AuthenticatedRequest) -> HttpResponse:
    """The filtered list in the official layout (xlsx), or plain (csv)."""
    names = selectors.names_of_subdistricts()
    form = LedgerFilter(request.GET, names=names)
    found = _rows(request, form, "resumption.export_ledger")
    if form.errors:  # the page says what can't be read; a file would say that there is nothing
        return redirect(f"{reverse('resumption:ledger')}?{request.GET.urlencode()}")
    returns = selectors.newest_returns(found)
    is_csv = request.GET.get("format") == "csv"
    if is_csv:
        records = map(_record, returns.iterator(2000))
        return sheet_download(LedgerSheet(), records, as_csv=True, area_names=names)
    as_of = max((each.as_of for each in returns), default=None)
    return sheet_download(LedgerSheet(), map(_record, returns), as_of=as_of, area_names=names)


def _record(each: DailyReturn) -> dict[str, Any]:
    """A return as the sheet's columns name its values."""
    enterprise = each.enterprise
    record = {field: getattr(each, field) for field in RETURN_FIELDS}
    area = enterprise.standing.area_code
    return record | {
        "name": enterprise.name,
        "uscc": enterprise.uscc,
        "area": area,
        "category": enterprise.standing.category,
    }
