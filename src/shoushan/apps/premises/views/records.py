"""Tax, visits, headquarters, tenants to look at, buildings that were added."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from shoushan.apps.premises.forms.buildings import HeadquartersForm, LastDayForm, PeriodForm, TaxForm, VisitForm
from shoushan.apps.premises.models import Headquarters
from shoushan.apps.premises.selectors.additions import Addition, additions
from shoushan.apps.premises.selectors.leases import headquarters, watched
from shoushan.apps.premises.services import (
    VisitLine,
    enter_headquarters,
    enter_tax,
    record_visit,
    withdraw_headquarters,
)
from shoushan.apps.premises.services.records import TAX
from shoushan.apps.premises.services.summaries import BY_CODE
from shoushan.apps.premises.views.buildings import EXPORT, VIEW, VISIT, building_form, building_or_404
from shoushan.directory.access import AuthenticatedRequest, area_scope, has_permission, requires
from shoushan.directory.enums import AreaLevel
from shoushan.directory.selectors import area_names
from shoushan.exchange.exporting import plain_table, write_plain
from shoushan.figures.values import evaluate_many
from shoushan.lib.languages import official
from shoushan.lifecycle.form_pages import form_page, posted
from shoushan.ui.downloads import download
from shoushan.ui.subjects import links

ADDITION_HEADINGS: Final = (
    (gettext_lazy("楼宇"), 32),
    (gettext_lazy("街道"), 14),
    (gettext_lazy("载体类别"), 14),
    (gettext_lazy("竣工日期"), 12),
    (gettext_lazy("总面积（平方米）"), 16),
    (gettext_lazy("可租面积（平方米）"), 16),
    (gettext_lazy("建设项目"), 40),
)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(TAX)
def tax_enter(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The tax of a full year, or its correction."""
    building = building_or_404(request, code, permission=TAX)
    form = TaxForm(request.POST or None, initial={"year": timezone.localdate().year - 1})

    def take(values: dict[str, Any]) -> None:
        enter_tax(building, **values, actor=request.user, at=timezone.now())

    return building_form(request, building, form, take, _("录入税收"), _("税收已录入。"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(VISIT)
def visit_record(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """A visit, with a concern that is raised as a matter where there is one."""
    building = building_or_404(request, code, permission=VISIT)
    form = VisitForm(request.POST or None, initial={"visited_on": timezone.localdate()})

    def take(values: dict[str, Any]) -> None:
        record_visit(building, VisitLine(**values), actor=request.user, at=timezone.now())

    return building_form(request, building, form, take, _("登记走访"), _("走访已登记。"))


@require_safe
@requires(VIEW)
def tenant_watch(request: AuthenticatedRequest) -> HttpResponse:
    """Tenants that moved out while they stay registered, and tenants registered elsewhere."""
    today = timezone.localdate()
    lines = watched(on=today, areas=area_scope(request.user, VIEW, on=today))
    context = {
        "left": [each for each in lines if each.has_left],
        "elsewhere": [each for each in lines if not each.has_left],
        "as_of": today,
    }
    return render(request, "premises/tenant_watch.html", context)


# ---- headquarters ----------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@requires(VIEW)
def headquarters_list(request: AuthenticatedRequest) -> HttpResponse:
    """Recognised headquarters; the office that keeps them enters one."""
    today = timezone.localdate()
    may_enter = has_permission(request.user, TAX, on=today, area=settings.DISTRICT_CODE)
    form = HeadquartersForm(request.POST or None, initial={"since": today})

    def take(values: dict[str, Any]) -> str:
        enter_headquarters(**values, actor=request.user, at=timezone.now())
        messages.success(request, _("总部企业已登记。"))
        return reverse("premises:headquarters-list")

    answer, status = posted(request, form, take)
    if answer is not None:
        return answer
    areas = area_scope(request.user, VIEW, on=today)
    found = headquarters(areas=areas)
    names = area_names(level=AreaLevel.SUBDISTRICT)
    context = {
        "lines": [{"record": each, "area": names.get(each.enterprise.area_code, "")} for each in found],
        "form": form if may_enter else None,
        "today": today,
    }
    return render(request, "premises/headquarters_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(TAX)
def headquarters_end(request: AuthenticatedRequest, number: int) -> HttpResponse:
    """The last day of a recognition."""
    record = Headquarters.objects.select_related("enterprise").filter(pk=number, last_on__isnull=True).first()
    if record is None or not _is_theirs(request, record):
        raise Http404(_("没有这条有效的认定，请从总部企业页面选择。"))
    form = LastDayForm(request.POST or None, initial={"last_on": timezone.localdate()})

    def take(values: dict[str, Any]) -> str:
        withdraw_headquarters(record, **values, actor=request.user, at=timezone.now())
        messages.success(request, _("认定已登记结束。"))
        return reverse("premises:headquarters-list")

    about = f"{record.enterprise.name} · {record.document}"
    back = reverse("premises:headquarters-list")
    return form_page(request, form, take, title=_("登记认定结束"), back=back, about=about)


def _is_theirs(request: AuthenticatedRequest, record: Headquarters) -> bool:
    return has_permission(request.user, TAX, on=timezone.localdate(), area=record.enterprise.area_code)


# ---- buildings that were added ---------------------------------------------------------------------------
def _period(request: AuthenticatedRequest) -> tuple[PeriodForm, date, date]:
    """The days asked for; this year so far where nothing is."""
    form, today = PeriodForm(request.GET), timezone.localdate()
    given = form.cleaned_data if form.is_valid() else {}
    last = given.get("last") or today
    return form, given.get("first") or last.replace(month=1, day=1), last


@require_safe
@requires(VIEW)
def addition_list(request: AuthenticatedRequest) -> HttpResponse:
    """Buildings completed in a period, with the projects that built them."""
    form, first, last = _period(request)
    areas = area_scope(request.user, VIEW, on=timezone.localdate())
    found = additions(first=first, last=last, areas=areas) if form.is_valid() else []
    asked = [BY_CODE["added_buildings"], BY_CODE["added_space"]]
    addresses = links(request.user, [each.subject for each in found if each.subject], on=timezone.localdate())
    context = {
        "form": form,
        "first": first,
        "last": last,
        "lines": [{"addition": each, "address": addresses.get(each.subject, "")} for each in found],
        "total_sqm": sum(each.total_sqm for each in found),
        "figures": evaluate_many(asked, as_of=last, areas=areas).values(),
        "query": request.GET.urlencode(),
        "may_export": has_permission(request.user, EXPORT, on=timezone.localdate()),
    }
    return render(request, "premises/addition_list.html", context)


@require_safe
@requires(EXPORT)
def addition_export(request: AuthenticatedRequest) -> HttpResponse:
    """The same as a workbook."""
    _form, first, last = _period(request)
    found = additions(first=first, last=last, areas=area_scope(request.user, EXPORT, on=timezone.localdate()))
    out, title = BytesIO(), _title(first, last)
    with official():
        headings = [(str(text), width) for text, width in ADDITION_HEADINGS]
        line = f"竣工日期:{first.isoformat()}至{last.isoformat()}"
        with plain_table(out, "新增载体表", title=title, line=line, headings=headings) as (page, formats):
            write_plain(page, formats, map(_cells, found), dict.fromkeys((4, 5), "0.00"))
    return download(out.getvalue(), f"{title}.xlsx")


def _title(first: date, last: date) -> str:
    return f"新增载体表({first.isoformat()}至{last.isoformat()})"


def _cells(each: Addition) -> tuple[Any, ...]:
    building = each.building
    completed = building.completed_on.isoformat() if building.completed_on else ""
    return (
        building.name,
        each.area,
        building.get_kind_display(),
        completed,
        each.total_sqm,
        each.lettable_sqm,
        each.project or "",
    )
