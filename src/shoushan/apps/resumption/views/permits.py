"""Permits as everybody sees them: the list, the page behind the QR code, the report of a violation."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shoushan.apps.resumption import selectors, services
from shoushan.apps.resumption.forms import PermitFilter, ViolationForm
from shoushan.apps.resumption.models import Permit
from shoushan.apps.resumption.selectors.applications import public_permits
from shoushan.directory.access import public
from shoushan.lifecycle.errors import LifecycleError
from shoushan.ui.listing import page_of


@require_safe
@public
def permit_list(request: HttpRequest) -> HttpResponse:
    """The places that may be open now."""
    names = selectors.names_of_subdistricts()
    form = PermitFilter(request.GET, names=names)
    found = public_permits(**form.cleaned_data) if form.is_valid() else public_permits().none()
    page = page_of(request, found)
    lines = [{"permit": each, "area": names.get(each.application.area_code, "")} for each in page]
    return render(request, "resumption/permit_list.html", {"form": form, "page_obj": page, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@public
def permit_detail(request: HttpRequest, token: str) -> HttpResponse:
    """One permit: does it hold now, and a form to report what does not keep to the measures."""
    permit = Permit.objects.select_related("application__enterprise").filter(token=token).first()
    if permit is None:
        raise Http404(_("没有这份复工许可，请核对二维码或许可编号。"))
    form = ViolationForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                violation = services.report_violation(permit=permit, **form.cleaned_data, at=timezone.now())
            except LifecycleError as error:
                form.add_error(None, error.sentence)
                status = error.status
            else:
                words = {"code": violation.code}
                messages.success(request, _("已收到，编号 %(code)s，将由街道和主管部门核实。") % words)
                return redirect("resumption:permit-detail", token=token)
    address = request.build_absolute_uri(reverse("resumption:permit-detail", args=[token]))
    code = segno.make(address, error="m").svg_inline(scale=4, border=2)
    application = permit.application
    context = {
        "permit": permit,
        "application": application,
        "area": selectors.names_of_subdistricts().get(application.area_code, ""),
        "is_valid": permit.is_valid and application.state != "STOPPED",
        "qr": mark_safe(code),  # noqa: S308 - drawn by segno from our own address
        "form": form,
    }
    return render(request, "resumption/permit_detail.html", context, status=status)
