"""Pages of the dated rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shoushan.directory.access import AuthenticatedRequest, has_permission, requires
from shoushan.lifecycle import policies, selectors, services
from shoushan.lifecycle.errors import PolicyError
from shoushan.lifecycle.forms import RuleForm, grid_of, rows_of
from shoushan.lifecycle.models import Document, RiskArea
from shoushan.ui.asking import asked_day


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
