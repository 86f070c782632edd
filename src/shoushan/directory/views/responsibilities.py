"""Who answers for which subdistrict (包挂街道), then and now."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shoushan.directory import selectors
from shoushan.directory import services_administration as services
from shoushan.directory.access import AuthenticatedRequest, found_or_404, has_permission, requires
from shoushan.directory.enums import AreaLevel, TargetKind
from shoushan.directory.forms import LastDayForm, ResponsibilityForm
from shoushan.directory.models import Responsibility, User
from shoushan.directory.views.refusals import told_in, told_to

VIEW: Final = "directory.view_organisation"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(VIEW)
def responsibility_list(request: AuthenticatedRequest) -> HttpResponse:
    """Every subdistrict with its leader of today, and those before; POST gives one a leader from a day on."""
    today = timezone.localdate()
    names = selectors.area_names(on=today, level=AreaLevel.SUBDISTRICT)
    may_assign = has_permission(request.user, services.ASSIGN, on=today, area=settings.DISTRICT_CODE)
    leaders = selectors.leaders(on=today)
    form = ResponsibilityForm(request.POST or None, names=names, leaders=leaders, initial={"valid_from": today})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            asked = form.cleaned_data
            with told_in(form):
                services.make_responsible(
                    leader=User.objects.get(username=asked["leader"]),
                    target_kind=TargetKind.AREA,
                    target_code=asked["area"],
                    valid_from=asked["valid_from"],
                    duties=asked["duties"],
                    actor=request.user,
                    at=timezone.now(),
                )
                messages.success(request, _("包挂责任已明确，原包挂领导到前一日为止。"))
                return redirect("directory:responsibility-list")
    context = {
        "form": form if may_assign else None,
        "end_form": LastDayForm(initial={"last_day": today}),
        "rows": selectors.responsibilities_by_area(names, on=today),
        "may_assign": may_assign,
    }
    return render(request, "directory/responsibility_list.html", context, status=status)


@require_POST
@requires(services.ASSIGN)
def responsibility_end(request: AuthenticatedRequest, number: int) -> HttpResponse:
    """The last day of a responsibility."""
    found = found_or_404(Responsibility.objects.select_related("leader"), pk=number)
    form = LastDayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写最后一日。"))
    else:
        with told_to(request):
            services.end_responsible(responsibility=found, **form.cleaned_data, actor=request.user, at=timezone.now())
            messages.success(request, _("包挂责任已结束。"))
    return redirect("directory:responsibility-list")
