"""Clocks in the database: start, pause, resume, extend, stop, and what each refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from shoushan.deadlines import services
from shoushan.deadlines.enums import TRANSITIONS, ClockState, Light, Outcome, RungAction, RungWhen
from shoushan.deadlines.errors import DeadlineError
from shoushan.deadlines.kinds import ClockKind, KindError, Rung, all_kinds, kind_of, register
from shoushan.deadlines.models import Clock, ClockExtension, ClockPause
from shoushan.deadlines.reckoning import due_text
from shoushan.deadlines.selectors import reckoning_of
from shoushan.directory.models import User
from tests.deadlines.factories import ANSWER, EXTENDED, a_clock, a_draft, enter, hear, local
from tests.directory.factories import a_user

pytestmark = pytest.mark.django_db

START = local("2020-03-02 10:00")


@pytest.fixture(autouse=True)
def _calendar() -> None:
    enter(a_draft(known_on=EXTENDED), local("2020-01-27 08:00"))


@pytest.fixture
def people() -> tuple[User, User]:
    return a_user("clerk"), a_user("reviewer")


def test_it_starts_with_what_its_kind_declares() -> None:
    clock = a_clock(at=START)

    assert (clock.purpose, clock.unit, clock.budget, clock.state) == ("答复", "WORKING_DAYS", 5, ClockState.RUNNING)
    assert due_text(clock.due_at) == "2020-03-09 24:00"
    assert clock.half_at == clock.next_rung_at == local("2020-03-05 00:00")
    assert [rung["code"] for rung in clock.rungs] == ["half", "day", "late", "later"]
    assert clock.budget_text == "5 个工作日"


def test_it_starts_with_what_it_is_told() -> None:
    rung = Rung("soon", RungAction.REMIND, RungWhen.BEFORE_DUE, 10)
    started = START - timedelta(minutes=20)

    clock = a_clock(at=START, unit="NATURAL_HOURS", budget=60, rungs=(rung,), started_at=started, purpose="一小时响应")

    assert clock.due_at == START + timedelta(minutes=40)
    assert clock.next_rung_at == START + timedelta(minutes=30)
    assert clock.calendar_versions == []
    assert clock.purpose == "一小时响应"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"subject": "M1"}, "对象"),
        ({"subject": "matter:open"}, "已在计时，请先停止"),
        ({"started_at": START + timedelta(seconds=1)}, "开始时间不能晚于现在"),
        ({"budget": -3}, "时限长度不对"),
        ({"budget": 4000}, "时限长度不对"),
        ({"at": local("2020-12-28 10:00")}, "2021年的工作日历"),
        ({"calendar": "ENTERPRISE"}, "2020年的工作日历（企业）"),
    ],
)
def test_it_refuses_to_start(changes: dict[str, Any], sentence: str) -> None:
    a_clock("matter:open", at=START)

    with pytest.raises(DeadlineError, match=sentence), transaction.atomic():
        a_clock(**{"subject": "matter:M1", "at": START, **changes})
    assert Clock.objects.count() == 1


def test_it_lets_the_database_refuse_a_second_open_clock_of_a_kind() -> None:
    clock = a_clock(at=START)
    clock.pk = None

    with pytest.raises(IntegrityError, match=r"deadlines_clock_one_open_of_a_kind|UNIQUE"), transaction.atomic():
        clock.save(force_insert=True)


def test_it_pauses_and_resumes_with_reason_and_person(people: tuple[User, User]) -> None:
    clock = a_clock(at=START)

    services.pause_clock(clock_id=clock.pk, reason="等企业补材料", at=local("2020-03-03 09:00"), actor=people[0])
    clock.refresh_from_db()
    assert (clock.state, clock.next_rung_at) == (ClockState.PAUSED, None)
    assert clock.standing_since == local("2020-03-03 09:00")
    services.resume_clock(clock_id=clock.pk, at=local("2020-03-05 15:00"), actor=people[1])

    clock.refresh_from_db()
    pause = clock.pauses.get()
    assert (clock.state, due_text(clock.due_at)) == (ClockState.RUNNING, "2020-03-11 24:00")
    assert (pause.reason, pause.paused_by, pause.resumed_by) == ("等企业补材料", *people)
    assert clock.next_rung_at == local("2020-03-09 00:00")


@pytest.mark.parametrize(
    ("verb", "more", "sentence"),
    [
        ("pause_clock", {"reason": " "}, "暂停时限必须写明原因"),
        ("pause_clock", {"reason": "等", "at": START - timedelta(minutes=1)}, "早于该时限上一次变动"),
        (
            "pause_clock",
            {"reason": "等", "at": local("2020-03-10 08:00")},
            "已于 2020-03-09 24:00 到期，到期以后不能再暂停",
        ),
        ("resume_clock", {}, "现在是“计时中”，不能这样操作"),
        ("stop_clock", {"at": START - timedelta(days=1)}, "早于该时限上一次变动"),
        ("stop_clock", {"clock_id": 999_999}, "没有这个时限"),
    ],
)
def test_it_refuses_what_does_not_fit(verb: str, more: dict[str, Any], sentence: str) -> None:
    clock = a_clock(at=START)
    before = Clock.objects.values().get()

    with pytest.raises(DeadlineError, match=sentence), transaction.atomic():
        getattr(services, verb)(**{"clock_id": clock.pk, "at": START + timedelta(hours=1), **more})
    assert Clock.objects.values().get() == before


def test_it_extends_when_one_asks_and_another_agrees(people: tuple[User, User]) -> None:
    clock = a_clock(at=START)

    services.extend_clock(
        clock_id=clock.pk, amount=2, reason="需要现场核查", asked_by=people[0], approved_by=people[1], at=START
    )

    clock.refresh_from_db()
    assert due_text(clock.due_at) == "2020-03-11 24:00"
    assert (clock.budget, clock.extensions.get().reason) == (5, "需要现场核查")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": ""}, "延长时限必须写明原因"),
        ({"amount": 0}, "时限长度不对"),
        ({"alone": True}, "须由另一人批准"),
        ({"at": local("2020-03-10 08:00")}, "到期以后不能再延长"),
    ],
)
def test_it_refuses_extensions(people: tuple[User, User], changes: dict[str, Any], sentence: str) -> None:
    clock = a_clock(at=START)
    asked_by, approved_by = people
    if changes.pop("alone", False):
        approved_by = asked_by
    values = {"amount": 2, "reason": "需要现场核查", "at": START, **changes}

    with pytest.raises(DeadlineError, match=sentence):
        services.extend_clock(clock_id=clock.pk, asked_by=asked_by, approved_by=approved_by, **values)
    assert not ClockExtension.objects.exists()


def test_it_lets_the_database_refuse_an_extension_by_one_person(people: tuple[User, User]) -> None:
    clock = a_clock(at=START)

    with pytest.raises(IntegrityError), transaction.atomic():
        ClockExtension.objects.create(
            clock=clock, amount=1, reason="自批", asked_by=people[0], approved_by=people[0], at=START
        )


@pytest.mark.parametrize(
    ("at", "is_void", "outcome"),
    [
        ("2020-03-09 23:59", False, Outcome.MET),
        ("2020-03-10 00:00", False, Outcome.MET),
        ("2020-03-10 00:01", False, Outcome.MISSED),
        ("2020-03-10 00:01", True, Outcome.VOID),
    ],
)
def test_it_judges_when_it_stops(at: str, is_void: bool, outcome: Outcome) -> None:
    clock = a_clock(at=START)

    services.stop_clock(clock_id=clock.pk, at=local(at), is_void=is_void)

    clock.refresh_from_db()
    assert (clock.state, clock.outcome, clock.next_rung_at) == (ClockState.STOPPED, outcome, None)
    with pytest.raises(DeadlineError, match="现在是“已停止”"):
        services.stop_clock(clock_id=clock.pk, at=local(at))
    a_clock(at=local(at))  # the subject may have a new one


def test_it_stops_a_paused_clock_in_time_however_long_it_stood() -> None:
    clock = a_clock(at=START)
    services.pause_clock(clock_id=clock.pk, reason="等", at=local("2020-03-09 10:00"))

    services.stop_clock(clock_id=clock.pk, at=local("2020-05-23 10:00"))

    clock.refresh_from_db()
    assert clock.outcome == Outcome.MET
    assert clock.pauses.get().resumed_at == local("2020-05-23 10:00")


def test_it_allows_exactly_the_declared_transitions(people: tuple[User, User]) -> None:
    assert set(TRANSITIONS) == set(ClockState.values)
    verbs = {ClockState.PAUSED: "pause_clock", ClockState.RUNNING: "resume_clock", ClockState.STOPPED: "stop_clock"}
    for number, state in enumerate(ClockState):
        for target, verb in verbs.items():
            clock = a_clock(f"matter:{number}{target}", at=START)
            if state != ClockState.RUNNING:
                services.pause_clock(clock_id=clock.pk, reason="等", at=START)
            if state == ClockState.STOPPED:
                services.stop_clock(clock_id=clock.pk, at=START)
            more = {"reason": "等"} if verb == "pause_clock" else {}
            if target in TRANSITIONS[state]:
                getattr(services, verb)(clock_id=clock.pk, at=START, **more)
            else:
                with pytest.raises(DeadlineError):
                    getattr(services, verb)(clock_id=clock.pk, at=START, **more)


def test_it_filters_by_light_as_it_shows_lights() -> None:
    moments = [START + timedelta(hours=6 * step) for step in range(40)]
    for budget in (1, 2, 5):
        a_clock(f"matter:{budget}", at=START, budget=budget)
        a_clock(f"matter:h{budget}", at=START, unit="NATURAL_HOURS", budget=budget * 1440)
    paused = a_clock("matter:paused", at=START)
    services.pause_clock(clock_id=paused.pk, reason="等", at=local("2020-03-06 10:00"))

    for at in moments:
        by_filter = {light: set(Clock.objects.of_light(light, at=at)) for light in Light}
        by_rule: dict[Light, set[Clock]] = {light: set() for light in Light}
        for clock in Clock.objects.all():
            light = reckoning_of(clock, known_on=at.date()).light(at)
            assert clock.light(at) == light
            by_rule[light].add(clock)
        assert by_filter == by_rule, at
    assert Clock.objects.get(pk=paused.pk).light_tone(moments[-1]) == "neutral"


def test_it_refuses_changes_to_what_was_agreed(people: tuple[User, User]) -> None:
    clock = a_clock(at=START)
    services.extend_clock(
        clock_id=clock.pk, amount=2, reason="核查", asked_by=people[0], approved_by=people[1], at=START
    )

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ClockExtension.objects.update(amount=20)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "STOPPED"},
        {"outcome": "MET"},
        {"standing_since": START},
        {"state": "PAUSED"},
        {"subject": "M1"},
        {"budget": 0},
    ],
)
def test_it_lets_the_database_refuse_impossible_clocks(changes: dict[str, Any]) -> None:
    a_clock(at=START)

    with pytest.raises(IntegrityError), transaction.atomic():
        Clock.objects.update(**changes)


def test_it_has_one_open_pause_at_most() -> None:
    clock = a_clock(at=START)
    services.pause_clock(clock_id=clock.pk, reason="等", at=START)

    with pytest.raises(IntegrityError), transaction.atomic():
        ClockPause.objects.create(clock=clock, paused_at=START, reason="又等")


def test_it_refuses_kinds_that_are_declared_wrongly() -> None:
    rung = Rung("a", RungAction.REMIND, RungWhen.SHARE_USED, 50)
    wrong: list[dict[str, Any]] = [
        {"code": "answer"},
        {"budget": 0},
        {"unit": "WEEKS"},
        {"rungs": (rung,), "handler": None},
        {"rungs": (rung, rung)},
        {"rungs": (Rung("a", "SHOUT", RungWhen.SHARE_USED, 50),)},
        {"rungs": (Rung("a", RungAction.REMIND, RungWhen.WORKDAYS_OVERDUE, 0),)},
    ]
    for changes in wrong:
        values: dict[str, Any] = {
            "code": "test.wrong",
            "label": "",
            "unit": "WORKING_DAYS",
            "budget": 1,
            "handler": hear,
        }
        with pytest.raises(KindError):
            ClockKind(**values | changes)
    with pytest.raises(KindError, match="no package registered"):
        kind_of("test.unknown")
    with pytest.raises(KindError, match="twice"):
        register(ClockKind(code=ANSWER.code, label="别的", unit="WORKING_DAYS", budget=1))
    register(ANSWER)
    assert all_kinds()["test.answer"] is ANSWER
