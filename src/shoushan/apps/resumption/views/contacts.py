"""Contacts of enterprises: the account, the claims, and the subdistrict that confirms them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shoushan.apps.resumption import selectors, services
from shoushan.apps.resumption.forms import ClaimFilter, ClaimForm, RegisterForm
from shoushan.apps.resumption.lifecycle import APPLICATIONS, CLAIMS
from shoushan.apps.resumption.models import EnterpriseClaim
from shoushan.apps.resumption.selectors.difficulties import own_difficulties
from shoushan.casework.services import lifecycle_of_matter
from shoushan.directory.access import AuthenticatedRequest, area_scope, found_or_404, public, requires, signed_in
from shoushan.directory.services import DirectoryError
from shoushan.lifecycle.record_pages import record_context
from shoushan.lifecycle.views import step_page
from shoushan.ui.listing import page_of

CONFIRM = "resumption.confirm_contact"


@require_http_methods(["GET", "HEAD", "POST"])
@public
def contact_register(request: HttpRequest) -> HttpResponse:
    """Open an account for a contact with the claim of an enterprise."""
    form = RegisterForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                claim = services.register_contact(**form.cleaned_data, at=timezone.now())
            except services.ContactError as error:
                form.add_error("uscc", error.sentence)
            except DirectoryError as error:
                form.add_error(None, error.sentence)
            else:
                words = {"name": claim.enterprise.name}
                messages.success(
                    request, _("账号已开通，请登录。您对“%(name)s”的认领由属地街道确认，确认后即可办理。") % words
                )
                return redirect("directory:sign-in")
    return render(request, "resumption/contact_register.html", {"form": form}, status=status)


@require_safe
@requires("resumption.represent_enterprise")
def contact_home(request: AuthenticatedRequest) -> HttpResponse:
    """For whom the person speaks, or asked to, and the form for one more enterprise."""
    return _home(request, ClaimForm())


@require_POST
@requires("resumption.represent_enterprise")
def contact_claim(request: AuthenticatedRequest) -> HttpResponse:
    """Claim one more enterprise."""
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return _home(request, form, status=422)
    try:
        claim = services.claim_enterprise(user=request.user, **form.cleaned_data, at=timezone.now())
    except services.ContactError as error:
        form.add_error("uscc", error.sentence)
        return _home(request, form, status=422)
    messages.success(request, _("已申请认领“%(name)s”，由属地街道确认。") % {"name": claim.enterprise.name})
    return redirect("resumption:contact-home")


def _home(request: AuthenticatedRequest, form: ClaimForm, status: int = 200) -> HttpResponse:
    own: dict[int, list[dict[str, object]]] = {}
    for each in selectors.own_applications(request.user):
        own.setdefault(each.enterprise_id, []).append({"record": each, "state": APPLICATIONS.state(each.state)})
    claims = selectors.claims_of(request.user)
    raised: dict[str, list[dict[str, object]]] = {}
    for matter in own_difficulties(request.user):
        state = lifecycle_of_matter(matter).state(matter.state)
        raised.setdefault(matter.about, []).append({"record": matter, "state": state})
    day = timezone.localdate()
    reminded = selectors.reminders_of(request.user)
    lines = [
        _line(claim)
        | {
            "applications": own.get(claim.enterprise_id, ()),
            "matters": raised.get(claim.enterprise.subject, ()),
            "reminders": [each for each in reminded if each.enterprise_id == claim.enterprise_id],
            "owes_return": claim.state == "CONFIRMED" and _works(claim),
        }
        for claim in claims
    ]
    context = {"form": form, "claims": lines, "day": day}
    return render(request, "resumption/contact_home.html", context, status=status)


def _works(claim: EnterpriseClaim) -> bool:
    standing = getattr(claim.enterprise, "standing", None)
    return standing is not None and standing.resumed_on is not None


def _line(claim: EnterpriseClaim) -> dict[str, object]:
    return {"claim": claim, "state": CLAIMS.state(claim.state)}


@require_safe
@requires(CONFIRM)
def contact_list(request: AuthenticatedRequest) -> HttpResponse:
    """The claims of the areas in which the reader confirms; those that wait come first."""
    form = ClaimFilter(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    areas = area_scope(request.user, CONFIRM, on=timezone.localdate())
    page = page_of(request, selectors.claim_rows(areas=areas, state=state))
    context = {"form": form, "page_obj": page, "lines": [_line(claim) for claim in page]}
    return render(request, "resumption/contact_list.html", context)


@require_safe
@signed_in
def contact_detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One claim: for the person who made it and for those who confirm it."""
    claim = _visible_or_404(request, code)
    context = record_context(
        CLAIMS,
        claim,
        user=request.user,
        at=timezone.now(),
        step_address=lambda name: reverse("resumption:contact-step", args=[code, name]),
        file_address=lambda number: "",
    )
    context |= {"is_own": claim.user_id == request.user.pk, "area": _area(claim)}
    return render(request, "resumption/contact_detail.html", context)


@signed_in
def contact_step(request: AuthenticatedRequest, code: str, name: str) -> HttpResponse:
    """A step of a claim."""
    claim = _visible_or_404(request, code)
    return step_page(request, CLAIMS, claim, name, back=reverse("resumption:contact-detail", args=[code]))


def _visible_or_404(request: AuthenticatedRequest, code: str) -> EnterpriseClaim:
    return found_or_404(selectors.visible_claims(request.user, on=timezone.localdate()), code=code)


def _area(claim: EnterpriseClaim) -> str:
    return selectors.names_of_subdistricts().get(claim.area_code, claim.area_code)
