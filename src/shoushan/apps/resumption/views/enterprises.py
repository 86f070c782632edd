"""One enterprise: its facts, its days, what happened to it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from shoushan.apps.resumption import chart, selectors, services
from shoushan.apps.resumption.forms import MoveForm
from shoushan.apps.resumption.models import EnterpriseStanding
from shoushan.apps.resumption.selectors.difficulties import difficulties_of, officer_of, visits_of
from shoushan.casework.services import lifecycle_of_matter
from shoushan.directory.access import AuthenticatedRequest, area_scope, get_visible_or_404, has_permission, requires
from shoushan.figures import values
from shoushan.ledger import api as ledger
from shoushan.registry.models import FrameMember
from shoushan.registry.selectors import stays_of
from shoushan.registry.services import Place, RegistryError

MOVE = "registry.change_enterprise"
HAPPENED = {
    chart.ENTERPRISE_FRAMED: gettext_lazy("列入或调出统计局“四上”名单"),
    chart.ENTERPRISE_LISTED: gettext_lazy("列入街道台账"),
    chart.ENTERPRISE_RESUMED: gettext_lazy("复工"),
    chart.ENTERPRISE_MOVED: gettext_lazy("属地变更"),
    chart.RETURN_REPORTED: gettext_lazy("填报在岗人数"),
    chart.STANDING_CORRECTED: gettext_lazy("更正"),
}


@require_safe
@requires("resumption.view_ledger")
def enterprise_detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The enterprise's page; one of another area answers like a missing one."""
    standing = _standing_or_404(request, code)
    enterprise = standing.enterprise
    scope = area_scope(request.user, "figures.view_figure", on=timezone.localdate())
    returns = list(enterprise.returns.select_related("source").order_by("as_of"))
    names = selectors.names_of_areas()
    context = {
        "standing": standing,
        "enterprise": enterprise,
        "area": names.get(standing.area_code, standing.area_code),
        "community": names.get(enterprise.community_code, ""),
        "returns": returns[::-1],
        "series": [(each.as_of, each.at_work) for each in returns],
        "newest": returns[-1] if returns else None,
        "frames": FrameMember.objects.filter(enterprise=enterprise, frame__locked_at__isnull=False).select_related(
            "frame"
        ),
        "events": [_event(line, scope) for line in ledger.timeline(enterprise.subject, limit=100)],
        "former_areas": _former_areas(standing),
        "move_form": _move_form(request, standing),
    }
    return render(request, "resumption/enterprise_detail.html", context | _service(request, standing))


def _service(request: AuthenticatedRequest, standing: EnterpriseStanding) -> dict[str, Any]:
    """Who serves the enterprise, the visits to it and its difficulties, with what the reader may do about them."""
    enterprise, on = standing.enterprise, timezone.localdate()
    return {
        "officer": officer_of(enterprise, on=on),
        "visits": visits_of(enterprise)[:5],
        "matters": [
            {"record": each, "state": lifecycle_of_matter(each).state(each.state)}
            for each in difficulties_of(enterprise)[:20]
        ],
        "may_raise": has_permission(request.user, "casework.raise_matter", on=on, area=standing.area_code),
        "may_visit": has_permission(request.user, "resumption.record_visit", on=on, area=standing.area_code),
        "may_appoint": has_permission(request.user, "resumption.appoint_officer", on=on, area=standing.area_code),
        "may_view_matters": has_permission(request.user, "casework.view_matter", on=on),
    }


def _standing_or_404(request: AuthenticatedRequest, code: str) -> EnterpriseStanding:
    return get_visible_or_404(
        EnterpriseStanding.objects.select_related("enterprise"),
        user=request.user,
        permission="resumption.view_ledger",
        on=timezone.localdate(),
        community_field=selectors.COMMUNITY,
        enterprise__code=code,
    )


def _former_areas(standing: EnterpriseStanding) -> list[tuple[str, date]]:
    """Where the enterprise lay before, with the last day of each, newest first."""
    names = selectors.names_of_subdistricts()
    stays = stays_of(enterprise_ids=[standing.pk]).get(standing.pk, ())
    left = [(stay.area_code, after.since - timedelta(days=1)) for stay, after in pairwise(stays)]
    return [(names.get(area, area), until_on) for area, until_on in reversed(left)]


def _move_form(request: AuthenticatedRequest, standing: EnterpriseStanding) -> MoveForm | None:
    """The form for whom the enterprise belongs to; None for those who only read."""
    may = has_permission(request.user, MOVE, on=timezone.localdate(), area=standing.area_code)
    return MoveForm(present=standing.area_code) if may else None


@require_POST
@requires(MOVE)
def enterprise_move(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Let the enterprise lie in another subdistrict from a day on; the giver may not see it afterwards."""
    standing = _standing_or_404(request, code)
    form = MoveForm(request.POST, present=standing.area_code)
    if not form.is_valid():
        messages.error(request, _("属地变更没有办理：请选择迁入街道，并填写变更日期和原因。"))
        return redirect("resumption:enterprise-detail", code=code)
    asked = form.cleaned_data
    words = {"name": standing.enterprise.name, "area": form.names[asked["area"]], "on": asked["on"]}
    try:
        services.move_enterprise(
            enterprise=standing.enterprise,
            place=Place(asked["area"]),
            on=asked["on"],
            reason=asked["reason"],
            at=timezone.now(),
            actor=request.user,
        )
    except RegistryError as error:
        messages.error(request, error.sentence)
        return redirect("resumption:enterprise-detail", code=code)
    messages.success(request, _("“%(name)s”自 %(on)s 起属地为%(area)s，此前的数字不变。") % words)
    return redirect("resumption:ledger")


def _event(line: ledger.EntryLine, scope: tuple[str, ...]) -> dict[str, Any]:
    """An entry as a line of the timeline, with a door for those who may open entries of its areas."""
    is_open = scope and (not line.moves or values.moves_within(line.moves, scope))
    moved = [
        f"{target.code.rpartition('.')[2]} {amount:+,}"
        for source, target, amount in line.moves
        if source.code.endswith("outside")
    ]
    moved += [
        f"{source.code.rpartition('.')[2]} {-amount:+,}"
        for source, target, amount in line.moves
        if target.code.endswith("outside")
    ]
    title = HAPPENED.get(line.kind, line.kind)
    return {
        "title": _("冲销：%(what)s") % {"what": title} if line.reverses else title,
        "on": line.occurred_on,
        "detail": "; ".join(_account_words(part) for part in moved),
        "url": reverse("figures:entry", args=[line.number]) if is_open else "",
    }


def _account_words(text: str) -> str:
    words = {"at_work": _("在岗"), "of_resumed": _("职工（已复工）"), "of_not_resumed": _("职工（未复工）")}
    for code, word in words.items():
        text = text.replace(code, word)
    return text.replace("not_resumed", _("未复工")).replace("resumed", _("已复工"))
