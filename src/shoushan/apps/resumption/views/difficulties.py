"""Raising a difficulty of an enterprise; the list of needs for funds that goes to the banks."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shoushan.apps.resumption import selectors, services
from shoushan.apps.resumption.forms import DifficultyForm
from shoushan.apps.resumption.lifecycle import DIFFICULTY
from shoushan.apps.resumption.models import EnterpriseStanding
from shoushan.apps.resumption.selectors.contacts import enterprises_of
from shoushan.apps.resumption.selectors.difficulties import difficulty_rows, funds_rows, in_wan
from shoushan.apps.resumption.sheets.difficulties import DifficultySheet, record_of
from shoushan.casework.services import lifecycle_of_matter
from shoushan.directory.access import AuthenticatedRequest, area_scope, requires, signed_in, visible
from shoushan.exchange.downloads import sheet_download
from shoushan.lifecycle.errors import LifecycleError, MissingError
from shoushan.registry.models import Enterprise
from shoushan.ui.listing import page_of

FUNDS, EXPORT = "resumption.view_funds", "resumption.export_difficulties"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def difficulty_create(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Raise a difficulty: a contact for their own enterprise, staff for one in their area."""
    own = enterprises_of(request.user).filter(code=code).first()
    enterprise = own or _in_area_or_404(request, code)
    form, status = DifficultyForm(request.POST or None, is_own=own is not None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                matter = services.raise_difficulty(
                    enterprise=enterprise, difficulty=form.difficulty, actor=request.user, at=timezone.now()
                )
            except MissingError as error:
                for name, sentence in error.fields.items():
                    form.add_error(name, sentence)
            except LifecycleError as error:
                form.add_error(None, error.sentence)
            else:
                messages.success(request, _("已登记，编号 %(code)s。") % {"code": matter.code})
                return redirect("casework:matter-detail", code=matter.code)
    back = reverse("resumption:contact-home") if own else reverse("resumption:enterprise-detail", args=[code])
    context = {"form": form, "enterprise": enterprise, "back": back}
    return render(request, "resumption/difficulty_form.html", context, status=status)


def _in_area_or_404(request: AuthenticatedRequest, code: str) -> Enterprise:
    found = visible(
        EnterpriseStanding.objects.select_related("enterprise"),
        user=request.user,
        permission="casework.raise_matter",
        on=timezone.localdate(),
        community_field=selectors.COMMUNITY,
    ).filter(enterprise__code=code)
    standing = found.first()
    if standing is None:
        raise Http404(_("没有这家企业，或者它不在您的权限范围内，请从列表中重新查找。"))
    return standing.enterprise


@require_safe
@requires(FUNDS)
def funds_list(request: AuthenticatedRequest) -> HttpResponse:
    """Needs for funds that nobody has answered yet, largest first; `?all=1` shows all of them."""
    areas = area_scope(request.user, FUNDS, on=timezone.localdate())
    is_open = request.GET.get("all") != "1"
    found = funds_rows(areas=areas, is_open=is_open)
    page = page_of(request, found)
    names = selectors.names_of_subdistricts()
    lines = [
        {
            "need": each,
            "amount": in_wan(each),
            "area": names.get(each.matter.area_code, each.matter.area_code),
            "category": DIFFICULTY.category_label(each.matter.category),
            "state": lifecycle_of_matter(each.matter).state(each.matter.state),
        }
        for each in page
    ]
    context = {"lines": lines, "page_obj": page, "is_open": is_open}
    return render(request, "resumption/funds_list.html", context)


@require_safe
@requires(EXPORT)
def difficulty_export(request: AuthenticatedRequest) -> HttpResponse:
    """The ledger of difficulties within the reader's areas in its official layout (xlsx)."""
    on = timezone.localdate()
    areas = area_scope(request.user, EXPORT, on=on)
    rows = map(record_of, difficulty_rows(areas=areas).iterator(500))
    return sheet_download(DifficultySheet(), rows, as_of=on)
