"""The page of a step, which the apps' own addresses show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.directory.access import AuthenticatedRequest
from shoushan.fieldwork import sending
from shoushan.fieldwork.errors import SubmissionError
from shoushan.lifecycle import options, services, step_answers
from shoushan.lifecycle.declarations import Lifecycle, Transition
from shoushan.lifecycle.errors import LifecycleError, MissingError, WrongStateError
from shoushan.lifecycle.forms import StepForm
from shoushan.lifecycle.models import LifecycleRecord
from shoushan.ui.errors import error_answer, wants_json
from shoushan.ui.returning import safe_next


def step_page(
    request: AuthenticatedRequest,
    lifecycle: Lifecycle,
    record: LifecycleRecord,
    name: str,
    *,
    template: str = "lifecycle/step.html",
    back: str,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show what a step needs, or take it: apps call this after they found the record for this user.

    A refusal answers 403, 409 or 422 with its sentence, and what was typed is still there. Programs ask for JSON and get
    the same as data.
    """
    step = lifecycle.transition(name)
    if step is None or step.is_by_system:
        raise Http404(_("没有这一步，请从记录页面选择。"))
    now, on, is_json = timezone.now(), timezone.localdate(), wants_json(request)
    back = safe_next(request, back)
    form = StepForm(step, record, request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        form.is_valid()
        if sending.key_of(request):
            return _sent_by_phone(request, lifecycle, record, step, back)
        try:
            after = services.advance(lifecycle, record.pk, name, actor=request.user, at=now, **_sent(request, step))
        except LifecycleError as error:
            if is_json:
                return step_answers.refused(error)
            if isinstance(error, WrongStateError):
                return error_answer(request, status=error.status, sentence=error.sentence)
            form.errors.clear()
            form.add_problems(error.fields if isinstance(error, MissingError) else {"": error.sentence})
            status = error.status
        else:
            if is_json:
                return step_answers.taken(lifecycle, after)
            messages.success(request, _("已%(step)s。") % {"step": step.label})
            return redirect(back)
    if is_json:
        return step_answers.described(lifecycle, step, record, user=request.user, on=on, at=now)
    option = options.option(lifecycle, step, record, user=request.user, on=on, at=now)
    words = {"record": record, "step": step, "form": form, "option": option, "back": back, **(context or {})}
    return render(request, template, words, status=status)


def _sent_by_phone(
    request: AuthenticatedRequest, lifecycle: Lifecycle, record: LifecycleRecord, step: Transition, back: str
) -> HttpResponse:
    """A step that was filled in on a phone: taken once, however often it arrives."""
    now = timezone.now()

    def take() -> str:
        services.advance(lifecycle, record.pk, step.name, actor=request.user, at=now, **_sent(request, step))
        return back

    try:
        return sending.told_taken(sending.answer_before(request) or sending.take_once(request, take=take))
    except SubmissionError as error:
        return sending.told_refused(error.sentence, status=error.status)
    except LifecycleError as error:
        return step_answers.refused(error)


def _sent(request: HttpRequest, step: Transition) -> dict[str, Any]:
    """What was typed and handed in, as the service takes it."""
    return {
        "values": {need.name: request.POST.get(need.name, "") for need in step.needs},
        "files": {name: request.FILES.getlist(name) for name in request.FILES},
        "reason": request.POST.get("reason", ""),
        "seen": _seen(request),
    }


def _seen(request: HttpRequest) -> int | None:
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdecimal() else None
