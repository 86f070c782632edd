"""Vacant rooms for investors, open to everybody; the table of vacancies for the staff."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shoushan.apps.premises.forms.rooms import VacancyFilter
from shoushan.apps.premises.models import Building
from shoushan.apps.premises.selectors.plans import plans_of_floors
from shoushan.apps.premises.selectors.rooms import plan_of, rooms_on
from shoushan.apps.premises.selectors.vacancies import (
    Vacancy,
    contact_of,
    offered,
    offered_in,
    promoters,
    vacancies,
    vacancy_records,
)
from shoushan.apps.premises.sheets import VacancySheet
from shoushan.apps.premises.views.buildings import EXPORT
from shoushan.directory.access import AuthenticatedRequest, area_scope, public, requires
from shoushan.directory.enums import AreaLevel
from shoushan.directory.selectors import area_names
from shoushan.exchange.downloads import sheet_download
from shoushan.exchange.exporting import csv_cell
from shoushan.ui.downloads import download
from shoushan.ui.listing import page_of

HEADINGS: Final = ("楼宇", "街道", "地址", "楼层", "房号", "面积(平方米)", "空置范围", "租金(元/平方米·天)", "可交付时间", "可租至", "主导产业", "距地铁站(米)", "车位数", "招商联系")  # fmt: skip


@require_safe
@public
def vacancy_list(request: HttpRequest) -> HttpResponse:
    """Vacant rooms that operators released, by area, rent, subdistrict and theme; filters are in the address."""
    form, names, found = _asked(request)
    page = page_of(request, found)
    leads = promoters(timezone.localdate())
    context = {
        "form": form,
        "page_obj": page,
        "lines": [
            {
                "offer": each,
                "area": names.get(each.unit.building.area_code, ""),
                "contact": contact_of(each.unit.building, leads),
            }
            for each in page
        ],
        "buildings": len({each.unit.building_id for each in found}),
        "total_sqm": sum((each.area_sqm or Decimal(0)) for each in found),
        "as_of": timezone.localdate(),
        "query": request.GET.urlencode(),
    }
    return render(request, "premises/vacancy_list.html", context)


def _asked(request: HttpRequest) -> tuple[VacancyFilter, dict[str, str], list[Vacancy]]:
    names = area_names(level=AreaLevel.SUBDISTRICT)
    form = VacancyFilter(request.GET, names=names)
    found = offered(on=timezone.localdate(), **form.asked) if form.is_valid() else []
    return form, names, found


@require_safe
@public
def vacancy_export(request: HttpRequest) -> HttpResponse:
    """The same rooms as a plain csv."""
    form, names, found = _asked(request)
    if form.errors:
        return redirect(f"{reverse('premises:vacancy-list')}?{request.GET.urlencode()}")
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    leads = promoters(timezone.localdate())
    for each in found:
        writer.writerow([csv_cell(cell) for cell in _cells(each, names, leads)])
    day = timezone.localdate()
    return download(text.getvalue().encode("utf-8-sig"), f"空置房源({day.month}.{day.day}).csv")


def _cells(each: Vacancy, names: dict[str, str], leads: str) -> list[Any]:
    building, rent = each.unit.building, each.rent_fen
    return [
        building.name,
        names.get(building.area_code, ""),
        building.address,
        each.unit.floor_label,
        each.unit.number,
        each.area_sqm,
        "部分" if each.is_part else "整间",
        None if rent is None else Decimal(rent) / 100,
        each.offer.available_on if each.offer else None,
        each.until,
        building.theme,
        building.metro_m,
        building.parking,
        contact_of(building, leads),
    ]


@require_safe
@public
def vacancy_plan(request: HttpRequest, code: str) -> HttpResponse:
    """The floors of one building with the rooms that are offered; of the others nothing but their size is shown."""
    building, day = Building.objects.select_related("operator").filter(code=code).first(), timezone.localdate()
    offers = offered_in(building, on=day) if building else []
    if building is None or not offers:
        raise Http404(_("这座楼宇现在没有发布的房源，请从房源列表中选择。"))
    floors = {each.unit.floor for each in offers}
    rooms = [each for each in rooms_on(building, day) if each.unit.floor in floors]
    context = {
        "building": building,
        "area": area_names().get(building.area_code, ""),
        "contact": contact_of(building, promoters(day)),
        "offers": offers,
        "offered": {each.unit.pk for each in offers},
        "plan": plan_of(rooms),
        "floor_plans": plans_of_floors(building, floors),
        "as_of": day,
    }
    return render(request, "premises/vacancy_plan.html", context)


@require_safe
@requires(EXPORT)
def vacancy_table(request: AuthenticatedRequest) -> HttpResponse:
    """All that is vacant in the reader's areas in the official layout (xlsx), or plain (csv)."""
    day = timezone.localdate()
    found = vacancies(on=day, areas=area_scope(request.user, EXPORT, on=day))
    return sheet_download(
        VacancySheet(),
        vacancy_records(found),
        as_csv=request.GET.get("format") == "csv",
        as_of=day,
        area_names=area_names(level=AreaLevel.SUBDISTRICT),
    )
