"""One enterprise: its facts, its days, what happened to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from shoushan.apps.resumption import chart, selectors
from shoushan.apps.resumption.models import EnterpriseStanding
from shoushan.directory.access import AuthenticatedRequest, get_visible_or_404, requires
from shoushan.ledger import api as ledger
from shoushan.registry.models import FrameMember

HAPPENED = {
    chart.ENTERPRISE_FRAMED: gettext_lazy("列入或调出统计局“四上”名单"),
    chart.ENTERPRISE_LISTED: gettext_lazy("列入街道台账"),
    chart.ENTERPRISE_RESUMED: gettext_lazy("复工"),
    chart.RETURN_REPORTED: gettext_lazy("填报在岗人数"),
    chart.STANDING_CORRECTED: gettext_lazy("更正"),
}


@require_safe
@requires("resumption.view_ledger")
def enterprise_detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The enterprise's page; one of another area answers like a missing one."""
    standing = get_visible_or_404(
        EnterpriseStanding.objects.select_related("enterprise"),
        user=request.user,
        permission="resumption.view_ledger",
        on=timezone.localdate(),
        enterprise__code=code,
    )
    enterprise = standing.enterprise
    returns = list(enterprise.returns.select_related("source").order_by("as_of"))
    context = {
        "standing": standing,
        "enterprise": enterprise,
        "area": selectors.names_of_subdistricts().get(standing.area_code, standing.area_code),
        "returns": returns[::-1],
        "series": [(each.as_of, each.at_work) for each in returns],
        "newest": returns[-1] if returns else None,
        "frames": FrameMember.objects.filter(enterprise=enterprise, frame__locked_at__isnull=False).select_related(
            "frame"
        ),
        "events": [_event(line) for line in ledger.timeline(enterprise.subject, limit=100)],
    }
    return render(request, "resumption/enterprise_detail.html", context)


def _event(line: ledger.EntryLine) -> dict[str, Any]:
    """An entry as a line of the timeline."""
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
        "url": reverse("figures:entry", args=[line.number]),
    }


def _account_words(text: str) -> str:
    words = {"at_work": _("在岗"), "of_resumed": _("职工（已复工）"), "of_not_resumed": _("职工（未复工）")}
    for code, word in words.items():
        text = text.replace(code, word)
    return text.replace("not_resumed", _("未复工")).replace("resumed", _("已复工"))
