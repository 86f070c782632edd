"""Taking a step: checked, recorded, posted and clocked in one transaction, or refused with a sentence and nothing done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.deadlines import services as deadlines
from shoushan.deadlines.models import Clock
from shoushan.directory.access import NotAllowedError, check_permission
from shoushan.directory.actors import actor_code
from shoushan.ledger import api as ledger
from shoushan.lib import records
from shoushan.lifecycle import evidence, needs
from shoushan.lifecycle.declarations import ClockEffect, ClockVerb, Lifecycle, Occasion, Transition
from shoushan.lifecycle.errors import GuardError, LifecycleError, MissingError, StaleError, WrongStateError
from shoushan.lifecycle.models import LifecycleRecord, Step
from shoushan.lifecycle.services_policies import enter_document, enter_risk, enter_rule, load_policies, preview_rule

if TYPE_CHECKING:
    from shoushan.directory.models import User

__all__ = [
    "GuardError",
    "LifecycleError",
    "MissingError",
    "StaleError",
    "WrongStateError",
    "advance",
    "advance_many",
    "begin",
    "check_may",
    "enter_document",
    "enter_risk",
    "enter_rule",
    "load_policies",
    "preview_rule",
    "relocate",
]

Record = TypeVar("Record", bound=LifecycleRecord)


@transaction.atomic
def begin(
    lifecycle: Lifecycle,
    record: Record,
    *,
    on: date,
    at: datetime,
    actor: User | None,
    files: Mapping[str, Any] | None = None,
) -> Record:
    """Save a new record in its first state; a first state that counts is posted, revision 0 then has its entry.

    Where the lifecycle declares an opening, that is its step 0, to which the files belong. Raises MissingError for those.
    """
    record.state, record.state_on, record.revision = lifecycle.initial, on, 0
    if lifecycle.opening is not None:
        evidence.check_all(Occasion(at, on, actor, files=files or {}), lifecycle.opening.needs)
    if moves := _moves(lifecycle, record, "", "", lifecycle.initial):
        occasion = Occasion(at, on, actor)
        begun = _posting(lifecycle, record, f"{lifecycle.code}_begun", moves, {"to": lifecycle.initial}, occasion)
        (record.entry_id,) = _post_all([begun], [occasion])
    record.save(force_insert=True)
    if lifecycle.opening is not None:
        occasion = Occasion(at, on, actor, files=files or {})
        step = _step_of(lifecycle, record, lifecycle.opening.name, "", occasion)
        step.save()
        evidence.keep(step, occasion)
    try:
        for effect in lifecycle.clocks:
            _clock(effect, str(lifecycle.label), record, Occasion(at, on, actor))
    except deadlines.DeadlineError as error:  # a year without a calendar
        raise GuardError(str(error)) from error
    return record


@transaction.atomic
def advance(
    lifecycle: Lifecycle,
    record_id: int,
    name: str,
    *,
    actor: User | None,
    at: datetime,
    on: date | None = None,
    values: Mapping[str, Any] | None = None,
    files: Mapping[str, Any] | None = None,
    reason: str = "",
    seen: int | None = None,
    is_waiting: bool = True,
) -> Any:
    """Take the step `name` of a record and return the record; without an actor it is the program itself.

    `on` is the day that counts (the day of `at` unless stated), `seen` the revision that the person's page showed.
    A clock's handler holds its clock already and must not wait for a record that somebody else changes: without
    `is_waiting` the database's refusal is raised, and the rung fires at the next pass.
    Raises NotAllowedError, StaleError, WrongStateError, MissingError or GuardError; then nothing has changed.
    """
    step = _declared(lifecycle, name)
    is_hasty = not is_waiting and connection.features.has_select_for_update_nowait
    record = records.locked(apps.get_model(lifecycle.model), record_id, is_hasty=is_hasty)
    occasion = Occasion(at, on or _day(at), actor, values or {}, files or {}, reason.strip())
    _take(lifecycle, step, [record], [_checked(lifecycle, step, record, occasion, seen)])
    return record


@transaction.atomic
def advance_many(
    lifecycle: Lifecycle,
    record_ids: Sequence[int],
    name: str,
    *,
    actor: User | None,
    at: datetime,
    on: date | None = None,
    values: Mapping[str, Any] | None = None,
    reason: str = "",
    seen: Mapping[int, int] | None = None,
) -> list[Any]:
    """Take one step of many records with the same values, all or none; `seen` by the record's id. See `advance`."""
    step = _declared(lifecycle, name)
    found = list(apps.get_model(lifecycle.model).objects.select_for_update().filter(pk__in=record_ids).order_by("pk"))
    occasion, pages = Occasion(at, on or _day(at), actor, values or {}, reason=reason.strip()), seen or {}
    _take(lifecycle, step, found, [_checked(lifecycle, step, each, occasion, pages.get(each.pk)) for each in found])
    return found


def _checked(
    lifecycle: Lifecycle, step: Transition, record: LifecycleRecord, occasion: Occasion, seen: int | None
) -> Occasion:
    """The occasion with the values read, when nothing stands in the way of the step."""
    if occasion.actor is not None:
        check_may(lifecycle, step, record, occasion.actor, on=_day(occasion.at))
    _check_state(lifecycle, step, record, seen)
    occasion = replace(occasion, values=needs.read(step, record, occasion))
    occasion = replace(occasion, on=occasion.values.get(step.counts_from, occasion.on))
    evidence.check_all(occasion, step.needs)
    _check_day(step, record, occasion)
    for guard in step.guards:
        if problem := guard.problem(record, occasion):
            raise GuardError(problem)
    return occasion


def check_may(lifecycle: Lifecycle, step: Transition, record: LifecycleRecord, actor: User, *, on: date) -> None:
    """Raise NotAllowedError unless this person may take this step of this record."""
    if step.is_by_system:
        raise NotAllowedError(_("“%(label)s”由系统按规则自动办理。") % {"label": step.label})
    if lifecycle.check_access is not None:
        lifecycle.check_access(actor, record, step.permission, on)
    else:
        check_permission(actor, step.permission, on=on, area=record.area_code)


def _declared(lifecycle: Lifecycle, name: str) -> Transition:
    step = lifecycle.transition(name)
    if step is None:
        raise LifecycleError(_("没有“%(name)s”这一步，请刷新页面后重新选择。") % {"name": name})
    return step


def _check_state(lifecycle: Lifecycle, step: Transition, record: LifecycleRecord, seen: int | None) -> None:
    state = lifecycle.state(record.state)
    words = {"code": record.code, "state": state.label, "step": step.label}
    if seen is not None and seen != record.revision:
        raise StaleError(
            _("%(code)s已经有人办理过，现在是“%(state)s”。您的操作没有提交，请刷新页面查看后再办。") % words
        )
    if record.state not in step.sources:
        raise WrongStateError(_("%(code)s现在是“%(state)s”，不能%(step)s，请刷新页面查看。") % words)


def _check_day(step: Transition, record: LifecycleRecord, occasion: Occasion) -> None:
    name = step.counts_from or "on"
    if occasion.on > _day(occasion.at):
        raise MissingError({name: _("发生日期 %(day)s 还没有到，请核对。") % {"day": occasion.on.isoformat()}})
    if occasion.on >= record.state_on:
        return
    earliest = step.earliest(record, occasion) if step.earliest else None
    before = min(earliest or record.state_on, record.state_on)
    if occasion.on < before:
        words = {"day": occasion.on.isoformat(), "before": before.isoformat()}
        if earliest is not None:
            raise MissingError({name: _("发生日期 %(day)s 早于 %(before)s，请核对。") % words})
        raise MissingError({name: _("发生日期 %(day)s 早于上一步的日期 %(before)s，请核对。") % words})


def _take(
    lifecycle: Lifecycle, step: Transition, taken: Sequence[LifecycleRecord], occasions: Sequence[Occasion]
) -> None:
    try:
        _take_all(lifecycle, step, list(zip(taken, occasions, strict=True)))
    except deadlines.DeadlineError as error:  # a year without a calendar, a clock that is overdue: the user reads why
        raise GuardError(str(error)) from error


def _take_all(lifecycle: Lifecycle, step: Transition, taken: Sequence[tuple[LifecycleRecord, Occasion]]) -> None:
    """The records change, their entries are posted, the steps kept, the clocks set: in as few statements as may be."""
    sources = [record.state for record, _occasion in taken]
    postings = [_change(lifecycle, step, record, occasion) for record, occasion in taken]
    steps = [
        _step_of(lifecycle, record, step.name, source, occasion)
        for source, (record, occasion) in zip(sources, taken, strict=True)
    ]
    if len(taken) == 1:
        _post_with(postings[0], *taken[0], steps[0])
    elif taken:
        entries = _post_all(postings, [occasion for _record, occasion in taken])
        for (record, _occasion), kept, entry in zip(taken, steps, entries, strict=True):
            record.entry_id = kept.entry_id = entry
        _store(step, [record for record, _occasion in taken], steps)
    for kept, (record, occasion) in zip(steps, taken, strict=True):
        evidence.keep(kept, occasion)
        for effect in step.clocks:
            _clock(effect, str(step.label), record, occasion)
        if step.after is not None:
            step.after(record, occasion)


def _store(step: Transition, changed: Sequence[LifecycleRecord], steps: Sequence[Step]) -> None:
    """The records as they are now, and their steps."""
    type(changed[0]).objects.bulk_update(changed, _changed_fields(step, changed[0]), batch_size=200)  # type: ignore[attr-defined]
    Step.objects.bulk_create(steps)


KEPT: Final = ("state", "state_on", "revision", "entry")
"""What a step changes on every record."""


def _changed_fields(step: Transition, record: LifecycleRecord) -> list[str]:
    """What the step may have set: its needs, and where it has an effect anything."""
    own = {field.name for field in record._meta.concrete_fields if not field.primary_key}  # noqa: SLF001 - documented
    return sorted(own if step.effect else own & {*KEPT, *(need.name for need in step.needs)})


def _change(lifecycle: Lifecycle, step: Transition, record: LifecycleRecord, occasion: Occasion) -> ledger.Posting:
    """The record as it is after the step, not saved yet, and the entry that says so."""
    source, area, category = record.state, record.area_code, lifecycle.category(record)
    counted = replace(
        occasion, on=max(occasion.on, record.state_on)
    )  # what lies before its first entry counts from that
    needs.set_on_record(step, record, occasion)
    target = step.choose(record, occasion) if step.choose else step.target_from(source)
    if step.choose and target not in step.targets:
        raise ValueError(f"{lifecycle.code}: {step.name} leads to {target}")
    record.state, record.revision = target, record.revision + 1
    if target != source:
        record.state_on = counted.on
    if step.effect is not None:
        step.effect(record, occasion)
    moves = _moves(lifecycle, record, source, area, target, category)
    if step.moves is not None:
        moves += step.moves(record, occasion)
    return _posting(lifecycle, record, step.kind, moves, {"from": source, "to": target}, counted)


def _posting(
    lifecycle: Lifecycle,
    record: LifecycleRecord,
    kind: str,
    moves: Sequence[ledger.Move],
    details: Mapping[str, str],
    occasion: Occasion,
) -> ledger.Posting:
    """The entry of the record's revision, which is not saved yet."""
    key = f"{lifecycle.code}/{record.code}/{record.revision}"
    return ledger.Posting(key, kind, occasion.on, record.subject, tuple(moves), details)


def _post_with(posting: ledger.Posting, record: LifecycleRecord, occasion: Occasion, step: Step) -> None:
    """Enter what a step of one record made, with the record and the step that it keeps, in as few statements as may be."""
    ledger.post_with(posting, records.Pair(record, step), at=occasion.at, actor=actor_code(occasion.actor))


def _post_all(postings: Sequence[ledger.Posting], occasions: Sequence[Occasion]) -> list[int]:
    """Enter what one occasion made; answers the entries' numbers."""
    if not postings:
        return []
    occasion = occasions[0]
    return ledger.post_many(postings, at=occasion.at, actor=actor_code(occasion.actor))


def _step_of(lifecycle: Lifecycle, record: LifecycleRecord, name: str, source: str, occasion: Occasion) -> Step:
    return Step(
        lifecycle=lifecycle.code,
        subject=record.subject,
        revision=record.revision,
        transition=name,
        source=source,
        target=record.state,
        entry_id=record.entry_id or 0,
        actor_id=occasion.actor.pk if occasion.actor else None,
        on_behalf_of_id=_principal(lifecycle, record, name, occasion),
        organisation_id=occasion.actor.organisation_id if occasion.actor else None,
        taken_at=occasion.at,
        occurred_on=occasion.on,
        reason=occasion.reason,
        values=needs.as_plain(lifecycle.transition(name), occasion.values),
    )


def _principal(lifecycle: Lifecycle, record: LifecycleRecord, name: str, occasion: Occasion) -> int | None:
    """For whom the actor took the step: for the officer in whose hands the record is, or whose role it took."""
    step, actor = lifecycle.transition(name), occasion.actor
    if actor is None or step is None:
        return None
    on, officer = _day(occasion.at), lifecycle.officer(record)
    if officer is not None and officer != actor.pk and officer in actor.principals(on=on):
        return officer
    return actor.principal_for(step.permission, on=on, area=record.area_code)


def _moves(
    lifecycle: Lifecycle, record: LifecycleRecord, source: str, area: str, target: str, category: str | None = None
) -> list[ledger.Move]:
    """From the account of the state before to that of the state after; what is not counted is outside."""
    after = _position(lifecycle, target, record.area_code, lifecycle.category(record))
    before = _position(lifecycle, source, area, category or "") if source else ()
    return list(ledger.plan_moves(before, after))


def _position(lifecycle: Lifecycle, state: str, area: str, category: str) -> ledger.Positions:
    account = lifecycle.state(state).account
    if not account:
        return ()
    return (ledger.Position(ledger.Account(f"{lifecycle.family}.{account}", lifecycle.unit, area, category), 1),)


def _clock(effect: ClockEffect, label: str, record: LifecycleRecord, occasion: Occasion) -> None:
    """Clocks that are not running are left alone: a step may be taken along several ways."""
    if effect.verb == ClockVerb.START:
        deadlines.start_clock(
            kind=effect.kind,
            subject=record.subject,
            area_code=record.area_code,
            at=occasion.at,
            actor=occasion.actor,
            **(effect.terms(record, occasion) if effect.terms else {}),
        )
        return
    clock = Clock.objects.open().filter(subject=record.subject, kind=effect.kind).first()
    if clock is None:
        return
    if effect.verb in {ClockVerb.STOP, ClockVerb.VOID}:
        is_void = effect.verb == ClockVerb.VOID
        deadlines.stop_clock(clock_id=clock.pk, at=occasion.at, actor=occasion.actor, is_void=is_void)
    elif effect.verb == ClockVerb.PAUSE:
        reason = occasion.reason or label
        deadlines.pause_clock(clock_id=clock.pk, reason=reason, at=occasion.at, actor=occasion.actor)
    else:
        deadlines.resume_clock(clock_id=clock.pk, at=occasion.at, actor=occasion.actor)


@transaction.atomic
def relocate(
    lifecycle: Lifecycle, record_id: int, *, area_code: str, on: date, at: datetime, actor: User | None, reason: str
) -> Any:
    """The record now belongs to another area, from a day on; its count moves with it, past days stay as they were."""
    record = records.locked(apps.get_model(lifecycle.model), record_id)
    if record.area_code == area_code:
        return record
    before, category = record.area_code, lifecycle.category(record)
    record.area_code, record.revision = area_code, record.revision + 1
    areas = {"from_area": before, "to_area": area_code}
    occasion = Occasion(at, on, actor, areas, reason=reason)
    moves = _moves(lifecycle, record, record.state, before, record.state, category)
    moved = _posting(lifecycle, record, f"{lifecycle.code}_relocated", moves, areas, occasion)
    _post_with(moved, record, occasion, _step_of(lifecycle, record, "relocate", record.state, occasion))
    return record


def _day(at: datetime) -> date:
    """The civil day of the district."""
    return timezone.localtime(at).date()
