"""Drawings of floors: handed in by who keeps the building, public for floors with an offered room."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shoushan.apps.premises.forms.rooms import PlanForm
from shoushan.apps.premises.models import Building
from shoushan.apps.premises.models.buildings import read_floor
from shoushan.apps.premises.selectors.plans import plans_of_floors
from shoushan.apps.premises.selectors.vacancies import offered_in
from shoushan.apps.premises.services import enter_plan
from shoushan.apps.premises.services.buildings import MANAGE
from shoushan.apps.premises.views.buildings import VIEW, building_form, building_or_404
from shoushan.directory.access import AuthenticatedRequest, public, requires
from shoushan.lifecycle.record_pages import stored_answer


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MANAGE)
def plan_upload(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """A drawing of a floor is handed in."""
    building = building_or_404(request, code, permission=MANAGE)
    form = PlanForm(request.POST or None, request.FILES or None)

    def take(values: dict[str, Any]) -> None:
        enter_plan(building, **values, actor=request.user, at=timezone.now())

    return building_form(request, building, form, take, _("上传平面图"), _("平面图已上传。"))


@require_safe
@requires(VIEW)
def plan_file(request: AuthenticatedRequest, code: str, number: int) -> FileResponse:
    """A drawing of a floor, an earlier one too."""
    found = get_object_or_404(building_or_404(request, code).floor_plans, pk=number)
    return stored_answer(found.path, found.file_name, is_shown=True)


@require_safe
@public
def floor_plan(request: HttpRequest, code: str, floor: str) -> FileResponse:
    """The newest drawing of a floor on which a room is offered now, open to everybody; of no other."""
    building, wanted = Building.objects.filter(code=code).first(), read_floor(floor)
    offers = offered_in(building, on=timezone.localdate()) if building and wanted else []
    if building is None or wanted not in {each.unit.floor for each in offers}:
        raise Http404(_("这一层现在没有发布的房源，请从房源列表中选择。"))
    found = plans_of_floors(building, {wanted})
    if not found:
        raise Http404(_("这一层还没有平面图，请从房源列表中选择。"))
    return stored_answer(found[0].path, found[0].file_name, is_shown=True)
