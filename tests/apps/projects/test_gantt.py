"""Bars along the days: places on the axis, what counts as planned, expected and actual; money against time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from shoushan.apps.projects.models import Project
from shoushan.apps.projects.selectors import gantt
from shoushan.apps.projects.selectors.money import money_lines
from shoushan.apps.projects.selectors.portfolio import portfolio
from shoushan.apps.projects.services import adjust_plan, report_month, set_milestone
from tests.apps.projects.factories import AT, WAN, YI, Who, a_project, moment, setting
from tests.directory.factories import signed_in

TODAY = date(2020, 4, 10)


# ---- the axis -----------------------------------------------------------------------------------------------
def test_a_short_axis_has_quarters_and_a_long_one_years() -> None:
    short = gantt.axis_of([date(2020, 2, 3), date(2020, 12, 31)], today=TODAY)
    assert (short.first, short.last) == (date(2020, 1, 1), date(2020, 12, 31))
    assert [tick.label for tick in short.ticks] == ["2020-01", "2020-04", "2020-07", "2020-10"]
    long = gantt.axis_of([date(2015, 6, 1), date(2021, 2, 1), None], today=TODAY)
    assert (long.first, long.last) == (date(2015, 1, 1), date(2021, 12, 31))
    assert [tick.label for tick in long.ticks] == [str(year) for year in range(2015, 2022)]
    assert [tick.label for tick in gantt.axis_of([date(1990, 1, 1), date(2030, 1, 1)], today=TODAY).ticks][:2] == [
        "1990",
        "1995",
    ]


def test_bars_begin_and_end_on_their_days_and_are_always_seen() -> None:
    axis = gantt.axis_of([date(2020, 1, 1), date(2020, 12, 31)], today=TODAY)

    whole = axis.bar(date(2020, 1, 1), date(2020, 12, 31))
    assert whole is not None
    assert (whole.x, whole.width >= gantt.WIDTH) == (0, True)
    one = axis.bar(date(2020, 4, 10), date(2020, 4, 10))
    assert one is not None
    assert one.width == 3
    assert axis.bar(None, date(2020, 4, 10)) is None
    assert axis.today_x == axis.x(TODAY)
    assert gantt.axis_of([date(2021, 1, 1)], today=TODAY).today_x is None


# ---- rows -----------------------------------------------------------------------------------------------------
@pytest.fixture
def who() -> Who:
    return setting()


@pytest.fixture
def project(tmp_path: Path, who: Who) -> Project:
    return a_project(tmp_path, 当前阶段="前期")


def a_milestone(project: Project, who: Who, key: str, planned: date, reason: str = "", **more: date) -> None:
    values = {"planned_on": planned, **more}
    set_milestone(project=project, key=key, values=values, reason=reason, actor=who.lead, at=AT)


def rows_of(today: date = TODAY) -> list[gantt.GanttRow]:
    return list(gantt.portfolio_gantt(list(portfolio(areas=("370102",), year=2020)), today=today).rows)


@pytest.mark.django_db
def test_without_milestones_a_project_goes_by_the_years_of_its_plan(project: Project) -> None:
    (row,) = rows_of()

    assert row.span.planned == (date(2019, 1, 1), date(2021, 12, 31))
    assert row.span.expected == row.span.planned
    assert (row.span.actual, row.span.slip) == (None, 0)


@pytest.mark.django_db
def test_the_first_plan_stays_and_the_slip_is_against_it(project: Project, who: Who) -> None:
    a_milestone(project, who, "START", date(2020, 3, 1))
    a_milestone(project, who, "ACCEPTANCE", date(2020, 12, 1))
    a_milestone(project, who, "ACCEPTANCE", date(2020, 12, 20), reason="工期调整", forecast_on=date(2020, 12, 31))
    Project.objects.filter(pk=project.pk).update(started_on=date(2020, 3, 5))

    (row,) = rows_of()
    assert row.span.planned == (date(2020, 3, 1), date(2020, 12, 1))
    assert row.span.expected == (date(2020, 3, 5), date(2020, 12, 31))
    assert row.span.actual == (date(2020, 3, 5), TODAY)
    assert (row.span.slip, row.span.is_over) == (30, False)
    Project.objects.filter(pk=project.pk).update(completed_on=date(2020, 11, 30))
    (row,) = rows_of()
    assert row.span.actual == (date(2020, 3, 5), date(2020, 11, 30))
    assert (row.span.slip, row.span.is_over) == (-1, True)


@pytest.mark.django_db
def test_milestones_follow_one_another(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path)
    a_milestone(project, who, "START", date(2020, 3, 1), actual_on=date(2020, 3, 5))
    a_milestone(project, who, "TOPPING_OUT", date(2020, 9, 1), forecast_on=date(2020, 10, 1))

    start, topping = gantt.project_gantt(project, today=TODAY).rows
    assert (start.span.actual, start.span.slip) == ((date(2020, 3, 5), date(2020, 3, 5)), 4)
    assert topping.span.planned == (date(2020, 3, 1), date(2020, 9, 1))
    assert topping.span.expected == (date(2020, 3, 5), date(2020, 10, 1))
    assert topping.span.actual is None


# ---- money ----------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_money_stands_beside_the_plan_of_its_month_and_the_time(project: Project, who: Who) -> None:
    for number, done in ((1, 1_000), (2, 3_000)):
        sums = {"month_fen": done * WAN, "year_fen": (done if number == 1 else 4_000) * WAN, "progress": "施工"}
        sums["total_fen"] = 2 * YI + int(sums["year_fen"])  # type: ignore[call-overload]
        report_month(project=project, month=date(2020, number, 1), values=sums, actor=None, at=AT)
    values = {"year_fen": 6 * YI}
    adjust_plan(project=project, year=2020, on=date(2020, 4, 1), values=values, reason="扩建", actor=who.office, at=AT)

    lines = money_lines(2020, list(project.plans.all()), list(project.returns.all()))

    assert len(lines) == 12
    assert [line.planned for line in lines[:4]] == [Decimal(2_500), Decimal(5_000), Decimal(7_500), Decimal(20_000)]
    assert [line.done for line in lines[:3]] == [Decimal(1_000), Decimal(4_000), None]
    assert lines[1].share == Fraction(40, 3)
    assert (lines[1].share_shown, lines[1].time_shown) == (Decimal("13.3"), Decimal("16.7"))
    assert money_lines(2021, list(project.plans.all()), []) == []


# ---- pages ----------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_portfolio_is_drawn_with_the_filters_of_the_list(
    project: Project, who: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment(TODAY))
    client = signed_in(who.leader)

    shown = client.get("/projects/gantt/").content.decode()
    assert "测试商务中心" in shown
    assert 'class="bar-planned"' in shown
    assert 'class="bar-time"' in shown
    assert "style=" not in shown.partition("<main")[2]
    assert "测试商务中心" not in client.get("/projects/gantt/", {"stage": "IN_USE"}).content.decode()
    page = client.get(f"/projects/{project.code}/").content.decode()
    assert '<data-chart for="money-lines"' in page
    assert "2,500.00" in page
