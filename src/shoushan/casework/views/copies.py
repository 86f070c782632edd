"""What the public reads of matters, and its release."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shoushan.casework import selectors, services
from shoushan.casework.forms import CopyForm
from shoushan.casework.kinds import kind_of
from shoushan.casework.lifecycle.access import PUBLISH
from shoushan.casework.models import Matter
from shoushan.directory.access import AuthenticatedRequest, found_or_404, public, requires
from shoushan.lifecycle.errors import LifecycleError, MissingError
from shoushan.ui.listing import page_of

PAGE = 20


@require_safe
@public
def copy_list(request: HttpRequest) -> HttpResponse:
    """Questions and answers that were released, newest first."""
    page = page_of(request, selectors.current_copies(), size=PAGE)
    return render(request, "casework/copy_list.html", {"page_obj": page})


@require_safe
@public
def copy_detail(request: HttpRequest, number: int) -> HttpResponse:
    """One question with its answer."""
    copy = get_object_or_404(selectors.current_copies(), pk=number)
    category = kind_of(copy.matter.kind).category_label(copy.matter.category)
    return render(request, "casework/copy_detail.html", {"copy": copy, "category": category})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(PUBLISH)
def copy_publish(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Write what the public reads, and release it."""
    matter = _visible_or_404(request, code)
    now = selectors.copy_of(matter)
    first = {"title": now.title if now else "", "text": now.text if now else "", "answer": now.answer if now else ""}
    form, status = CopyForm(request.POST or None, initial=first), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.publish_copy(matter=matter, at=timezone.now(), actor=request.user, **form.cleaned_data)
            except MissingError as error:
                for name, sentence in error.fields.items():
                    form.add_error(name, sentence)
            except LifecycleError as error:
                form.add_error(None, error.sentence)
            else:
                messages.success(request, _("已公开。"))
                return redirect("casework:matter-detail", code=code)
    return render(request, "casework/copy_publish.html", {"form": form, "record": matter, "copy": now}, status=status)


@require_POST
@requires(PUBLISH)
def copy_withdraw(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Take it from the public pages."""
    matter = _visible_or_404(request, code)
    try:
        services.withdraw_copy(matter=matter, at=timezone.now(), actor=request.user)
    except LifecycleError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("已撤下。"))
    return redirect("casework:matter-detail", code=code)


def _visible_or_404(request: AuthenticatedRequest, code: str) -> Matter:
    return found_or_404(selectors.visible_matters(request.user, on=timezone.localdate()), code=code)
