"""Pages of the dated rules, and the page of a step that the apps' own addresses show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shoushan.directory.access import AuthenticatedRequest, has_permission, requires
from shoushan.fieldwork import sending
from shoushan.fieldwork.errors import SubmissionError
from shoushan.lifecycle import options, policies, selectors, services, step_answers
from shoushan.lifecycle.declarations import Lifecycle, Transition
from shoushan.lifecycle.errors import LifecycleError, MissingError, PolicyError, WrongStateError
from shoushan.lifecycle.forms import RuleForm, StepForm, grid_of, rows_of
from shoushan.lifecycle.models import Document, LifecycleRecord, RiskArea
from shoushan.ui.asking import asked_day
from shoushan.ui.errors import error_answer, wants_json
from shoushan.ui.returning import safe_next


@require_safe
@requires("lifecycle.view_rule")
def rule_list(request: AuthenticatedRequest) -> HttpResponse:
    """Every rule with the version in force on a day."""
    on = asked_day(request, today=timezone.localdate())
    found = [
        {"declaration": each, "found": selectors.rule_in_force(each.code, on=on, area=settings.DISTRICT_CODE)}
        for each in policies.declared()
    ]
    return render(request, "lifecycle/rule_list.html", {"rules": found, "on": on})


@require_safe
@requires("lifecycle.view_rule")
def rule_detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One rule: the version of a day in full, and all versions."""
    declaration = _declaration(code)
    on = asked_day(request, today=timezone.localdate())
    found = selectors.rule_in_force(code, on=on, area=settings.DISTRICT_CODE)
    context = {
        "declaration": declaration,
        "on": on,
        "found": found,
        "rows": [_words(row, declaration) for row in found.rows] if found else [],
        "versions": selectors.versions(code),
        "can_enter": has_permission(request.user, "lifecycle.enter_rule", on=timezone.localdate()),
    }
    return render(request, "lifecycle/rule_detail.html", context)


@requires("lifecycle.enter_rule")
def rule_create(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """A new version: fill in, look at what it would change, then enter it."""
    declaration = _declaration(code)
    now = selectors.rule_in_force(code, on=timezone.localdate(), area=settings.DISTRICT_CODE)
    if request.method != "POST":
        rows = now.rows if now else []
        context = {"declaration": declaration, "form": RuleForm(), "grid": grid_of(rows, declaration)}
        return render(request, "lifecycle/rule_create.html", context)
    form, rows = RuleForm(request.POST), rows_of(request.POST, declaration)
    changes: list[policies.Change] | None = None
    if form.is_valid():
        try:
            words: dict[str, Any] = {"code": code, "rows": rows, "area_code": settings.DISTRICT_CODE}
            changes = services.preview_rule(valid_from=form.cleaned_data["valid_from"], **words)
            if "confirm" in request.POST:
                document = services.enter_document(**form.document_words())
                now_at = timezone.now()
                services.enter_rule(document=document, at=now_at, actor=request.user, **words, **form.rule_words())
                messages.success(request, _("新版本已录入，按各记录自己的日期适用。"))
                return redirect("lifecycle:rule-detail", code)
        except PolicyError as error:
            form.add_error(None, str(error))
    context = {"declaration": declaration, "form": form, "grid": grid_of(rows, declaration), "changes": changes}
    return render(request, "lifecycle/rule_create.html", context, status=200 if form.is_valid() else 422)


@require_safe
@requires("lifecycle.view_rule")
def document_list(request: AuthenticatedRequest) -> HttpResponse:
    """The timeline of documents, with what each ordered."""
    found = Document.objects.prefetch_related("rules", "risk_areas").order_by("issued_on", "number")
    labels = {each.code: each.label for each in policies.declared()}
    rows = [
        {
            "document": each,
            "rules": list({rule.code: labels.get(rule.code, rule.code) for rule in each.rules.all()}.values()),
        }
        for each in found
    ]
    return render(request, "lifecycle/document_list.html", {"rows": rows})


@require_safe
@requires("lifecycle.view_rule")
def risk_list(request: AuthenticatedRequest) -> HttpResponse:
    """Published risk levels, the latest first."""
    found = RiskArea.objects.select_related("document").order_by("-valid_from", "area_code")
    return render(request, "lifecycle/risk_list.html", {"risks": found})


def _declaration(code: str) -> policies.RuleDeclaration:
    declaration = policies.declaration_of(code)
    if declaration is None:
        raise Http404(_("没有这条规则，请从列表中选择。"))
    return declaration


def _words(row: Mapping[str, Any], declaration: policies.RuleDeclaration) -> list[tuple[str, bool]]:
    """One row as people read it; with each cell whether it is a text of the document, which stays as it is."""
    shown = []
    for column in declaration.columns:
        value = row.get(column.name)
        label = dict(column.choices).get(str(value), value)
        text = str(_("不限")) if value == policies.ANY else "" if label is None else str(label)
        shown.append((text, not column.choices and value != policies.ANY))
    return shown


# ---- the page of a step -------------------------------------------------------------------------
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
