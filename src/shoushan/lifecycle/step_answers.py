"""A step for programs: the address of its page answers in JSON when asked to (`Accept: application/json`).

The same view finds the record, the same service takes the step, so a program can do what its user may do and no more.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import JsonResponse

from shoushan.directory.models import User
from shoushan.lifecycle import options
from shoushan.lifecycle.declarations import Lifecycle, Need, Transition
from shoushan.lifecycle.errors import LifecycleError, MissingError
from shoushan.lifecycle.models import LifecycleRecord


def described(
    lifecycle: Lifecycle, step: Transition, record: LifecycleRecord, *, user: User, on: date, at: datetime
) -> JsonResponse:
    """What the step needs, whether it can be taken now, and what else leads out of the record's state."""
    option = options.option(lifecycle, step, record, user=user, on=on, at=at)
    offered = options.options(lifecycle, record, user=user, on=on, at=at)
    return _json(
        {
            **_record(lifecycle, record),
            "step": _step(option),
            "requirements": [{"label": each.label, "problem": each.problem} for each in option.requirements],
            "needs": [_need(need, record) for need in step.needs],
            "is_reason_required": step.is_reason_required,
            "steps": [_step(each) for each in offered],
        }
    )


def taken(lifecycle: Lifecycle, record: LifecycleRecord) -> JsonResponse:
    """The record after a step."""
    return _json(_record(lifecycle, record))


def refused(error: LifecycleError) -> JsonResponse:
    """Why it was not taken: one sentence, and one a field where fields are missing."""
    fields = error.fields if isinstance(error, MissingError) else {}
    return _json({"sentence": error.sentence, "fields": fields}, status=error.status)


def _record(lifecycle: Lifecycle, record: LifecycleRecord) -> dict[str, Any]:
    state = lifecycle.state(record.state)
    return {
        "lifecycle": lifecycle.code,
        "record": record.code,
        "state": {"code": state.code, "label": str(state.label), "since": record.state_on.isoformat()},
        "revision": record.revision,
    }


def _step(option: options.Option) -> dict[str, Any]:
    step = option.step
    return {"name": step.name, "label": str(step.label), "is_open": option.is_open, "problem": option.problem}


def _need(need: Need, record: LifecycleRecord) -> dict[str, Any]:
    offered = need.choices(record) if need.choices else ()
    return {
        "name": need.name,
        "label": str(need.label),
        "kind": need.kind.value,
        "is_required": need.is_required,
        "choices": [{"code": code, "label": str(label)} for code, label in offered],
    }


def _json(content: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
