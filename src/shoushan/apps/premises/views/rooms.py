"""Rooms: the grid, the page of one, letting and ending, use, release to investors."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shoushan.apps.premises.forms.buildings import LastDayForm
from shoushan.apps.premises.forms.rooms import (
    EndingForm,
    LeaseForm,
    RegistrationForm,
    ReleaseForm,
    RoomsForm,
    UseForm,
)
from shoushan.apps.premises.models import Building, Lease, Unit
from shoushan.apps.premises.selectors.leases import leases_of, tenants_on
from shoushan.apps.premises.selectors.rooms import rooms_on
from shoushan.apps.premises.selectors.vacancies import offer_of, rent_of
from shoushan.apps.premises.services import (
    LeaseLine,
    end_lease,
    end_unit,
    enter_lease,
    enter_registration,
    enter_rooms,
    release_vacancy,
    state_use,
    withdraw_vacancy,
)
from shoushan.apps.premises.services.buildings import MANAGE
from shoushan.apps.premises.views.buildings import VIEW, building_form, building_or_404, lease_line
from shoushan.directory.access import AuthenticatedRequest, has_permission, requires
from shoushan.ui.asking import asked_day


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MANAGE)
def unit_enter(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Many rooms at once, pasted from a workbook; all of them or none."""
    building = building_or_404(request, code, permission=MANAGE)
    first = building.spaces.order_by("since").values_list("since", flat=True).first()
    form = RoomsForm(request.POST or None, initial={"since": first or timezone.localdate()})

    def take(values: dict[str, Any]) -> None:
        enter_rooms(building, values["rooms"], since=values["since"], actor=request.user, at=timezone.now())

    return building_form(request, building, form, take, _("登记房间"), _("房间已登记。"))


@require_safe
@requires(VIEW)
def unit_detail(request: AuthenticatedRequest, code: str, serial: str) -> HttpResponse:
    """One room as of a day: its use, its leases and uses over time, what can be done."""
    building = building_or_404(request, code)
    unit, today = _unit_or_404(building, serial), timezone.localdate()
    day = asked_day(request, today=today, name="day")
    leases = list(leases_of(building).filter(unit=unit))
    tenants = tenants_on(leases, day)
    offer = offer_of(unit, today)
    holds = unit.valid_from <= day and (unit.valid_to is None or day <= unit.valid_to)
    context = {
        "building": building,
        "unit": unit,
        "day": day,
        "room": rooms_on(building, day, units=[unit])[0] if holds else None,
        "leases": [lease_line(each, tenants[each.pk], day) for each in leases],
        "uses": unit.uses.order_by("-since", "-revision"),
        "offer": offer,
        "rent_fen": rent_of(unit, offer),
        "may_manage": has_permission(request.user, MANAGE, on=today, area=building.area_code),
    }
    return render(request, "premises/unit_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MANAGE)
def lease_enter(request: AuthenticatedRequest, code: str, serial: str) -> HttpResponse:
    """Let a room, from any day to any day."""
    building, unit = _managed(request, code, serial)
    initial = {"since": timezone.localdate(), "area_sqdm": int(unit.area_sqdm)}
    form = LeaseForm(request.POST or None, initial=initial)

    def take(values: dict[str, Any]) -> None:
        enter_lease(unit, LeaseLine(**values), actor=request.user, at=timezone.now())

    return building_form(
        request, building, form, take, _("登记租约"), _("租约已登记。"), back=_page(unit), more=_words(unit)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MANAGE)
def unit_use(request: AuthenticatedRequest, code: str, serial: str) -> HttpResponse:
    """How a room is used from a day on."""
    building, unit = _managed(request, code, serial)
    form = UseForm(request.POST or None, initial={"since": timezone.localdate()})

    def take(values: dict[str, Any]) -> None:
        state_use(unit, **values, actor=request.user, at=timezone.now())

    return building_form(
        request, building, form, take, _("登记使用状态"), _("使用状态已登记。"), back=_page(unit), more=_words(unit)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MANAGE)
def unit_end(request: AuthenticatedRequest, code: str, serial: str) -> HttpResponse:
    """The last day of a room that was joined or divided."""
    building, unit = _managed(request, code, serial)
    form = LastDayForm(request.POST or None, initial={"last_on": timezone.localdate()})

    def take(values: dict[str, Any]) -> None:
        end_unit(unit, **values, actor=request.user, at=timezone.now())

    done = _("房间已登记停用，合并或分割后的房间请另行登记。")
    return building_form(
        request, building, form, take, _("合并或分割后注销房间"), done, back=_page(unit), more=_words(unit)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MANAGE)
def vacancy_release(request: AuthenticatedRequest, code: str, serial: str) -> HttpResponse:
    """Release a vacant room to investors, or change what they read."""
    building, unit = _managed(request, code, serial)
    there = offer_of(unit, timezone.localdate())
    initial = {"rent_fen": there.rent_fen, "available_on": there.available_on} if there else {}
    form = ReleaseForm(request.POST or None, initial=initial)

    def take(values: dict[str, Any]) -> None:
        today = timezone.localdate()
        release_vacancy(unit, released_on=today, **values, actor=request.user, at=timezone.now())

    done = _("房源已发布，公众可以查看。")
    return building_form(request, building, form, take, _("发布房源"), done, back=_page(unit), more=_words(unit))


@require_POST
@requires(MANAGE)
def vacancy_withdraw(request: AuthenticatedRequest, code: str, serial: str) -> HttpResponse:
    """Take a room back from the list for investors."""
    _building, unit = _managed(request, code, serial)
    withdraw_vacancy(unit, on=timezone.localdate(), actor=request.user, at=timezone.now())
    messages.success(request, _("房源已撤回。"))
    return redirect(_page(unit))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MANAGE)
def lease_end(request: AuthenticatedRequest, code: str, lease: str) -> HttpResponse:
    """End a lease before its agreed day; the lease as agreed stays."""
    building = building_or_404(request, code, permission=MANAGE)
    record = _lease_or_404(building, lease)
    form = EndingForm(request.POST or None, initial={"last_on": timezone.localdate()})

    def take(values: dict[str, Any]) -> None:
        end_lease(record, **values, actor=request.user, at=timezone.now())

    done = _("退租已登记，以前的日期仍按原租约计算。")
    return building_form(
        request, building, form, take, _("登记退租"), done, back=_page(record.unit), more=_told(record)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MANAGE)
def registration_set(request: AuthenticatedRequest, code: str, lease: str) -> HttpResponse:
    """Where the tenant of a lease is registered and pays its tax, from a day on."""
    building = building_or_404(request, code, permission=MANAGE)
    record = _lease_or_404(building, lease)
    form = RegistrationForm(request.POST or None, initial={"since": timezone.localdate()})

    def take(values: dict[str, Any]) -> None:
        area = building.area_code
        enter_registration(record.tenant, **values, area=area, actor=request.user, at=timezone.now())

    return building_form(
        request, building, form, take, _("登记注册地和纳税地"), _("注册地和纳税地已登记。"), more=record.tenant.name
    )


def _managed(request: AuthenticatedRequest, code: str, serial: str) -> tuple[Building, Unit]:
    building = building_or_404(request, code, permission=MANAGE)
    return building, _unit_or_404(building, serial)


def _unit_or_404(building: Building, serial: str) -> Unit:
    unit = Unit.objects.select_related("building").filter(code=f"{building.code}.{serial}").first()
    if unit is None:
        raise Http404(_("这座楼宇没有这间房，请从楼宇页面选择。"))
    return unit


def _lease_or_404(building: Building, code: str) -> Lease:
    record = leases_of(building).select_related("unit__building").filter(code=code).first()
    if record is None:
        raise Http404(_("这座楼宇没有这份租约，请从楼宇页面选择。"))
    return record


def _page(unit: Unit) -> str:
    return reverse("premises:unit-detail", args=[unit.building.code, unit.serial])


def _words(unit: Unit) -> str:
    return _("%(floor)s 层 %(number)s，%(area)s 平方米") % {
        "floor": unit.floor_label,
        "number": unit.number,
        "area": unit.area_sqm,
    }


def _told(lease: Lease) -> str:
    last: date | None = lease.last_on
    words = {"tenant": lease.tenant.name, "since": lease.since, "last": last.isoformat() if last else _("长期")}
    return _("%(tenant)s，%(since)s 至 %(last)s") % words
