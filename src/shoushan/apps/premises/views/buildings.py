"""Buildings as a list and as a file; the page of one with its stacking plan; its forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shoushan.apps.premises.enums.buildings import HeadquartersLevel
from shoushan.apps.premises.forms.buildings import (
    BuildingChangeForm,
    BuildingFilter,
    BuildingForm,
    LastDayForm,
    SpaceForm,
)
from shoushan.apps.premises.models import Building, Lease
from shoushan.apps.premises.selectors import buildings as questions
from shoushan.apps.premises.selectors.leases import enterprise_named, leases_of, leases_on, tenants_on
from shoushan.apps.premises.selectors.plans import plans_of
from shoushan.apps.premises.selectors.rooms import plan_of, rooms_on
from shoushan.apps.premises.selectors.visits import due_visits
from shoushan.apps.premises.services import (
    BuildingLine,
    MoveLine,
    change_space,
    close_building,
    enter_building,
    update_building,
)
from shoushan.apps.premises.services.buildings import MANAGE
from shoushan.apps.premises.services.records import TAX
from shoushan.apps.premises.services.summaries import building_figures, district_figures
from shoushan.apps.premises.sheets import BuildingSheet, LeaseSheet
from shoushan.apps.premises.sheets.leases import lease_records
from shoushan.apps.premises.sheets.ledger import record_of
from shoushan.directory.access import (
    AuthenticatedRequest,
    area_scope,
    get_visible_or_404,
    has_permission,
    requires,
)
from shoushan.directory.enums import AreaLevel
from shoushan.directory.selectors import area_names
from shoushan.exchange.downloads import sheet_download
from shoushan.figures.naming import subject_names
from shoushan.lib import texts
from shoushan.lib.masks import mask_phone
from shoushan.lifecycle.form_pages import form_page
from shoushan.privacy.enums import AccessKind
from shoushan.privacy.forms import PurposeForm
from shoushan.privacy.services import log_access
from shoushan.ui.asking import asked_day
from shoushan.ui.listing import page_of
from shoushan.ui.subjects import links

VIEW: Final = "premises.view_building"
EXPORT: Final = "premises.export_ledger"
CONTACT: Final = "premises.view_contact"
VISIT: Final = "premises.record_visit"


class Asked(NamedTuple):
    """What the address of a list asks for."""

    day: date
    names: dict[str, str]
    form: BuildingFilter
    areas: tuple[str, ...]
    lines: list[questions.Line]


def _asked(request: AuthenticatedRequest, permission: str) -> Asked:
    """The filters, and what the reader may see of what they ask for; nothing while they can't be read."""
    today = timezone.localdate()
    names = area_names(level=AreaLevel.SUBDISTRICT)
    form = BuildingFilter(request.GET, names=names)
    is_valid = form.is_valid()
    areas = area_scope(request.user, permission, on=today)
    day = (form.cleaned_data["day"] if is_valid else None) or today
    filters = dict(form.cleaned_data) if is_valid else {}
    filters.pop("day", None)
    is_due = filters.pop("visit", "") == "DUE"
    found = questions.buildings(areas=areas if is_valid else (), **filters)
    if is_due:
        found = found.filter(pk__in=due_visits(on=day, areas=areas).order_by().values("building"))
    lines = questions.lines(found, as_of=day, areas=areas, order=request.GET.get("sort", ""))
    return Asked(day, names, form, areas, lines)


@require_safe
@requires(VIEW)
def building_list(request: AuthenticatedRequest) -> HttpResponse:
    """The ledger of buildings as of a day, 50 a page, below the district's figures; filters are in the address."""
    asked = _asked(request, VIEW)
    page = page_of(request, asked.lines)
    today = timezone.localdate()
    context = {
        "form": asked.form,
        "as_of": asked.day,
        "figures": district_figures(as_of=asked.day, areas=asked.areas),
        "page_obj": page,
        "lines": [
            {"line": each, "area": asked.names.get(each.building.area_code, each.building.area_code)} for each in page
        ],
        "may_manage": has_permission(request.user, MANAGE, on=today),
        "may_export": has_permission(request.user, EXPORT, on=today),
        "query": request.GET.urlencode(),
    }
    return render(request, "premises/building_list.html", context)


@require_safe
@requires(EXPORT)
def building_export(request: AuthenticatedRequest) -> HttpResponse:
    """The filtered ledger as of its day in the official layout (xlsx), or plain (csv)."""
    asked = _asked(request, EXPORT)
    if asked.form.errors:  # the page says what can't be read; a file would say that there is nothing
        return redirect(f"{reverse('premises:building-list')}?{request.GET.urlencode()}")
    full_year = asked.day.year if (asked.day.month, asked.day.day) == (12, 31) else asked.day.year - 1
    return sheet_download(
        BuildingSheet(),
        [record_of(each.building, each.standing, (full_year, "TOTAL")) for each in asked.lines],
        as_csv=request.GET.get("format") == "csv",
        as_of=asked.day,
        area_names=asked.names,
    )


# ---- one building ----------------------------------------------------------------------------------------
@require_safe
@requires(EXPORT)
def lease_export(request: AuthenticatedRequest) -> HttpResponse:
    """The leases that hold on the day in the buildings of the filtered ledger, in the layout in which they come in."""
    asked = _asked(request, EXPORT)
    if asked.form.errors:
        return redirect(f"{reverse('premises:building-list')}?{request.GET.urlencode()}")
    leases = leases_on([each.building for each in asked.lines], asked.day)
    return sheet_download(
        LeaseSheet(),
        lease_records(leases, on=asked.day),
        as_csv=request.GET.get("format") == "csv",
        as_of=asked.day,
        area_names=asked.names,
    )


@require_safe
@requires(VIEW)
def building_detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One building as of a day (`?day=`): figures, stacking plan with its table, leases, tax, visits."""
    return page_of_building(request, building_or_404(request, code))


def page_of_building(
    request: AuthenticatedRequest, building: Building, *, status: int = 200, is_open: bool = False, purpose: Any = None
) -> HttpResponse:
    """The page of a building; `is_open` shows the phone in full."""
    today = timezone.localdate()
    day = asked_day(request, today=today, name="day")
    rooms, space = rooms_on(building, day), questions.space_on(building, day)
    leases = list(leases_of(building))
    tenants = tenants_on(leases, day)
    names, area = area_names(), questions.area_of(building, day)
    may = {
        name: has_permission(request.user, permission, on=today, area=building.area_code)
        for name, permission in (("manage", MANAGE), ("tax", TAX), ("visit", VISIT), ("contact", CONTACT))
    }
    context = {
        "building": building,
        "day": day,
        "space": space,
        "spaces": building.spaces.order_by("-since", "-revision"),
        "area": names.get(area, ""),
        "community": names.get(building.community_code, ""),
        "figures": building_figures(as_of=day, area=area, category=building.category),
        "area_code": area,
        "moves": [(each, names.get(each.area_from, ""), names.get(each.area_to, "")) for each in building.moves.all()],
        "category": building.category,
        "rooms": rooms,
        "plan": plan_of(rooms, (space.lettable_sqdm if space else 0) - sum(each.unit.area_sqdm for each in rooms)),
        "floor_plans": plans_of(building),
        "leases": [lease_line(each, tenants[each.pk], day) for each in leases],
        "taxes": building.taxes.order_by("-year", "scope", "-revision"),
        "due_visits": set(
            due_visits(on=day, areas=[building.area_code]).filter(building=building).values_list("pk", flat=True)
        ),
        "visits": building.visits.select_related("organisation", "enterprise", "matter")[:20],
        "project": project_of(request, building),
        "phone": building.contact_phone if is_open else mask_phone(building.contact_phone),
        "is_open": is_open,
        "purpose_form": purpose or PurposeForm(),
        "may": may,
    }
    return render(request, "premises/building_detail.html", context, status=status)


def lease_line(lease: Lease, tenant: Any, day: date) -> dict[str, Any]:
    """A lease as of a day: whether it runs, how it ended, where its tenant is registered."""
    endings = sorted(lease.endings.all(), key=lambda each: each.revision)
    runs = lease.holds_on(day)
    over = _("已退租") if endings else _("已到期")
    word = _("已撤销") if lease.was_cancelled else _("在租") if runs else _("未起租") if day < lease.since else over
    return {
        "lease": lease,
        "word": word,
        "tone": "good" if runs else "neutral",
        "ending": endings[-1] if endings else None,
        "is_here": tenant.is_here,
        "is_taxed_here": tenant.is_taxed_here,
        "headquarters": [HeadquartersLevel(each).label for each in tenant.headquarters],
        "may_end": not lease.was_cancelled and (bool(endings) or lease.last_on is None or day < lease.last_on),
    }


def project_of(request: AuthenticatedRequest, building: Building) -> dict[str, str]:
    """The project that built it, by its typed code: name and page come from whoever registered them."""
    if not building.project:
        return {}
    subject = f"project:{building.project}"
    name = subject_names([subject])[subject]
    addresses = links(request.user, [subject], on=timezone.localdate())
    return {"name": building.project if name == subject else name, "address": addresses.get(subject, "")}


@require_POST
@requires(CONTACT)
@never_cache
def contact_show(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The phone in full, once, with a purpose that goes into the log."""
    building = building_or_404(request, code, permission=CONTACT)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return page_of_building(request, building, status=422, purpose=form)
    log_access(
        AccessKind.SHOWN,
        subject=building.subject,
        fields=("联系电话",),
        user=request.user,
        at=timezone.now(),
        **form.cleaned_data,
    )
    return page_of_building(request, building, is_open=True)


# ---- forms -----------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@requires(MANAGE)
def building_open(request: AuthenticatedRequest) -> HttpResponse:
    """A building that is entered; `?project=` names the project that built it."""
    today = timezone.localdate()
    initial = {"since": today, "project": request.GET.get("project", "")}
    form = BuildingForm(request.POST or None, initial=initial, **_choices())

    def take(values: dict[str, Any]) -> str:
        space = {name: values.pop(name) for name in ("since", "total_sqdm", "lettable_sqdm")}
        line = BuildingLine(_told(values), **space)
        made = enter_building(line, actor=request.user, at=timezone.now())
        messages.success(request, _("楼宇已登记。"))
        return reverse("premises:building-detail", args=[made.code])

    back = reverse("premises:building-list")
    return form_page(request, form, take, title=_("登记楼宇"), button=_("登记"), back=back)


def _choices() -> dict[str, dict[str, str]]:
    return {
        "names": area_names(level=AreaLevel.SUBDISTRICT),
        "communities": area_names(level=AreaLevel.COMMUNITY),
    }


def _told(values: dict[str, Any]) -> dict[str, Any]:
    """Names of enterprises with their entry in the register, where there is one."""
    for role in ("owner", "operator"):
        name = values[f"{role}_name"]
        found = enterprise_named(name, texts.match_key(name)) if name else None
        values[f"{role}_id"] = found.pk if found else None
    return values


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MANAGE)
def building_edit(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """What is said of a building, without its area; an empty phone keeps the one that is known."""
    building = building_or_404(request, code, permission=MANAGE)
    shown = [
        name for name in BuildingChangeForm.base_fields if name not in {"contact_phone", "moved_on", "move_reason"}
    ]
    initial = {name: getattr(building, name) for name in shown}
    form = BuildingChangeForm(request.POST or None, initial=initial, **_choices())
    form.fields["contact_phone"].help_text = _("不填的保留原来的号码。")

    def take(values: dict[str, Any]) -> None:
        values["contact_phone"] = values["contact_phone"] or building.contact_phone
        move = MoveLine(values.pop("moved_on"), values.pop("move_reason"))
        update_building(building, _told(values), move=move, actor=request.user, at=timezone.now())

    return building_form(request, building, form, take, _("修改楼宇信息"), _("楼宇信息已修改。"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MANAGE)
def space_change(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Another area from a day on."""
    building, today = building_or_404(request, code, permission=MANAGE), timezone.localdate()
    there = questions.space_on(building, today)
    initial: dict[str, Any] = {"since": today}
    if there is not None:
        initial |= {"total_sqdm": int(there.total_sqdm), "lettable_sqdm": int(there.lettable_sqdm)}
    form = SpaceForm(request.POST or None, initial=initial)

    def take(values: dict[str, Any]) -> None:
        change_space(building, **values, actor=request.user, at=timezone.now())

    return building_form(request, building, form, take, _("变更面积"), _("面积已变更，以前的面积可按日期查看。"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MANAGE)
def building_close(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """A building counts no more from a day on."""
    building = building_or_404(request, code, permission=MANAGE)
    form = LastDayForm(request.POST or None, initial={"last_on": timezone.localdate()})
    form.fields["last_on"].label = _("退出日期")

    def take(values: dict[str, Any]) -> None:
        close_building(building, on=values["last_on"], actor=request.user, at=timezone.now())

    return building_form(request, building, form, take, _("登记楼宇退出"), _("楼宇已登记退出。"))


def building_form(
    request: AuthenticatedRequest,
    building: Building,
    form: Any,
    take: Callable[[dict[str, Any]], Any],
    title: str,
    done: str,
    *,
    back: str = "",
    more: str = "",
) -> HttpResponse:
    """A form about a building, back to its page unless told else; `done` is said once it was taken."""
    back = back or reverse("premises:building-detail", args=[building.code])

    def taken(values: dict[str, Any]) -> str:
        take(values)
        messages.success(request, done)
        return back

    about = f"{building.name} · {building.code}"
    return form_page(request, form, taken, title=title, back=back, about=about, more=more)


def building_or_404(request: AuthenticatedRequest, code: str, *, permission: str = VIEW) -> Building:
    """The building, where the reader holds the permission and may see it."""
    return get_visible_or_404(
        Building.objects.select_related("owner", "operator"),
        user=request.user,
        permission=permission,
        on=timezone.localdate(),
        community_field="community_code",
        code=code,
    )
