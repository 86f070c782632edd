"""Closed vocabularies of the exchange."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UploadState(TextChoices):
    """Where a file that was sent in stands."""

    RECEIVED = "RECEIVED", _("等待检查")
    CHECKING = "CHECKING", _("正在检查")
    CHECKED = "CHECKED", _("等待确认")
    REFUSED = "REFUSED", _("不能导入")
    CONFIRMED = "CONFIRMED", _("等待导入")
    IMPORTING = "IMPORTING", _("正在导入")
    DONE = "DONE", _("已导入")


WORKING = frozenset({UploadState.RECEIVED, UploadState.CHECKING, UploadState.CONFIRMED, UploadState.IMPORTING})
"""States in which the background worker has the next step."""

UPLOAD_TRANSITIONS = {
    UploadState.RECEIVED: frozenset({UploadState.CHECKING}),
    UploadState.CHECKING: frozenset({UploadState.CHECKED, UploadState.REFUSED}),
    UploadState.CHECKED: frozenset({UploadState.CONFIRMED, UploadState.RECEIVED}),
    UploadState.REFUSED: frozenset({UploadState.RECEIVED}),
    UploadState.CONFIRMED: frozenset({UploadState.IMPORTING}),
    UploadState.IMPORTING: frozenset({UploadState.DONE, UploadState.REFUSED}),
    UploadState.DONE: frozenset(),
}

UPLOAD_TONES = {
    UploadState.RECEIVED: "neutral",
    UploadState.CHECKING: "neutral",
    UploadState.CHECKED: "soon",
    UploadState.REFUSED: "late",
    UploadState.CONFIRMED: "neutral",
    UploadState.IMPORTING: "neutral",
    UploadState.DONE: "good",
}

STEPS = (_("上传文件"), _("核对检查结果"), _("确认导入"))
"""The pages of the wizard."""

_STEP_OF = {
    UploadState.RECEIVED: 1,
    UploadState.CHECKING: 1,
    UploadState.CHECKED: 1,
    UploadState.REFUSED: 1,
    UploadState.CONFIRMED: 2,
    UploadState.IMPORTING: 2,
    UploadState.DONE: 3,
}


class Step(NamedTuple):
    """One page of the wizard, as the stepper shows it."""

    label: str
    state: str


def steps(state: UploadState | None = None) -> list[Step]:
    """The three pages and which of them the sender is on; None is before the file is sent."""
    current = 0 if state is None else _STEP_OF[state]
    return [
        Step(str(label), "done" if place < current else "current" if place == current else "todo")
        for place, label in enumerate(STEPS)
    ]
