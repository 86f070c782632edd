from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import gettext_lazy
from pytest_django import DjangoAssertNumQueries

from shoushan.figures.measures import Measure, all_measures, measure
from shoushan.figures.values import Part, begun_many, begun_on, evaluate, evaluate_many, members, series, series_many
from shoushan.ledger import api as ledger
from tests.apps.resumption.factories import AT, JANUARY, frame, report
from tests.kept import district

pytestmark = pytest.mark.django_db

FEB_9, FEB_10, FEB_17, FEB_24 = date(2020, 2, 9), date(2020, 2, 10), date(2020, 2, 17), date(2020, 2, 24)
PEOPLE, RESUMED, TODAY = (
    "resumption.people_at_work",
    "resumption.enterprises_resumed",
    "resumption.enterprises_resumed_today",
)


@pytest.fixture(autouse=True)
def _two_streets(tmp_path: Path) -> None:
    district()
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售", 3: "规上服务业", 4: "建筑业"})
    report(tmp_path, FEB_10, [[1, 50, "2020-02-10", 30], [2, 20, "", 0]])
    report(tmp_path, FEB_17, [[1, 50, "2020-02-10", 45], [2, 20, "2020-02-14", 11], [4, 8, "2020-02-17", 8]])


def test_it_breaks_every_measure_down_into_parts_that_add_up() -> None:
    for each in all_measures().values():
        for by in ("area", "category"):
            figure = evaluate(each, as_of=FEB_17, by=by)
            assert sum(part.numerator for part in figure.parts) == figure.numerator
            assert sum(part.denominator or 0 for part in figure.parts) == (figure.denominator or 0)


def test_it_names_the_parts_in_official_order() -> None:
    by_type = evaluate(measure(RESUMED), as_of=FEB_17, by="category").parts
    by_area = evaluate(measure(RESUMED), as_of=FEB_17, by="area").parts

    assert [(part.key, part.name, part.value) for part in by_type] == [
        ("INDUSTRY", "规模以上工业", 1),
        ("CONSTRUCTION", "有资质的建筑业", 1),
        ("RETAIL", "限额以上零售业", 1),
    ]
    assert [(part.key, part.name, part.value) for part in by_area] == [("370102011", "姚家街道", 3)]


def test_it_narrows_to_areas_any_of_which_counts() -> None:
    def people(*areas: str) -> int:
        return evaluate(measure(PEOPLE), as_of=FEB_17, areas=areas).numerator

    assert [people(), people("370102"), people("370102011"), people("370102013")] == [64, 64, 64, 0]
    assert people("370102013", "370102011") == 64


def test_it_has_no_rate_where_nothing_is_underneath() -> None:
    figure = evaluate(measure("resumption.staff_return_rate"), as_of=FEB_9)

    assert (figure.value, figure.numerator, figure.denominator) == (None, 0, 0)
    assert figure.as_dict()["value"] is None


def test_it_names_the_frame_that_the_rate_stands_on() -> None:
    assert JANUARY in evaluate(measure("resumption.resumption_rate"), as_of=FEB_17).frame
    assert evaluate(measure("resumption.resumption_rate"), as_of=date(2019, 12, 31)).frame == ""
    bare = Measure("x.y", "名", "家", "定义。", "主人", ("resumption.enterprises.resumed",))
    assert evaluate(bare, as_of=FEB_17).frame == ""


def test_it_lists_members_largest_first_with_their_names() -> None:
    found = members(measure(PEOPLE), as_of=FEB_17)

    assert [(each.name, each.amount) for each in found] == [
        ("示例1号有限公司", 45),
        ("示例2号有限公司", 11),
        ("示例4号有限公司", 8),
    ]


def test_it_lists_who_is_new_and_who_is_gone_today(tmp_path: Path) -> None:
    assert [each.name for each in members(measure(TODAY), as_of=FEB_10)] == ["示例1号有限公司"]
    assert members(measure(TODAY), as_of=date(2020, 2, 11)) == []
    frame(tmp_path, "2020年2月", {2: "限上零售", 4: "建筑业"})

    report(tmp_path, FEB_24, [[2, 20, "2020-02-14", 11]])

    assert [each.name for each in members(measure(RESUMED), as_of=FEB_24)] == ["示例2号有限公司", "示例4号有限公司"]


def test_it_answers_what_was_known_at_a_seal(tmp_path: Path) -> None:
    size = ledger.seal(at=AT).size
    report(tmp_path, FEB_10, [[1, 50, "2020-02-10", 50], [2, 20, "", 0]])

    then = evaluate(measure(PEOPLE), as_of=FEB_10, known_at=size, by="category")
    now = evaluate(measure(PEOPLE), as_of=FEB_10)

    assert (then.value, now.value) == (30, 50)
    assert [(part.key, part.value) for part in then.parts] == [("INDUSTRY", 30)]
    assert sum(each.amount for each in members(measure(PEOPLE), as_of=FEB_10, known_at=size)) == 30
    assert JANUARY in evaluate(measure("resumption.resumption_rate"), as_of=FEB_10, known_at=size).frame


def test_it_gives_for_every_day_of_a_series_what_it_gives_for_the_day() -> None:
    for each in all_measures().values():
        found = series(each, first=FEB_9, last=FEB_24)
        assert len(found) == 16
        assert found == [(day, evaluate(each, as_of=day).value) for day, _value in found]


def test_a_series_of_one_category_leaves_the_others_out() -> None:
    days = {"first": FEB_9, "last": FEB_24}
    whole = series(measure(PEOPLE), **days)
    parts = [series(measure(PEOPLE), **days, category=each) for each in ("INDUSTRY", "RETAIL", "CONSTRUCTION")]

    assert [value for _day, value in parts[0]][:2] == [0, 30]
    assert parts[0][-1] == (FEB_24, 45)
    assert [
        sum(value or 0 for value in values) for values in zip(*([v for _d, v in each] for each in parts), strict=True)
    ] == [value for _day, value in whole]


def test_a_figure_of_one_category_has_the_members_and_entries_of_that_one() -> None:
    asked = measure(PEOPLE)
    whole = evaluate(asked, as_of=FEB_24)
    found = {each: evaluate(asked, as_of=FEB_24, category=each) for each in ("INDUSTRY", "RETAIL", "CONSTRUCTION")}

    assert sum(each.numerator for each in found.values()) == whole.numerator
    for category, figure in found.items():
        behind = members(asked, as_of=FEB_24, category=category)
        assert sum(each.amount for each in behind) == figure.numerator
        lines = ledger.entries_behind(asked.numerator, as_of=FEB_24, category=category)
        assert {line.subject for line in lines} >= {each.subject for each in behind}
        assert len(lines) <= len(ledger.entries_behind(asked.numerator, as_of=FEB_24))


def test_it_begins_a_series_with_the_calendar() -> None:
    first = date(1, 1, 1)

    assert series(measure(TODAY), first=first, last=date(1, 1, 2)) == [(first, 0), (date(1, 1, 2), 0)]


def test_it_asks_as_often_for_a_thousand_days_as_for_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(2):
        series(measure(RESUMED), first=FEB_10, last=FEB_10)
    with django_assert_num_queries(2):
        series(measure(RESUMED), first=date(2018, 1, 1), last=FEB_24)


@pytest.mark.parametrize("by", ["", "area", "category"])
def test_it_answers_many_at_once_as_one_by_one(by: str, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    measures = list(all_measures().values())
    with django_assert_max_num_queries(12):
        many = evaluate_many(measures, as_of=FEB_17, areas=("370102",), by=by)

    assert many == {each.code: evaluate(each, as_of=FEB_17, areas=("370102",), by=by) for each in measures}


def test_many_series_are_those_of_each_and_are_asked_for_in_two_questions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    measures = list(all_measures().values())
    for areas in ((), ("370102011",), ("370102013",)):
        with django_assert_num_queries(2):
            found = series_many(measures, first=FEB_9, last=FEB_24, areas=areas)
        assert found == {each.code: series(each, first=FEB_9, last=FEB_24, areas=areas) for each in measures}


def test_many_first_days_are_those_of_each(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    measures = list(all_measures().values())
    with django_assert_num_queries(1):
        found = begun_many(measures)
    assert found == {each.code: day for each in measures if (day := begun_on(each)) is not None}
    assert begun_many(measures, areas=["370102013"]) == {}


def test_a_line_named_by_a_record_is_chinese_for_every_reader() -> None:
    label = gettext_lazy("写字楼")
    assert [Part("A", name, 1, 1, None).is_record for name in ("绿地中心", label)] == [True, False]
