"""Applications: the list, the draft, the record's page, its steps, the check on site, its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shoushan.apps.resumption import selectors, services
from shoushan.apps.resumption.enums.applications import MEASURE_TONES, MeasureState, Party
from shoushan.apps.resumption.forms import ApplicationFilter, ApplicationForm, CheckForm
from shoushan.apps.resumption.lifecycle import APPLICATIONS
from shoushan.apps.resumption.models import Application, Permit
from shoushan.apps.resumption.selectors.applications import (
    MeasureView,
    application_rows,
    measures_of,
    shared_files,
    visible_applications,
)
from shoushan.apps.resumption.selectors.contacts import enterprises_of, is_contact
from shoushan.directory.access import AuthenticatedRequest, found_or_404, requires, signed_in
from shoushan.lifecycle.errors import LifecycleError
from shoushan.lifecycle.form_pages import posted
from shoushan.lifecycle.record_pages import file_answer, record_context
from shoushan.lifecycle.views import step_page
from shoushan.ui.listing import page_of
from shoushan.ui.returning import safe_next

VIEW, CHECK, REPRESENT = (
    "resumption.view_application",
    "resumption.check_application",
    "resumption.represent_enterprise",
)


@require_safe
@requires(VIEW)
def application_list(request: AuthenticatedRequest) -> HttpResponse:
    """Applications that were handed in, 50 a page; filters are in the address."""
    names = selectors.names_of_subdistricts()
    form = ApplicationFilter(request.GET, names=names)
    found = visible_applications(request.user, on=timezone.localdate())
    found = application_rows(found, **form.cleaned_data) if form.is_valid() else found.none()
    page = page_of(request, found)
    lines = [
        {"record": each, "state": APPLICATIONS.state(each.state), "area": names.get(each.area_code, each.area_code)}
        for each in page
    ]
    context = {"form": form, "page_obj": page, "lines": lines}
    return render(request, "resumption/application_list.html", context)


# ---- the draft -----------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@requires(REPRESENT)
def application_create(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """A draft for an enterprise for which the person speaks."""
    enterprise = enterprises_of(request.user).filter(code=code).first()
    if enterprise is None:
        raise Http404(_("没有这家企业，或者您还不是它经确认的联络人。"))
    form = ApplicationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        application = services.draft_application(
            enterprise=enterprise, values=form.cleaned_data, actor=request.user, at=timezone.now()
        )
        messages.success(request, _("草稿 %(code)s 已保存，核对后请提交。") % {"code": application.code})
        return redirect("resumption:application-detail", code=application.code)
    return _form_page(request, form, enterprise.name, reverse("resumption:contact-home"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(REPRESENT)
def application_edit(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Change a draft, or one that came back incomplete."""
    application = _visible_or_404(request, code)
    back = reverse("resumption:application-detail", args=[code])
    form = ApplicationForm(request.POST or None, instance=application)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_draft(
                application_id=application.pk, values=form.cleaned_data, actor=request.user, at=timezone.now()
            )
        except LifecycleError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("已保存。"))
            return redirect(back)
    return _form_page(request, form, application.enterprise.name, back)


def _form_page(request: AuthenticatedRequest, form: ApplicationForm, name: str, back: str) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(
        request, "resumption/application_form.html", {"form": form, "name": name, "back": back}, status=status
    )


# ---- the record ----------------------------------------------------------------------------------------
@require_safe
@signed_in
def application_detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One application with its measures, permit, next steps and story."""
    application = _visible_or_404(request, code)
    context = record_context(
        APPLICATIONS,
        application,
        user=request.user,
        at=timezone.now(),
        step_address=lambda name: _step_address(code, name),
        file_address=lambda number: reverse("resumption:application-file", args=[code, number]),
    )
    is_own = is_contact(request.user, application.enterprise_id)
    visible = visible_applications(request.user, on=timezone.localdate())
    context |= {
        "shared_files": [] if is_own else shared_files(application, visible),
        "area": selectors.names_of_subdistricts().get(application.area_code, application.area_code),
        "measures": _measures(application),
        "permit": Permit.objects.filter(application=application).first(),
        "is_own": is_own,
        "may_edit": is_own and application.state in {"DRAFT", "INCOMPLETE"},
        "back": reverse("resumption:contact-home" if is_own else "resumption:application-list"),
    }
    return render(request, "resumption/application_detail.html", context)


def _step_address(code: str, name: str) -> str:
    if name == "record_check":
        return reverse("resumption:application-check", args=[code])
    return reverse("resumption:application-step", args=[code, name])


def _measures(application: Application) -> list[dict[str, Any]]:
    """The four measures with what either party found; none before they are opened."""
    views = measures_of(application) if application.measures.exists() else []
    return [
        {
            "view": view,
            "label": view.label,
            "state": MeasureState(view.state).label,
            "tone": MEASURE_TONES[MeasureState(view.state)],
            "parties": _parties(view),
        }
        for view in views
    ]


def _parties(view: MeasureView) -> list[dict[str, Any]]:
    found = {party: [each for each in view.findings if each.party == party] for party in Party}
    return [{"label": party.label, "findings": found[party]} for party in Party]


@signed_in
def application_step(request: AuthenticatedRequest, code: str, name: str) -> HttpResponse:
    """A step of an application."""
    application = _visible_or_404(request, code)
    if name == "record_check":
        return redirect("resumption:application-check", code=code)
    return step_page(
        request, APPLICATIONS, application, name, back=reverse("resumption:application-detail", args=[code])
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CHECK)
def application_check(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The check list of the measures that wait, filled in on site."""
    application = _visible_or_404(request, code)
    waiting = {each.measure for each in application.measures.all() if each.state != MeasureState.PASSED}
    items = [row for row in services.items_of(application, at=timezone.now()) if row["measure"] in waiting]
    first = {"seen": application.revision}
    form = CheckForm(request.POST or None, request.FILES or None, items=items, initial=first)
    back = safe_next(request, reverse("resumption:application-detail", args=[code]))

    def take(_values: dict[str, Any]) -> str:
        services.record_check(
            application_id=application.pk,
            found=form.found,
            actor=request.user,
            at=timezone.now(),
            files={name: request.FILES.getlist(name) for name in ("photo", "signature") if name in request.FILES},
            seen=form.cleaned_data.get("seen"),
        )
        messages.success(request, _("核验结果已记录。"))
        return back

    answer, status = posted(request, form, take)
    if answer is not None:
        return answer
    party = services.party_of(request.user, at=timezone.now())
    context = {"record": application, "form": form, "party": party.label, "back": back}
    return render(request, "resumption/application_check.html", context, status=status)


@require_safe
@signed_in
def application_file(request: AuthenticatedRequest, code: str, number: int) -> FileResponse:
    """One paper or photo of an application."""
    return file_answer(_visible_or_404(request, code), number)


def _visible_or_404(request: AuthenticatedRequest, code: str) -> Application:
    return found_or_404(visible_applications(request.user, on=timezone.localdate()), code=code)
