"""Schedules: claimed by one worker, made up once when missed, harmless to each other."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from shoushan.deadlines.models import ScheduleState
from shoushan.deadlines.services_schedules import LEASE, ensure_states, run_due_schedules
from shoushan.lib import schedules
from shoushan.lib.schedules import Schedule, ScheduleError, next_moment
from tests.deadlines.factories import local

pytestmark = pytest.mark.django_db

NOON = local("2020-03-02 12:00")


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """One hourly schedule that notes when it ran, in place of the registered ones."""
    moments: list[datetime] = []
    monkeypatch.setattr(schedules, "_schedules", {})
    schedules.register(Schedule(name="test.hourly", label="每小时", cron="0 * * * *", function=moments.append))
    ensure_states(at=NOON - timedelta(minutes=30))
    return moments


def run(at: datetime, worker: str = "one") -> list[str]:
    return [each.name for each in run_due_schedules(worker=worker, clock=lambda: at)]


def test_it_runs_when_due_and_once_an_hour(ran: list[datetime]) -> None:
    for minutes in (-1, 0, 1, 59, 60, 61):
        run(NOON + timedelta(minutes=minutes))

    assert ran == [NOON, NOON + timedelta(hours=1)]
    state = ScheduleState.objects.get()
    assert (state.runs, state.claimed_by, state.failure) == (2, "", "")
    assert state.next_due_at == NOON + timedelta(hours=2)


def test_it_makes_up_a_day_of_missed_runs_by_one(ran: list[datetime]) -> None:
    late = NOON + timedelta(days=1, minutes=7)

    done = run_due_schedules(worker="one", clock=lambda: late)

    assert ran == [late]
    assert done[0].late == timedelta(days=1, minutes=7)
    assert ScheduleState.objects.get().late_seconds == 86_820
    assert run(late + timedelta(minutes=1)) == []


def test_it_leaves_alone_what_another_worker_has_until_its_lease_is_over(ran: list[datetime]) -> None:
    ScheduleState.objects.update(claimed_by="dead", claimed_until=NOON + LEASE)

    assert run(NOON) == []
    assert run(NOON + LEASE + timedelta(seconds=1)) == ["test.hourly"]


def test_it_does_not_free_a_schedule_that_meanwhile_another_worker_took(ran: list[datetime]) -> None:
    def steal(_at: datetime) -> None:
        ScheduleState.objects.update(claimed_by="two", claimed_until=NOON + 2 * LEASE)

    schedules._schedules["test.hourly"] = Schedule(name="test.hourly", label="", cron="0 * * * *", function=steal)
    run(NOON)

    assert ScheduleState.objects.get().claimed_by == "two"


def test_it_notes_a_failure_and_runs_the_others(ran: list[datetime], caplog: pytest.LogCaptureFixture) -> None:
    def fail(_at: datetime) -> None:
        raise RuntimeError("no paper")

    schedules.register(Schedule(name="test.fails", label="", cron="0 * * * *", function=fail))
    ensure_states(at=NOON - timedelta(minutes=30))

    assert run(NOON) == ["test.fails", "test.hourly"]
    assert ran == [NOON]
    state = ScheduleState.objects.get(name="test.fails")
    assert (state.failure, state.next_due_at) == ("RuntimeError: no paper", NOON + timedelta(hours=1))
    assert "no paper" in caplog.text


def test_it_follows_a_cron_text_that_was_changed(ran: list[datetime]) -> None:
    schedules._schedules["test.hourly"] = Schedule(
        name="test.hourly", label="", cron="30 18 * * *", function=ran.append
    )

    run(NOON)

    state = ScheduleState.objects.get()
    assert (ran, state.cron, state.next_due_at) == ([], "30 18 * * *", local("2020-03-02 18:30"))


def test_it_counts_in_local_time_and_refuses_what_is_no_cron_text() -> None:
    assert next_moment("20 0 * * *", after=local("2020-03-02 23:00")) == local("2020-03-03 00:20")
    for cron in ("", "* * * *", "61 * * * *", "0 0 31 2 *"):
        with pytest.raises(ScheduleError, match="is no cron text"):
            Schedule(name="test.wrong", label="", cron=cron, function=print)


def test_it_has_reminders_and_the_nightly_check_registered() -> None:
    registered = schedules.all_schedules()

    assert {name: each.cron for name, each in registered.items() if name.startswith("deadlines.")} == {
        "deadlines.fire_due_rungs": "* * * * *",
        "deadlines.reproject": "20 0 * * *",
    }
    with pytest.raises(ScheduleError, match="twice"):
        schedules.register(Schedule(name="deadlines.reproject", label="", cron="* * * * *", function=print))
