"""Reminders and escalations: each fires once, late ones say so, and a failing handler keeps nobody else waiting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from shoushan.deadlines import kinds, services
from shoushan.deadlines.enums import RungAction, RungWhen, Unit
from shoushan.deadlines.kinds import ClockKind, FiringNotice, Rung, register
from shoushan.deadlines.models import Clock, ClockPause, Firing
from shoushan.deadlines.services import Fired
from tests.deadlines.factories import EXTENDED, HEARD, a_clock, a_draft, enter, local

pytestmark = pytest.mark.django_db

START = local("2020-03-02 10:00")
HALF, LAST_DAY, DUE = local("2020-03-05 00:00"), local("2020-03-09 00:00"), local("2020-03-10 00:00")


@pytest.fixture(autouse=True)
def _calendar() -> None:
    HEARD.clear()
    enter(a_draft(known_on=EXTENDED), local("2020-01-27 08:00"))


def heard() -> list[tuple[str, str, bool]]:
    return [(notice.clock.subject, notice.rung.code, notice.is_late) for notice in HEARD]


def test_it_fires_each_rung_when_it_is_due_and_never_again() -> None:
    clock = a_clock(at=START)

    assert services.fire_due_rungs(at=HALF - timedelta(seconds=1)) == Fired()
    for moment in (HALF, HALF, LAST_DAY, LAST_DAY, DUE, local("2020-03-11 09:00"), local("2020-03-20 09:00")):
        services.fire_due_rungs(at=moment)

    assert heard() == [("matter:M1", code, False) for code in ("half", "day", "late", "later")]
    assert [notice.rung.to for notice in HEARD] == ["owner", "owner", "leader", "district"]
    assert list(Firing.objects.order_by("pk").values_list("rung", "rung_at", "fired_at", "is_late")) == [
        ("half", HALF, HALF, False),
        ("day", LAST_DAY, LAST_DAY, False),
        ("late", DUE, DUE, False),
        ("later", local("2020-03-11 09:00"), local("2020-03-11 09:00"), False),
    ]
    clock.refresh_from_db()
    assert clock.next_rung_at is None


def test_it_makes_up_for_what_was_missed_once_and_says_that_it_is_late() -> None:
    a_clock(at=START)

    assert services.fire_due_rungs(at=local("2020-03-10 08:00")) == Fired(fired=3, late=3)
    assert services.fire_due_rungs(at=local("2020-03-10 08:01")) == Fired()

    assert heard() == [("matter:M1", code, True) for code in ("half", "day", "late")]
    assert [notice.rung_at for notice in HEARD] == [HALF, LAST_DAY, DUE]


def test_it_fires_nothing_while_a_clock_stands_or_after_it_stopped() -> None:
    paused, stopped = a_clock("matter:P", at=START), a_clock("matter:S", at=START)
    services.pause_clock(clock_id=paused.pk, reason="等", at=START)
    services.stop_clock(clock_id=stopped.pk, at=START)

    services.fire_due_rungs(at=local("2020-03-30 08:00"))

    assert HEARD == []


def test_it_goes_by_the_deadline_as_extended_and_moved() -> None:
    clock = a_clock(at=START)
    services.pause_clock(clock_id=clock.pk, reason="等", at=local("2020-03-03 09:00"))
    services.resume_clock(clock_id=clock.pk, at=local("2020-03-05 09:00"))

    services.fire_due_rungs(at=local("2020-03-08 23:59"))
    assert HEARD == []
    services.fire_due_rungs(at=local("2020-03-09 00:00"))

    assert heard() == [("matter:M1", "half", False)]


def test_it_does_not_trust_a_projection_that_is_out_of_date() -> None:
    clock = a_clock(at=START)
    Clock.objects.filter(pk=clock.pk).update(next_rung_at=START)

    services.fire_due_rungs(at=START + timedelta(minutes=1))

    clock.refresh_from_db()
    assert (HEARD, clock.next_rung_at) == ([], HALF)


def test_it_tries_a_failed_handler_again_and_serves_the_others_meanwhile(caplog: pytest.LogCaptureFixture) -> None:
    failures = [RuntimeError("line is busy")]

    def stubborn(notice: FiringNotice) -> None:
        ClockPause.objects.create(clock=notice.clock, paused_at=notice.at, resumed_at=notice.at, reason="写入后失败")
        if failures:
            raise failures.pop()
        HEARD.append(notice)

    rung = Rung("due", RungAction.REMIND, RungWhen.AFTER_DUE, 0)
    register(
        ClockKind(code="test.stubborn", label="", unit=Unit.NATURAL_HOURS, budget=1, rungs=(rung,), handler=stubborn)
    )
    a_clock("matter:bad", at=START, kind="test.stubborn")
    a_clock("matter:good", at=START, unit="NATURAL_HOURS", budget=2, rungs=(rung,))

    first = services.fire_due_rungs(at=START + timedelta(minutes=2))
    assert first == Fired(fired=1, failed=1)
    assert "line is busy" in caplog.text
    assert not ClockPause.objects.exists()  # what the handler wrote went with its row
    second = services.fire_due_rungs(at=START + timedelta(minutes=3))

    assert second == Fired(fired=1)
    assert sorted(heard()) == [("matter:bad", "due", False), ("matter:good", "due", False)]
    del kinds._kinds["test.stubborn"]


def test_it_keeps_the_rungs_of_a_kind_that_nobody_registers_any_more(caplog: pytest.LogCaptureFixture) -> None:
    clock = a_clock(at=START)
    Clock.objects.filter(pk=clock.pk).update(kind="gone.kind")

    assert services.fire_due_rungs(at=HALF) == Fired(failed=1)
    assert "gone.kind" in caplog.text
    assert not Firing.objects.exists()


def test_it_lets_a_handler_stop_the_clock() -> None:
    def finish(notice: FiringNotice) -> None:
        services.stop_clock(clock_id=notice.clock.pk, at=notice.at, is_void=True)

    rung = Rung("due", RungAction.ESCALATE, RungWhen.AFTER_DUE, 0)
    register(ClockKind(code="test.finish", label="", unit=Unit.NATURAL_HOURS, budget=1, rungs=(rung,), handler=finish))
    clock = a_clock(at=START, kind="test.finish")

    services.fire_due_rungs(at=START + timedelta(minutes=1))

    clock.refresh_from_db()
    assert (clock.state, clock.outcome, clock.next_rung_at) == ("STOPPED", "VOID", None)
    del kinds._kinds["test.finish"]


def test_it_lets_the_database_refuse_a_second_firing_and_any_change() -> None:
    clock = a_clock(at=START)
    services.fire_due_rungs(at=HALF)

    with pytest.raises(IntegrityError), transaction.atomic():
        Firing.objects.create(clock=clock, rung="half", rung_at=HALF, fired_at=HALF, is_late=False)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Firing.objects.update(is_late=True)
