"""What the page of a record with a lifecycle shows beside its own facts: next steps, clocks, timeline, files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import FileResponse, Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.deadlines.clock_pages import clock_lines
from shoushan.deadlines.models import Clock
from shoushan.lib.languages import official
from shoushan.lifecycle import options
from shoushan.lifecycle.declarations import Lifecycle, NeedKind
from shoushan.lifecycle.evidence import PHOTO_KINDS
from shoushan.lifecycle.models import Evidence, LifecycleRecord, Step

if TYPE_CHECKING:
    from shoushan.directory.models import User


def record_context(
    lifecycle: Lifecycle,
    record: LifecycleRecord,
    *,
    user: User,
    at: datetime,
    step_address: Callable[[str], str],
    file_address: Callable[[int], str],
) -> dict[str, Any]:
    """`state`, `options`, `events`, `clocks` and `files` for the includes of `lifecycle/`.

    `step_address` gives the page of a step by its name, `file_address` that of a file by its number.
    """
    on = timezone.localtime(at).date()
    offered = options.options(lifecycle, record, user=user, on=on, at=at)
    taken = options.timeline(lifecycle, record)
    return {
        "record": record,
        "state": lifecycle.state(record.state),
        "options": [{"option": each, "url": step_address(each.step.name)} for each in offered if not each.refusal],
        "events": [_event(lifecycle, each) for each in taken],
        "files": [
            {"file": file, "url": file_address(file.pk), "label": each["label"]}
            for each in taken
            for file in each["step"].evidence.all()
        ],
        "clocks": clock_lines(_clocks_of(record), at=at),
    }


def _clocks_of(record: LifecycleRecord) -> QuerySet[Clock]:
    found = Clock.objects.open().filter(subject=record.subject)
    return found.prefetch_related("pauses", "extensions").order_by("due_at", "pk")


def _event(lifecycle: Lifecycle, taken: dict[str, Any]) -> dict[str, Any]:
    step, target = taken["step"], taken["target"]
    actor = str(step.actor.display_name) if step.actor else str(_("系统"))
    if step.on_behalf_of:
        with official():  # among names, which stay Chinese
            actor += _("（代%(name)s）") % {"name": step.on_behalf_of}
    office = f"{step.organisation}，" if step.organisation else ""
    return {
        "at": step.taken_at,
        "on": None if timezone.localtime(step.taken_at).date() == step.occurred_on else step.occurred_on,
        "title": taken["label"],
        "actor": f"{office}{actor}",
        "name": step.transition,
        "detail": _detail(lifecycle, step),
        "language": "zh-Hans",  # as its writer typed it
        "tone": target.tone if step.source != step.target else "neutral",
    }


def _detail(lifecycle: Lifecycle, step: Step) -> str:
    """Why, what was written at length in that step, and a day that it states beside the one on which it counts."""
    declared = lifecycle.transition(step.transition)
    said = [step.reason] if step.reason else []
    for need in declared.needs if declared else ():
        value = step.values.get(need.name)
        if not value:
            continue
        if need.kind == NeedKind.LONG_TEXT:
            said.append(value)
        elif need.kind == NeedKind.DAY and declared is not None and need.name != declared.counts_from:
            with official():  # beside words that stay Chinese
                said.append(f"{need.label}：{value}")
    return "\n".join(said)


def file_answer(record: LifecycleRecord, number: int, *, is_shown: bool = False) -> FileResponse:
    """One file of a record, to be saved, or a photo to be shown; apps call this after they found the record for this user."""
    found = Evidence.objects.filter(subject=record.subject, pk=number).first()
    if found is None:
        raise Http404(_("没有这份材料，请从记录页面重新选择。"))
    return stored_answer(found.path, found.file_name, is_shown=is_shown)


def stored_answer(place: str, name: str, *, is_shown: bool = False) -> FileResponse:
    """A stored file, to be saved, or a photo to be shown; `place` is below the folder of uploads."""
    path = Path(settings.UPLOADS) / place
    if not path.exists():
        raise Http404(_("没有这份材料，请从记录页面重新选择。"))
    is_saved = not is_shown or path.suffix not in PHOTO_KINDS  # what is no picture is never opened within our site
    return FileResponse(path.open("rb"), as_attachment=is_saved, filename=name)
