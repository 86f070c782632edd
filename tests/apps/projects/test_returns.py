"""Monthly returns: three sums that agree, shares from unrounded values (handbook D5), copied words, locks."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from shoushan.apps.projects import measures
from shoushan.apps.projects.enums.projects import LIGHTS_RULE, Light
from shoushan.apps.projects.lifecycle import PROJECTS, RETURNS
from shoushan.apps.projects.models import MonthlyReturn, Project
from shoushan.apps.projects.selectors.portfolio import Lights
from shoushan.apps.projects.selectors.returns import (
    completion,
    copied_months,
    due_in,
    light_of,
    missing_in,
    months_of_same_text,
    nodes_of,
    plan_at,
    plans_at,
    points_ahead,
)
from shoushan.apps.projects.services import adjust_plan, report_month, set_milestone
from shoushan.apps.projects.services.returns import review_many
from shoushan.directory.access import NotAllowedError
from shoushan.directory.models import User
from shoushan.exchange.limits import FileRefusedError
from shoushan.exchange.services import bring_in
from shoushan.figures.arithmetic import rounded
from shoushan.figures.values import evaluate
from shoushan.lib.money import rounded as exactly
from shoushan.lifecycle.errors import GuardError, MissingError
from shoushan.lifecycle.models import Rule
from shoushan.lifecycle.services import advance
from tests.apps.projects.factories import AT, WAN, YI, Who, a_project, moment, month_file, row, send, setting

pytestmark = pytest.mark.django_db
JAN, FEB, MAR = date(2020, 1, 1), date(2020, 2, 1), date(2020, 3, 1)
RULE = [{"light": "GREEN", "behind": 0}, {"light": "YELLOW", "behind": 10}]


@pytest.fixture
def who() -> Who:
    return setting()


@pytest.fixture
def project(tmp_path: Path, who: Who) -> Project:
    return a_project(tmp_path)


def report(
    project: Project, month: date, *sums: int, actor: User, progress: str = "主体施工至3层", **more: Any
) -> MonthlyReturn:
    names = ("month_fen", "year_fen", "total_fen")
    values = {name: amount * WAN for name, amount in zip(names, sums, strict=True)} | {"progress": progress, **more}
    return report_month(project=project, month=month, values=values, actor=actor, at=AT)


def rate(day: date) -> Any:
    return evaluate(next(each for each in measures.PROGRESS if each.code == "projects.year_plan_rate"), as_of=day).value


# ---- handbook D5 ----------------------------------------------------------------------------------------------
def test_the_share_of_the_plan_and_the_points_ahead_of_time() -> None:
    assert exactly((completion(6290, 6474) or 0) * 100, 1) == rounded(exactly(Fraction("97.2"), 1), 1)
    ahead = points_ahead(6290, 6474, 10)  # 97.16 % done after 83.33 % of the year
    assert ahead is not None
    assert str(exactly(ahead, 1)) == "13.8"


def test_the_light_is_lit_by_the_rule() -> None:
    lights = [light_of(Fraction(each), RULE) for each in ("0.1", "0", "-0.01", "-10", "-10.01")]
    assert lights == [Light.GREEN, Light.GREEN, Light.YELLOW, Light.YELLOW, Light.RED]
    assert light_of(None, RULE) == light_of(Fraction(1), []) == Light.NONE


# ---- sums -------------------------------------------------------------------------------------------------------
def test_it_counts_from_the_last_day_of_its_month(project: Project, who: Who) -> None:
    report(project, JAN, 1500, 1500, 21_500, actor=who.lead)
    report(project, FEB, 3000, 4500, 24_500, actor=who.lead)

    assert str(rate(date(2020, 3, 2))) == "15.0"


@pytest.mark.parametrize(
    ("sums", "field", "said"),
    [
        ((3000, 4600, 24_600), "year_fen", "应等于上月累计"),
        ((3000, 2000, 24_500), "year_fen", "应等于上月累计"),
        ((0, 1500, 21_000), "total_fen", "不会减少"),
        ((104_000, 105_500, 125_500), "total_fen", "大于批准的总投资"),
    ],
)
def test_sums_that_can_t_be_right(project: Project, who: Who, sums: tuple[int, ...], field: str, said: str) -> None:
    report(project, JAN, 1500, 1500, 21_500, actor=who.lead)

    with pytest.raises(MissingError) as error:
        report(project, FEB, *sums, actor=who.lead)
    assert said in error.value.fields[field]
    assert MonthlyReturn.objects.count() == 1


def test_words_are_asked_for(project: Project, who: Who) -> None:
    with pytest.raises(MissingError) as error:
        report(project, JAN, 1, 1, 20_001, actor=who.lead, progress="  ")
    assert set(error.value.fields) == {"progress"}


def test_the_same_again_enters_nothing_and_a_correction_restates(project: Project, who: Who) -> None:
    first = report(project, JAN, 1500, 1500, 21_500, actor=who.lead)
    assert report(project, JAN, 1500, 1500, 21_500, actor=who.lead).revision == first.revision

    again = report(project, JAN, 1600, 1600, 21_600, actor=who.lead)

    assert (again.pk, again.revision, again.year_fen) == (first.pk, 1, 1600 * WAN)


def test_an_earlier_month_is_not_changed_below_a_later_one(project: Project, who: Who) -> None:
    report(project, JAN, 1500, 1500, 21_500, actor=who.lead)
    report(project, FEB, 3000, 4500, 24_500, actor=who.lead)

    with pytest.raises(GuardError, match="2020-02"):
        report(project, JAN, 1600, 1600, 21_600, actor=who.lead)


def sent(project: Project, name: str, on: date, who: Who, **more: Any) -> Project:
    """The project after a step."""
    values = {"on": on.isoformat(), **more.pop("values", {})}
    found: Project = advance(PROJECTS, project.pk, name, actor=who.office, at=AT, values=values, **more)
    return found


def a_project_of_january(folder: Path) -> Project:
    """On a list that was issued at the year's beginning."""
    send(folder, row(), head="截至时间:2020年1月2日")
    return Project.objects.get()


def owing(month: date) -> set[str]:
    return {each.name for each in due_in(month, areas=("370102",))}


def test_what_was_halted_later_still_owes_the_months_before(tmp_path: Path, who: Who) -> None:
    project = a_project_of_january(tmp_path)
    sent(project, "halt", date(2020, 2, 10), who, reason="资金链断裂")

    assert [owing(month) for month in (JAN, FEB, MAR)] == [{project.name}, set(), set()]
    sent(project, "resume", date(2020, 3, 20), who)
    assert [owing(month) for month in (JAN, FEB, MAR)] == [{project.name}, set(), {project.name}]


def test_what_is_prepared_later_owes_nothing_before(tmp_path: Path, who: Who) -> None:
    found = a_project(tmp_path, 当前阶段="落地")
    assert owing(MAR) == set()
    sent(found, "prepare", date(2020, 3, 5), who)

    assert [owing(month) for month in (JAN, FEB, MAR)] == [set(), set(), {found.name}]


def test_what_has_taken_no_step_is_where_its_first_step_finds_it(tmp_path: Path, who: Who) -> None:
    found = a_project(tmp_path, 当前阶段="策划", 项目类别="基础设施")
    assert owing(FEB) == set()
    sent(found, "reserve", date(2020, 3, 5), who)
    sent(found, "prepare", date(2020, 3, 6), who)

    assert [owing(month) for month in (FEB, MAR)] == [set(), {found.name}]


def test_a_past_month_is_judged_by_the_plan_of_then(project: Project, who: Who) -> None:
    def put(on: date, year_fen: int) -> None:
        values, words = {"year_fen": year_fen}, {"reason": "区政府常务会议", "actor": who.office, "at": AT}
        adjust_plan(project=project, year=2020, on=on, values=values, **words)

    put(date(2020, 3, 20), 2 * YI)
    put(date(2020, 4, 1), YI)

    found = [plan_at(project.plans.all(), month) for month in (JAN, FEB, MAR, date(2020, 4, 1))]
    assert [each and each.year_fen // YI for each in found] == [3, 3, 2, 1]
    assert plans_at([project.pk], MAR)[project.pk] == found[2]
    assert plan_at(project.plans.all(), date(2021, 1, 1)) is None


def test_a_past_month_is_judged_by_the_rule_of_then(project: Project, who: Who) -> None:
    report(project, JAN, 1500, 1500, 21_500, actor=who.lead)
    third = report(project, MAR, 1500, 4500, 24_500, actor=who.lead)
    lights, plan = Lights(on=date(2020, 4, 10)), plan_at(project.plans.all(), MAR)
    assert lights.of_month(third, plan).light == Light.YELLOW
    newest = Rule.objects.filter(code=LIGHTS_RULE).order_by("-valid_from")[0]
    rows = [{"light": "GREEN", "behind": 20}, {"light": "YELLOW", "behind": 30}]
    words = {"area_code": newest.area_code, "entered_at": AT, "document": newest.document}
    Rule.objects.create(code=LIGHTS_RULE, valid_from=date(2020, 3, 31), rows=rows, **words)

    lights = Lights(on=date(2020, 4, 10))

    assert lights.of_month(third, plan).light == Light.GREEN
    assert lights.of_month(project.returns.get(month=JAN), plan).light == Light.YELLOW


def test_the_nodes_of_a_past_month_are_those_of_then(project: Project, who: Who) -> None:
    for key, actual in (("LAND", date(2020, 1, 20)), ("TOPPING_OUT", date(2020, 3, 5))):
        days = {"planned_on": date(2020, 2, 1), "actual_on": actual}
        set_milestone(project=project, key=key, values=days, reason="", actor=who.lead, at=AT)

    assert nodes_of([project.pk], date(2020, 1, 31))[project.pk] == ("主体封顶 2020-02-01", "用地 2020-01-20")
    assert nodes_of([project.pk], date(2020, 3, 31))[project.pk] == ("", "主体封顶 2020-03-05")


def send_back(record: MonthlyReturn, who: Who) -> None:
    advance(RETURNS, record.pk, "send_back", actor=who.office, at=AT, reason="与统计报表不一致")


def test_a_month_is_corrected_once_those_after_it_are_sent_back(project: Project, who: Who) -> None:
    first = report(project, JAN, 1500, 1500, 21_500, actor=who.lead)
    second = report(project, FEB, 3000, 4500, 24_500, actor=who.lead)
    assert review_many(codes=[first.code, second.code], actor=who.office, at=AT) == 2
    send_back(second, who)
    send_back(first, who)

    report(project, JAN, 1600, 1600, 21_600, actor=who.lead)
    with pytest.raises(MissingError) as error:
        report(project, FEB, 3000, 4500, 24_500, actor=who.lead)
    assert set(error.value.fields) == {"year_fen", "total_fen"}
    report(project, FEB, 3000, 4600, 24_600, actor=who.lead)

    assert [each.year_fen for each in project.returns.order_by("month")] == [1600 * WAN, 4600 * WAN]
    assert {each.state for each in project.returns.all()} == {"REPORTED"}
    assert str(rate(date(2020, 3, 2))) == "15.3"


def test_every_month_after_it_has_to_be_sent_back_and_is_named(project: Project, who: Who) -> None:
    report(project, JAN, 1500, 1500, 21_500, actor=who.lead)
    second = report(project, FEB, 3000, 4500, 24_500, actor=who.lead)
    third = report(project, MAR, 1000, 5500, 25_500, actor=who.lead)
    review_many(codes=[third.code], actor=who.office, at=AT)
    send_back(second, who)

    with pytest.raises(GuardError, match=r"2020-03 的月报已按 2020-01 的累计数填报.*请审核单位先退回 2020-03 的月报"):
        report(project, JAN, 1600, 1600, 21_600, actor=who.lead)
    send_back(third, who)
    assert report(project, JAN, 1600, 1600, 21_600, actor=who.lead).year_fen == 1600 * WAN


def test_words_and_workers_of_an_earlier_month_are_always_changed(project: Project, who: Who) -> None:
    report(project, JAN, 1500, 1500, 21_500, actor=who.lead)
    report(project, FEB, 3000, 4500, 24_500, actor=who.lead)

    again = report(project, JAN, 1500, 1500, 21_500, actor=who.lead, progress="主体施工至2层", workers=40)

    assert (again.progress, again.workers, again.state) == ("主体施工至2层", 40, "REPORTED")


@pytest.mark.parametrize(
    ("sums", "field", "said"),
    [
        ((500, 1600, 22_100), "year_fen", "小于 2020-01 的本年累计 1,500 万元加本月完成 500 万元"),
        ((500, 2000, 21_900), "total_fen", "小于上期累计 21,500 万元加此后完成 500 万元"),
    ],
)
def test_a_sum_does_not_fall_over_a_gap(
    project: Project, who: Who, sums: tuple[int, ...], field: str, said: str
) -> None:
    report(project, JAN, 1500, 1500, 21_500, actor=who.lead)

    with pytest.raises(MissingError) as error:
        report(project, MAR, *sums, actor=who.lead)
    assert said in error.value.fields[field]


@pytest.mark.parametrize(
    ("sums", "refused"),
    [
        ((2000, 3500, 23_500), {}),
        ((1900, 3400, 23_400), {"year_fen": "2020-02 的本年累计应为 3,500 万元"}),
        ((2100, 3600, 23_600), {"year_fen": "应为 3,500 万元", "total_fen": "不应大于 23,500 万元"}),
    ],
)
def test_a_month_that_was_skipped_is_filled_in_where_it_fits(
    project: Project, who: Who, sums: tuple[int, ...], refused: dict[str, str]
) -> None:
    report(project, JAN, 1500, 1500, 21_500, actor=who.lead)
    report(project, MAR, 1000, 4500, 24_500, actor=who.lead)

    if not refused:
        assert report(project, FEB, *sums, actor=who.lead).state == "REPORTED"
        return
    with pytest.raises(MissingError) as error:
        report(project, FEB, *sums, actor=who.lead)
    assert set(error.value.fields) == set(refused)
    for name, said in refused.items():
        assert said in error.value.fields[name]
        assert "请审核单位先退回该月" in error.value.fields[name]


def test_of_a_longer_gap_any_month_is_filled_in_below_the_next(project: Project, who: Who) -> None:
    report(project, MAR, 1000, 4500, 24_500, actor=who.lead)

    with pytest.raises(MissingError) as error:
        report(project, JAN, 3600, 3600, 23_600, actor=who.lead)
    assert "2020-01 的本年累计不应大于 3,500 万元" in error.value.fields["year_fen"]
    assert report(project, JAN, 1500, 1500, 21_500, actor=who.lead).pk
    assert report(project, FEB, 2000, 3500, 23_500, actor=who.lead).pk


def test_a_month_that_does_not_fit_goes_in_once_the_next_is_sent_back(project: Project, who: Who) -> None:
    report(project, JAN, 1500, 1500, 21_500, actor=who.lead)
    third = report(project, MAR, 1000, 4500, 24_500, actor=who.lead)
    send_back(third, who)

    report(project, FEB, 1900, 3400, 23_400, actor=who.lead)
    report(project, MAR, 1000, 4400, 24_400, actor=who.lead)

    assert [each.year_fen // WAN for each in project.returns.order_by("month")] == [1500, 3400, 4400]


def test_the_total_is_last_month_s_with_this_month_s(project: Project, who: Who) -> None:
    report(project, JAN, 1500, 1500, 21_500, actor=who.lead)

    with pytest.raises(MissingError) as error:
        report(project, FEB, 3000, 4500, 25_000, actor=who.lead)
    said = "自开工累计 25,000 万元应等于上月累计 21,500 万元加本月完成 3,000 万元，请核对。"
    assert error.value.fields == {"total_fen": said}


def test_a_total_upon_the_list_s_may_differ_by_what_the_list_rounds(project: Project, who: Who) -> None:
    with pytest.raises(MissingError) as error:
        report(project, JAN, 1500, 1500, 21_399, actor=who.lead)
    assert "小于清单所列截至上年底完成 20,000 万元加本年累计 1,500 万元" in error.value.fields["total_fen"]
    assert report(project, JAN, 1500, 1500, 21_400, actor=who.lead).pk
    assert report(project, JAN, 1500, 1500, 22_000, actor=who.lead).total_fen == 22_000 * WAN


def test_a_month_that_is_not_over_waits(project: Project, who: Who) -> None:
    with pytest.raises(GuardError, match="月底以后"):
        report(project, date(2020, 4, 1), 1, 1, 20_001, actor=who.lead)


def test_a_reviewed_month_is_closed_until_it_is_sent_back(project: Project, who: Who) -> None:
    first = report(project, JAN, 1500, 1500, 21_500, actor=who.lead)
    with pytest.raises(NotAllowedError):
        review_many(codes=[first.code], actor=who.lead, at=AT)
    assert review_many(codes=[first.code, first.code], actor=who.office, at=AT) == 1
    assert review_many(codes=[first.code], actor=who.office, at=AT) == 0

    with pytest.raises(GuardError, match="已审核"):
        report(project, JAN, 1600, 1600, 21_600, actor=who.lead)
    advance(RETURNS, first.pk, "send_back", actor=who.office, at=AT, reason="与统计报表不一致")
    assert report(project, JAN, 1600, 1600, 21_600, actor=who.lead).state == "REPORTED"


def test_others_do_not_report(project: Project, who: Who) -> None:
    for actor in (who.other, who.leader, who.statistics):
        with pytest.raises(NotAllowedError):
            report(project, JAN, 1500, 1500, 21_500, actor=actor)
    assert report(project, JAN, 1500, 1500, 21_500, actor=who.street).reported_by == who.street


def test_words_copied_for_three_months_are_counted(project: Project, who: Who) -> None:
    for number, month in enumerate((JAN, FEB, MAR), 1):
        report(project, month, 100, 100 * number, 20_000 + 100 * number, actor=who.lead, progress="主体 施工")

    assert [months_of_same_text(project, month, "主体施工") for month in (JAN, FEB, MAR)] == [1, 2, 3]
    assert months_of_same_text(project, MAR, "封顶") == 1
    records = list(MonthlyReturn.objects.order_by("month"))
    assert copied_months(records) == {records[2].pk: 3}


def test_who_is_missing(project: Project, who: Who) -> None:
    assert [each.pk for each in missing_in(JAN, areas=("370102",))] == [project.pk]
    report(project, JAN, 1500, 1500, 21_500, actor=who.lead)

    assert not missing_in(JAN, areas=("370102",)).exists()
    assert not missing_in(FEB, areas=("370102013",)).exists()


# ---- the table --------------------------------------------------------------------------------------------------
def line(**changed: Any) -> dict[str, Any]:
    given = {"项目名称": "测试商务中心（示例）", "本月完成(万元)": 1500, "本年累计(万元)": 1500, "形象进度": "主体施工"}
    return given | changed


def test_a_monthly_table_reports_months(tmp_path: Path, project: Project, who: Who) -> None:
    result = bring_in(month_file(tmp_path, "1月31日", line()), at=AT, actor=who.lead)
    assert (result.new, result.rejected) == (1, 0)
    assert MonthlyReturn.objects.get().total_fen == 2 * YI + 1500 * WAN

    assert bring_in(month_file(tmp_path, "1月31日", line()), at=AT, actor=who.lead).unchanged == 1
    changed = line(**{"本月完成(万元)": "0.16亿元", "本年累计(万元)": 1600})
    assert bring_in(month_file(tmp_path, "1月31日", changed), at=AT, actor=who.lead).changed == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"项目名称": "没有的项目"}, "project_unknown"),
        ({"本年累计(万元)": 1400}, "year_fen_wrong"),
        ({"自开工累计(万元)": 1400}, "total_fen_wrong"),
        ({"形象进度": ""}, "missing"),
        ({"本月完成(万元)": "约1500"}, "approximate"),
    ],
)
def test_lines_that_can_t_be_right(
    tmp_path: Path, project: Project, who: Who, changed: dict[str, Any], code: str
) -> None:
    result = bring_in(month_file(tmp_path, "1月31日", line(**changed)), at=AT, actor=who.lead)

    assert [problem.code for problem in result.problems if problem.is_error] == [code]


def test_a_line_that_the_service_would_refuse_is_refused_alone(tmp_path: Path, project: Project, who: Who) -> None:
    """In the preview and when the file is taken."""
    a_project(tmp_path, 项目名称="智远道路", 建设单位="市政公司", 建设地点="智远街道")
    report(project, JAN, 1500, 1500, 21_500, actor=who.lead)
    report(project, FEB, 3000, 4500, 24_500, actor=who.lead)
    bad = line(**{"本月完成(万元)": 1600, "本年累计(万元)": 1600})
    file = month_file(tmp_path, "1月31日", bad, line(项目名称="智远道路"))

    for is_taken in (False, True):
        result = bring_in(file, at=AT, actor=who.lead, commit=is_taken)
        assert [(each.code, each.row) for each in result.problems if each.is_error] == [("later_reported", 4)]
        assert (result.new, result.rejected) == (1, 1)
    assert MonthlyReturn.objects.filter(month=JAN).count() == 2


def test_a_line_of_a_reviewed_month_or_a_project_that_left_is_refused(
    tmp_path: Path, project: Project, who: Who
) -> None:
    first = report(project, JAN, 1500, 1500, 21_500, actor=who.lead)
    review_many(codes=[first.code], actor=who.office, at=AT)
    gone = a_project(tmp_path, 项目名称="智远道路", 建设单位="市政公司", 建设地点="智远街道")
    on = {"on": "2020-03-20"}
    advance(PROJECTS, gone.pk, "withdraw", actor=who.office, at=AT, values=on, reason="投资方撤资")
    lines = [line(**{"本月完成(万元)": 1600, "本年累计(万元)": 1600}), line(项目名称="智远道路")]

    result = bring_in(month_file(tmp_path, "1月31日", *lines), at=AT, actor=who.lead)

    assert {each.code for each in result.problems} == {"return_reviewed", "project_withdrawn"}
    assert "请审核单位先退回" in result.problems[0].message


def test_a_line_that_was_sent_back_is_reported_again(tmp_path: Path, project: Project, who: Who) -> None:
    bring_in(month_file(tmp_path, "1月31日", line()), at=AT, actor=who.lead)
    send_back(MonthlyReturn.objects.get(), who)

    assert bring_in(month_file(tmp_path, "1月31日", line()), at=AT, actor=who.lead).changed == 1
    assert MonthlyReturn.objects.get().state == "REPORTED"


def test_a_total_far_above_the_list_s_is_pointed_out(tmp_path: Path, project: Project, who: Who) -> None:
    result = bring_in(month_file(tmp_path, "1月31日", line(**{"自开工累计(万元)": 25_000})), at=AT, actor=who.lead)

    assert [each.code for each in result.problems] == ["total_above_plan"]
    assert result.new == 1


def test_who_may_not_report_the_project_is_told(tmp_path: Path, project: Project, who: Who) -> None:
    result = bring_in(month_file(tmp_path, "1月31日", line()), at=AT, actor=who.other)

    assert [problem.code for problem in result.problems] == ["outside_scope"]


def test_a_missing_month_and_copied_words_are_pointed_out(tmp_path: Path, project: Project, who: Who) -> None:
    result = bring_in(
        month_file(tmp_path, "3月31日", line(**{"本月完成(万元)": 4000, "本年累计(万元)": 4000})), at=AT, actor=who.lead
    )
    assert [problem.code for problem in result.problems] == ["month_before_missing"]
    assert result.new == 1


# ---- plans and milestones -------------------------------------------------------------------------------------
def test_an_adjustment_needs_a_reason_and_keeps_the_plan_as_approved(project: Project, who: Who) -> None:
    def adjust(
        actor: User, on: date = date(2020, 3, 20), reason: str = "区政府常务会议〔2020〕3号", **values: int
    ) -> Any:
        return adjust_plan(project=project, year=2020, on=on, values=values, reason=reason, actor=actor, at=AT)

    with pytest.raises(NotAllowedError):
        adjust(who.lead, year_fen=2 * YI)
    with pytest.raises(MissingError) as error:
        adjust(who.office, on=date(2020, 2, 1), reason="", year_fen=20 * YI)
    assert set(error.value.fields) == {"on", "reason", "year_fen"}
    with pytest.raises(GuardError):
        adjust_plan(project=project, year=2021, on=date(2020, 3, 20), values={}, reason="x", actor=who.office, at=AT)

    assert adjust(who.office, year_fen=2 * YI).revision == 2
    assert [each.year_fen for each in project.plans.order_by("revision")] == [3 * YI, 2 * YI]


def test_a_total_is_not_revised_below_what_was_reported(project: Project, who: Who) -> None:
    report(project, JAN, 1500, 1500, 30_000, actor=who.lead)
    values = {"total_fen": 29_000 * WAN, "year_fen": 1 * YI // 2}
    words: dict[str, Any] = {"year": 2020, "on": date(2020, 3, 20), "reason": "缩减规模", "actor": who.office, "at": AT}

    with pytest.raises(MissingError) as error:
        adjust_plan(project=project, values=values, **words)
    assert "总投资 29,000 万元小于月报已报的自开工累计 30,000 万元" in error.value.fields["total_fen"]
    assert adjust_plan(project=project, values=values | {"total_fen": 30_000 * WAN}, **words).revision == 2


def test_a_milestone_keeps_what_was_planned_first(project: Project, who: Who) -> None:
    def put(reason: str = "", **days: date) -> Any:
        return set_milestone(project=project, key="TOPPING_OUT", values=days, reason=reason, actor=who.lead, at=AT)

    june, july = date(2020, 6, 1), date(2020, 7, 1)
    with pytest.raises(MissingError):
        put()
    assert put(planned_on=june).revision == 1
    assert put(planned_on=june).revision == 1
    with pytest.raises(MissingError):
        put(planned_on=july)
    with pytest.raises(MissingError):
        put(planned_on=june, actual_on=june)
    assert put("雨季", planned_on=july, forecast_on=july).revision == 2
    with pytest.raises(NotAllowedError):
        set_milestone(
            project=project, key="START", values={"planned_on": june}, reason="", actor=who.other, at=moment(june)
        )


def test_start_and_acceptance_are_reached_once_the_stage_is_confirmed(tmp_path: Path, who: Who) -> None:
    started, preparing = (
        a_project(tmp_path),
        a_project(tmp_path, 项目名称="智远道路", 建设单位="市政公司", 当前阶段="前期"),
    )
    planned, reached = date(2020, 3, 1), date(2020, 3, 5)

    def put(project: Project, key: str, reason: str = "", **days: date) -> Any:
        values = {"planned_on": planned, **days}
        return set_milestone(project=project, key=key, values=values, reason=reason, actor=who.lead, at=AT)

    for project, key, stage in (
        (preparing, "START", "开工"),
        (preparing, "ACCEPTANCE", "竣工"),
        (started, "ACCEPTANCE", "竣工"),
    ):
        with pytest.raises(MissingError) as error:
            put(project, key, actual_on=reached)
        assert f"项目还没有确认“{stage}”" in error.value.fields["actual_on"]
    assert put(preparing, "START", forecast_on=date(2020, 5, 1)).revision == 1
    assert put(preparing, "LAND", actual_on=reached).actual_on == reached
    with pytest.raises(MissingError) as error:
        put(started, "START", actual_on=date(2020, 4, 11))
    assert "还没有到" in error.value.fields["actual_on"]
    assert put(started, "START", actual_on=reached).actual_on == reached
    halted = sent(started, "halt", date(2020, 3, 20), who, reason="资金链断裂")
    assert put(halted, "START", "按现场签证更正", actual_on=planned).actual_on == planned


def test_a_day_reached_is_taken_back_with_a_reason_alone(project: Project, who: Who) -> None:
    def put(reason: str = "", **days: date) -> Any:
        values = {"planned_on": date(2020, 3, 1), **days}
        return set_milestone(project=project, key="START", values=values, reason=reason, actor=who.lead, at=AT)

    put(actual_on=date(2020, 3, 5))
    for days in ({}, {"actual_on": date(2020, 3, 6)}):
        with pytest.raises(MissingError) as error:
            put(**days)
        assert error.value.fields == {"reason": "改动或撤回实际日期，请写明原因。"}
    assert put("误填").actual_on is None


def test_what_was_refused_since_the_preview_is_told_to_the_sender(
    tmp_path: Path, project: Project, who: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_given: Any) -> None:
        raise GuardError("2020-01 的月报已审核。")

    monkeypatch.setattr("shoushan.apps.projects.sheets.returns.report_month", refuse)
    with pytest.raises(
        FileRefusedError, match=r"预览以后项目的月报有变动，本次没有录入：第 \d 行：2020-01 的月报已审核。"
    ):
        bring_in(month_file(tmp_path, "1月31日", line()), at=AT, actor=who.lead, commit=True)
