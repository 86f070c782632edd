"""Versions of calendars in the database: entering, previewing, moving open deadlines, and what was known when."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from shoushan.deadlines import selectors, services
from shoushan.deadlines.enums import CalendarPurpose, ClockState
from shoushan.deadlines.models import CalendarVersion, Clock, DeadlineMove, WorkingHours
from shoushan.deadlines.notices import DayOrder, is_known_in_full, library_days, seeded_notices, suggestion_sentence
from shoushan.deadlines.reckoning import due_text
from tests.deadlines.factories import ANNOUNCED, EXTENDED, a_clock, a_draft, enter, local

pytestmark = pytest.mark.django_db

JANUARY = local("2020-01-20 10:00")
AFTERWARDS = local("2020-01-27 08:00")
FEBRUARY_1 = date(2020, 2, 1)


def test_it_moves_open_deadlines_when_a_document_changes_the_year_and_says_why() -> None:
    enter(a_draft(), JANUARY)
    moved = a_clock("matter:M1", at=local("2020-01-22 10:00"), budget=3)
    kept = a_clock("matter:M2", at=local("2020-01-20 10:00"), budget=1)
    assert due_text(moved.due_at) == "2020-02-01 24:00"

    versions, count = services.add_version(a_draft(known_on=EXTENDED), at=AFTERWARDS)

    moved.refresh_from_db()
    move = DeadlineMove.objects.get()
    assert count == 1
    assert due_text(moved.due_at) == "2020-02-04 24:00"
    assert moved.calendar_versions == [versions[0].pk]
    assert (move.clock_id, move.version_id) == (moved.pk, versions[0].pk)
    assert (due_text(move.due_before), due_text(move.due_after)) == ("2020-02-01 24:00", "2020-02-04 24:00")
    assert move.reason == "国办发明电〔2020〕1号（2020年1月27日）：1月31日改为放假、2月1日改为放假"
    assert due_text(Clock.objects.get(pk=kept.pk).due_at) == "2020-01-21 24:00"


def test_it_previews_exactly_what_entering_then_does_and_writes_nothing() -> None:
    enter(a_draft(), JANUARY)
    clocks = [a_clock(f"matter:M{number}", at=JANUARY, budget=number) for number in range(1, 9)]
    before = list(Clock.objects.order_by("pk").values_list("pk", "due_at"))

    preview = services.preview_version(a_draft(known_on=EXTENDED), at=AFTERWARDS)[0]

    assert list(Clock.objects.order_by("pk").values_list("pk", "due_at")) == before
    assert CalendarVersion.objects.count() == 1
    assert preview.change_text == "1月31日改为放假、2月1日改为放假"
    assert preview.workdays == 249
    services.add_version(a_draft(known_on=EXTENDED), at=AFTERWARDS)
    assert {move.clock.pk: move.due_after for move in preview.moved} == dict(
        DeadlineMove.objects.values_list("clock_id", "due_after")
    )
    assert 0 < len(preview.moved) < len(clocks)


def test_it_leaves_stopped_deadlines_as_they_were_judged() -> None:
    enter(a_draft(), JANUARY)
    clock = a_clock(at=local("2020-01-22 10:00"), budget=3)
    services.stop_clock(clock_id=clock.pk, at=local("2020-01-23 10:00"))

    services.add_version(a_draft(known_on=EXTENDED), at=AFTERWARDS)

    clock.refresh_from_db()
    assert (clock.state, due_text(clock.due_at)) == (ClockState.STOPPED, "2020-02-01 24:00")
    assert not DeadlineMove.objects.exists()


def test_it_answers_as_was_known_on_a_day() -> None:
    services.load_calendars(at=AFTERWARDS)

    def known(on: date) -> bool:
        return selectors.work_calendar(CalendarPurpose.GOVERNMENT, known_on=on).is_working(FEBRUARY_1)

    assert known(date(2020, 1, 26)) is True
    assert known(date(2020, 1, 27)) is False
    with pytest.raises(services.CalendarMissingError, match="2020年"):
        known(date(2019, 11, 20))


def test_it_loads_the_documents_of_2011_to_2026_once() -> None:
    count = services.load_calendars(at=AFTERWARDS)
    services.load_calendars(at=AFTERWARDS)

    assert count == CalendarVersion.objects.count() == 2 * len(list(seeded_notices())) - 1
    years = set(CalendarVersion.objects.filter(purpose=CalendarPurpose.GOVERNMENT).values_list("year", flat=True))
    assert years == set(range(2011, 2027))
    documents = CalendarVersion.objects.filter(purpose=CalendarPurpose.GOVERNMENT, year=2020).order_by("issued_on")
    assert [(each.document_no, each.issued_on) for each in documents] == [
        ("国办发明电〔2019〕16号", ANNOUNCED),
        ("国办发明电〔2020〕1号", EXTENDED),
    ]
    assert WorkingHours.objects.count() == 2


def test_it_leaves_a_year_alone_that_somebody_entered() -> None:
    own = enter(a_draft(document_no="本区文件"), JANUARY)

    services.load_calendars(at=AFTERWARDS)

    assert list(CalendarVersion.objects.filter(purpose="GOVERNMENT", year=2020)) == [own]


def test_it_asks_for_2027_because_nobody_knows_its_make_up_days() -> None:
    services.load_calendars(at=AFTERWARDS)

    assert selectors.missing_years(today=date(2026, 9, 30)) == []
    assert selectors.missing_years(today=date(2026, 10, 1)) == [
        (CalendarPurpose.GOVERNMENT, 2027),
        (CalendarPurpose.ENTERPRISE, 2027),
    ]
    assert not is_known_in_full(2027)
    assert "还不知道调休安排" in suggestion_sentence(2027)
    assert is_known_in_full(2026)
    assert "逐日核对" in suggestion_sentence(2026)
    assert library_days(2027)[date(2027, 10, 1)].name == "国庆节"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"document_no": "  "}, "请写明发文字号"),
        ({"purposes": ()}, "选择适用对象"),
        ({"issued_on": date(2020, 2, 1)}, "发文日期 2020-02-01 还没有到"),
        ({"days": {}}, "没有一天放假"),
        ({"days": {date(2021, 1, 1): DayOrder(is_working=False)}}, "2021年1月1日不在2020年"),
        (
            {"days": {date(2020, 1, 1): DayOrder(is_working=False), date(2020, 2, 3): DayOrder(is_working=True)}},
            "2020年2月3日不是周末，本来就要上班",
        ),
    ],
)
def test_it_refuses_drafts_that_cannot_be_right(changes: dict[str, Any], sentence: str) -> None:
    draft = a_draft(**changes)

    with pytest.raises(services.DeadlineError, match=sentence):
        services.preview_version(draft, at=JANUARY)
    with pytest.raises(services.DeadlineError, match=sentence):
        services.add_version(draft, at=JANUARY)
    assert not CalendarVersion.objects.exists()


def test_it_refuses_what_is_in_force_already() -> None:
    enter(a_draft(), JANUARY)

    with pytest.raises(services.DeadlineError, match=r"与现行版本（国办发明电〔2019〕16号）完全相同"):
        services.add_version(a_draft(), at=JANUARY)


def test_it_mends_a_mistake_by_another_version_of_the_same_document() -> None:
    wrong = dict(a_draft().days)
    del wrong[date(2020, 6, 28)]
    first = enter(a_draft(days=wrong), JANUARY)

    second = enter(a_draft(), JANUARY)

    assert (first.number, second.number) == (1, 2)
    assert selectors.known_calendar("GOVERNMENT", known_on=date(2020, 2, 1)).versions == {2020: second.pk}


def test_it_keeps_an_older_document_for_the_record_without_moving_anything() -> None:
    enter(a_draft(known_on=EXTENDED), AFTERWARDS)
    clock = a_clock(at=AFTERWARDS, started_at=local("2020-01-22 10:00"), budget=3)

    assert services.preview_version(a_draft(), at=AFTERWARDS)[0].moved == []
    assert services.add_version(a_draft(), at=AFTERWARDS)[1] == 0

    clock.refresh_from_db()
    assert due_text(clock.due_at) == "2020-02-04 24:00"


def test_it_moves_deadlines_in_hours_when_working_hours_change() -> None:
    enter(a_draft(), JANUARY)
    clock = a_clock(at=JANUARY, unit="WORKING_HOURS", budget=10 * 60)
    assert due_text(clock.due_at) == "2020-01-21 12:00"

    hours, count = services.set_working_hours(
        purpose="GOVERNMENT",
        valid_from=date(2020, 1, 21),
        opens_at=time(8, 30),
        closes_at=time(17, 30),
        lunch=(time(11), time(12)),
        at=JANUARY,
    )

    clock.refresh_from_db()
    assert (count, due_text(clock.due_at)) == (1, "2020-01-21 12:30")
    assert DeadlineMove.objects.get().reason == "自2020年1月21日起工作时间为08:30至17:30"
    assert DeadlineMove.objects.get().hours == hours


def test_it_refuses_hours_in_the_wrong_order() -> None:
    with pytest.raises(services.DeadlineError, match="先后不对"):
        services.set_working_hours(
            purpose="GOVERNMENT", valid_from=FEBRUARY_1, opens_at=time(17), closes_at=time(9), at=JANUARY
        )


def test_it_finds_by_itself_what_became_known_since() -> None:
    """Documents entered in one go, as when the program is set up: history runs, and the nightly check catches up."""
    services.load_calendars(at=AFTERWARDS)
    clock = a_clock(at=local("2020-01-22 10:00"), budget=3)
    assert due_text(clock.due_at) == "2020-02-01 24:00"

    assert services.reproject_deadlines(at=local("2020-01-26 00:20")) == 0
    assert services.reproject_deadlines(at=local("2020-01-27 00:20")) == 1
    assert services.reproject_deadlines(at=local("2020-01-28 00:20")) == 0

    assert DeadlineMove.objects.get().reason.startswith("国办发明电〔2020〕1号")
    clock.refresh_from_db()
    assert due_text(clock.due_at) == "2020-02-04 24:00"


@pytest.mark.parametrize("table", ["calendarversion", "calendarday", "workinghours"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_it_cannot_be_edited_in_place(table: str, statement: str) -> None:
    enter(a_draft(), JANUARY)
    services.set_working_hours(
        purpose="GOVERNMENT", valid_from=FEBRUARY_1, opens_at=time(9), closes_at=time(17), at=JANUARY
    )

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(f"deadlines_{table}"))


def test_it_asks_the_same_few_queries_however_many_deadlines_move(django_assert_max_num_queries: Any) -> None:
    enter(a_draft(), JANUARY)
    for number in range(30):
        a_clock(f"matter:M{number}", at=local("2020-01-22 10:00"), budget=3)

    with django_assert_max_num_queries(30):
        _made, count = services.add_version(a_draft(known_on=EXTENDED), at=AFTERWARDS)

    assert count == 30
