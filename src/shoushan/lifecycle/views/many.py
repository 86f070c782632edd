"""One step of many records, chosen in a list: what it will do is shown first, what became of each afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shoushan.directory.access import AuthenticatedRequest, signed_in
from shoushan.lifecycle import options
from shoushan.lifecycle.declarations import Transition
from shoushan.lifecycle.errors import MissingError
from shoushan.lifecycle.forms import StepForm
from shoushan.lifecycle.models import LifecycleRecord
from shoushan.lifecycle.record_kinds import RecordKind, kind_of
from shoushan.lifecycle.services_many import take_together
from shoushan.ui.errors import error_answer
from shoushan.ui.returning import safe_next

MOST: Final = 500
"""Records of one go."""


@dataclass(frozen=True, slots=True)
class Line:
    """One chosen record, and why the step can't be taken of it or was not taken."""

    record: LifecycleRecord
    title: str
    address: str
    state: Any
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page of many asks for."""

    kind: RecordKind
    step: Transition
    records: Sequence[Any]
    back: str


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def step_many(request: AuthenticatedRequest, subject: str, name: str) -> HttpResponse:
    """Show the chosen records and what the step needs, or take it of each; others' records are not among them."""
    kind = kind_of(subject)
    if kind is None or name not in kind.together:
        raise Http404(_("没有这一步，请从列表中选择。"))
    codes = {*request.GET.getlist("code"), *request.POST.getlist("code")}
    if len(codes) > MOST:
        words = {"most": MOST, "count": len(codes)}
        sentence = _("一次最多办理 %(most)d 件，选了 %(count)d 件。请分次办理。") % words
        return error_answer(request, status=400, sentence=sentence)
    back = safe_next(request, "/")
    records = list(kind.visible(request.user, timezone.localdate()).filter(code__in=codes).order_by("pk"))
    step = next((step for each in records if (step := kind.lifecycle(each).transition(name))), None)
    if step is None:
        messages.warning(request, _("没有选中可以办理的记录，请先在列表中勾选。"))
        return redirect(back)
    asked = Asked(kind, step, records, back)
    return _take(request, asked) if request.method == "POST" else _shown(request, asked, StepForm(step, records[0]))


def _take(request: AuthenticatedRequest, asked: Asked) -> HttpResponse:
    """Take the step of each record."""
    form = StepForm(asked.step, asked.records[0], request.POST)
    form.is_valid()
    try:
        outcomes = take_together(
            asked.kind,
            asked.records,
            asked.step.name,
            actor=request.user,
            at=timezone.now(),
            values={need.name: request.POST.get(need.name, "") for need in asked.step.needs},
            reason=request.POST.get("reason", ""),
            seen=_seen(request, asked.records),
        )
    except MissingError as error:
        form.errors.clear()
        form.add_problems(error.fields)
        return _shown(request, asked, form, status=error.status)
    refused = [_line(asked.kind, each.record, each.sentence) for each in outcomes if each.sentence]
    return _answer(request, asked, len(outcomes) - len(refused), refused)


def _shown(request: AuthenticatedRequest, asked: Asked, form: StepForm, *, status: int = 200) -> HttpResponse:
    """The records with what stands in the way of each, and the form of the step."""
    on, at = timezone.localdate(), timezone.now()
    lines = []
    for record in asked.records:
        lifecycle = asked.kind.lifecycle(record)
        option = options.option(lifecycle, asked.step, record, user=request.user, on=on, at=at)
        problem = "" if record.state in asked.step.sources else _("当前状态不能办理这一步。")
        lines.append(_line(asked.kind, record, problem or option.problem))
    open_lines = sum(not each.problem for each in lines)
    context = {"step": asked.step, "form": form, "lines": lines, "open": open_lines, "back": asked.back}
    return render(request, "lifecycle/step_many.html", context, status=status)


def _answer(request: HttpRequest, asked: Asked, taken: int, refused: Sequence[Line]) -> HttpResponse:
    """Back to the list when all was done; else what was not done, each with its reason."""
    if not refused:
        messages.success(request, _("已%(step)s %(count)d 件。") % {"step": asked.step.label, "count": taken})
        return redirect(asked.back)
    context = {"step": asked.step, "taken": taken, "refused": refused, "back": asked.back}
    return render(request, "lifecycle/step_many_done.html", context)


def _line(kind: RecordKind, record: LifecycleRecord, problem: str) -> Line:
    state = kind.lifecycle(record).state(record.state)
    return Line(record, kind.title(record), kind.address(record), state, problem)


def _seen(request: HttpRequest, records: Sequence[LifecycleRecord]) -> dict[str, int]:
    """The revision of each record that the page showed."""
    sent = {each.code: request.POST.get(f"seen-{each.code}", "") for each in records}
    return {code: int(text) for code, text in sent.items() if text.isascii() and text.isdecimal()}
