"""The geometry of the trend chart."""

from __future__ import annotations

from datetime import date

import pytest

from shoushan.ui.charts import HEIGHT, LEFT, RIGHT, TALL, TOP, WIDTH, Beside, trend_of


def test_it_draws_nothing_without_days() -> None:
    assert trend_of([]) is None


def test_it_spaces_days_by_the_calendar() -> None:
    trend = trend_of([(date(2020, 2, 10), 0), (date(2020, 2, 11), 5), (date(2020, 2, 20), 10)])

    assert trend is not None
    first, second, last = (point.x for point in trend.points)
    assert (first, last) == (LEFT, WIDTH - RIGHT)
    assert (second - first) * 9 == pytest.approx(last - second, abs=1)


@pytest.mark.parametrize("values", [(0, 0), (1, 1), (3, 810), (-40, 25), (0, 123_456_789), (0.25, 0.5)])
def test_it_keeps_every_point_and_gridline_on_the_drawing(values: tuple[int | float, int | float]) -> None:
    trend = trend_of([(date(2020, 2, 10 + index), value) for index, value in enumerate(values)])

    assert trend is not None
    assert all(TOP <= thing.y <= HEIGHT for thing in (*trend.points, *trend.gridlines))
    assert 2 <= len(trend.gridlines) <= 7
    assert trend.gridlines[0].value <= min(values) <= max(values) <= trend.gridlines[-1].value


def test_it_labels_first_and_last_of_many_days() -> None:
    trend = trend_of([(date(2020, 3, day), day) for day in range(1, 31)])

    assert trend is not None
    assert [label.on.day for label in trend.day_labels][::4] == [1, 30]
    assert len(trend.day_labels) == 5


def test_it_draws_a_single_day() -> None:
    trend = trend_of([(date(2020, 3, 1), 12)])

    assert trend is not None
    assert trend.line == f"{LEFT},{trend.points[0].y:g}"


def test_a_plan_beside_it_goes_on_beyond_it_and_the_axis_holds_the_largest() -> None:
    plan = Beside("计划", "plan", ((date(2020, 3, 2), 0), (date(2020, 3, 10), 6), (date(2020, 6, 9), 6)))
    target = Beside("目标", "target", ((date(2020, 3, 2), 12), (date(2020, 6, 9), 12)))

    trend = trend_of([(date(2020, 3, 2), 0), (date(2020, 3, 12), 4)], [plan, target])

    assert trend is not None
    assert (trend.gridlines[-1].value, trend.points[-1].x < WIDTH / 4) == (15, True)
    assert (trend.day_labels[0].on, trend.day_labels[-1].on) == (date(2020, 3, 2), date(2020, 6, 9))
    assert [each.values for each in trend.beside] == [(0, 6), (12, 12)]
    first, corner, *_rest = trend.beside[0].line.split()
    assert (first.split(",")[1], corner.split(",")[1]) == ("172", "172")  # it steps up on its day, not on the way to it
    assert [values for _point, values in trend.rows] == [(0, 12), (6, 12)]


def test_a_tall_drawing_has_its_base_further_down() -> None:
    low, tall = (trend_of([(date(2020, 3, 2), 1), (date(2020, 3, 3), 4)], height=height) for height in (HEIGHT, TALL))
    assert low is not None
    assert tall is not None
    assert (tall.height - low.height, tall.baseline - low.baseline) == (TALL - HEIGHT, TALL - HEIGHT)
    assert tall.points[0].y > low.points[0].y
    assert tall.points[1].y == low.points[1].y  # the largest value stays at the top
