"""What a step needs: read from what a person typed, said when missing, set on the record, kept as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from shoushan.lib import days, numbers, readings, texts
from shoushan.lib.masks import HIDDEN
from shoushan.lifecycle.declarations import Need, NeedKind, Occasion, Transition
from shoushan.lifecycle.errors import MissingError
from shoushan.lifecycle.models import LifecycleRecord

LONGEST = {NeedKind.TEXT: 200, NeedKind.LONG_TEXT: 2000}
MOST_WHOLE = 1_000_000_000
"""The largest whole number that a step takes: a billion fits every column of records."""


def read(step: Transition, record: LifecycleRecord, occasion: Occasion) -> dict[str, Any]:
    """The values of all needs; raises MissingError with one sentence for every need that is missing or not readable."""
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for need in step.needs:
        if need.kind == NeedKind.FILE:
            if need.is_required and not occasion.files.get(need.name):
                problems[need.name] = _("请上传“%(label)s”。") % {"label": need.label}
            continue
        value, problem = _read(need, record, occasion.values.get(need.name))
        if problem:
            problems[need.name] = problem
        elif value is not None:
            values[need.name] = value
        elif need.is_required:
            problems[need.name] = _("请填写“%(label)s”。") % {"label": need.label}
    if step.is_reason_required and not occasion.reason:
        problems["reason"] = _("请写明%(step)s的理由。") % {"step": step.label}
    if problems:
        raise MissingError(problems)
    return values


def _read(need: Need, record: LifecycleRecord, raw: Any) -> tuple[Any, str]:
    """Value and sentence of one need."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None, ""
    if need.kind == NeedKind.DAY and not isinstance(raw, date):
        return _of_reading(need, days.read_day(raw))
    if need.kind == NeedKind.WHOLE:
        return _whole(need, raw)
    if need.kind == NeedKind.CHOICE:
        offered = dict(need.choices(record)) if need.choices else {}
        if raw in offered:
            return raw, ""
        choices = "、".join(str(label) for label in offered.values())
        return None, _("“%(label)s”请从%(choices)s中选择。") % {"label": need.label, "choices": choices}
    if need.kind in LONGEST:
        text = texts.clean(raw) if need.kind == NeedKind.TEXT else str(raw).strip()
        most = _most(need, record)
        if len(text) > most:
            words: dict[str, Any] = {"label": need.label, "most": most, "length": len(text)}
            return None, _("“%(label)s”最多 %(most)d 字，现在有 %(length)d 字，请精简。") % words
        return text, ""
    return raw, ""


def _whole(need: Need, raw: Any) -> tuple[int | None, str]:
    value, problem = (raw, "") if type(raw) is int else _of_reading(need, numbers.read_whole(raw))
    if value is None or value <= MOST_WHOLE:
        return value, problem
    words: dict[str, Any] = {"label": need.label, "most": MOST_WHOLE}
    return None, _("“%(label)s”最大为 %(most)d，请核对数值和单位。") % words


def _most(need: Need, record: LifecycleRecord) -> int:
    """How long a text may be: no longer than the record's field holds that takes it, where one does."""
    name = need.field or need.name
    own = (field.max_length for field in record._meta.concrete_fields if field.name == name)  # noqa: SLF001 - documented
    return min(LONGEST[need.kind], next(own, None) or LONGEST[need.kind])


def _of_reading(need: Need, reading: readings.Reading) -> tuple[Any, str]:
    if not reading.code or reading.is_warning:
        return reading.value, ""
    return None, readings.sentence(reading, str(need.label))


def set_on_record(step: Transition, record: LifecycleRecord, occasion: Occasion) -> None:
    """Values go to the record's field of the same name, where it has one."""
    own = {field.name for field in record._meta.concrete_fields}  # noqa: SLF001 - Django's documented way
    for need in step.needs:
        if need.name in own and need.name in occasion.values:
            setattr(record, need.name, occasion.values[need.name])


def as_plain(step: Transition | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them; of personal ones only that they were given."""
    personal = {need.name for need in step.needs if need.is_personal} if step else set()
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return {name: HIDDEN if name in personal and value else value for name, value in plain.items()}
