"""Enterprises that move, and boundaries that are drawn anew: past figures stay, later ones follow (Appendix 1 no. 12)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from shoushan.apps.resumption import selectors
from shoushan.apps.resumption.models import EnterpriseStanding
from shoushan.apps.resumption.services import follow_boundary, move_community, move_enterprise, release_bulletin
from shoushan.directory.access import NotAllowedError
from shoushan.directory.enums import Role, SuccessionKind
from shoushan.directory.errors import DirectoryError
from shoushan.directory.models import Area, User
from shoushan.directory.services import create_area, succeed_areas
from shoushan.exchange.importing import ImportResult
from shoushan.figures.measures import measure
from shoushan.figures.publications import document_text
from shoushan.figures.values import evaluate, members
from shoushan.figures.verifying import problems_of_text
from shoushan.ledger import api as ledger
from shoushan.registry.models import Enterprise
from shoushan.registry.services import Place, RegistryError
from tests.apps.resumption.factories import AT, JANUARY, MARCH, frame, report
from tests.directory.factories import a_user
from tests.kept import district

pytestmark = pytest.mark.django_db

YAOJIA, LONGDONG, ZHIYUAN = "370102011", "370102012", "370102013"
FEB_10, FEB_29, MAR_4, MAR_5, MAR_10 = (
    date(2020, 2, 10),
    date(2020, 2, 29),
    date(2020, 3, 4),
    date(2020, 3, 5),
    date(2020, 3, 10),
)
RESUMED, PEOPLE, RATE = (
    "resumption.enterprises_resumed",
    "resumption.people_at_work",
    "resumption.staff_return_rate",
)


@pytest.fixture(autouse=True)
def _district(tmp_path: Path) -> None:
    district()
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})
    report(tmp_path, FEB_10, [[1, 50, "2020-02-10", 30], [2, 20, "2020-02-10", 11], [7, 9, "2020-02-10", 9]])


def firm(number: int = 1) -> Enterprise:
    return Enterprise.objects.get(name=f"示例{number}号有限公司")


def move(number: int = 1, area: str = ZHIYUAN, on: date = MAR_5, actor: User | None = None) -> bool:
    return move_enterprise(enterprise=firm(number), place=Place(area), on=on, reason="迁址", at=AT, actor=actor)


def by_area(code: str, day: date) -> dict[str, int]:
    return {part.key: part.numerator for part in evaluate(measure(code), as_of=day, by="area").parts if part.numerator}


def codes(result: ImportResult) -> list[str]:
    return [problem.code for problem in result.problems]


def test_it_is_counted_in_the_old_subdistrict_before_and_in_the_new_one_after() -> None:
    moved = move()

    assert moved
    assert by_area(RESUMED, MAR_4) == {YAOJIA: 2}
    assert by_area(RESUMED, MAR_5) == {YAOJIA: 1, ZHIYUAN: 1}
    assert by_area(PEOPLE, MAR_4) == {YAOJIA: 41}
    assert by_area(PEOPLE, MAR_5) == {YAOJIA: 11, ZHIYUAN: 30}
    parts = {
        part.key: (part.numerator, part.denominator) for part in evaluate(measure(RATE), as_of=MAR_5, by="area").parts
    }
    assert parts == {YAOJIA: (11, 20), ZHIYUAN: (30, 50)}
    assert [each.amount for each in members(measure(PEOPLE), as_of=MAR_5, areas=[ZHIYUAN])] == [30]
    assert EnterpriseStanding.objects.get(enterprise=firm()).area_code == ZHIYUAN
    assert ledger.timeline(firm().subject)[0].kind == "resumption.enterprise_moved"
    assert ledger.verify() == []


def test_it_is_one_move_of_the_ledger_without_anything_from_outside() -> None:
    move()

    lines = [line for line in ledger.timeline(firm().subject) if line.occurred_on == MAR_5]
    moves = [each for line in lines for each in line.moves]
    assert [(source.code, source.area, target.code, target.area, amount) for source, target, amount in moves] == [
        ("resumption.people.at_work", YAOJIA, "resumption.people.at_work", ZHIYUAN, 30),
        ("resumption.staff.of_resumed", YAOJIA, "resumption.staff.of_resumed", ZHIYUAN, 50),
        ("resumption.enterprises.resumed", YAOJIA, "resumption.enterprises.resumed", ZHIYUAN, 1),
    ]


def test_it_leaves_every_past_figure_and_every_total_as_it_was() -> None:
    days = [FEB_10 + timedelta(days=number) for number in range(24)]
    past = [(by_area(RESUMED, day), by_area(PEOPLE, day)) for day in days]
    whole = evaluate(measure(PEOPLE), as_of=MAR_10).numerator

    move()
    move(7, LONGDONG, MAR_10)

    assert days[-1] == MAR_4
    assert [(by_area(RESUMED, day), by_area(PEOPLE, day)) for day in days] == past
    assert evaluate(measure(PEOPLE), as_of=MAR_10).numerator == whole


def test_it_leaves_a_release_valid() -> None:
    release = release_bulletin(as_of=FEB_29, at=AT, actor=None)
    before = release.content

    move(on=date(2020, 2, 20))

    release.refresh_from_db()
    assert release.content == before
    assert problems_of_text(document_text(release)) == []


def test_it_takes_a_move_back_without_a_trace_in_the_figures() -> None:
    before = [by_area(PEOPLE, day) for day in (MAR_4, MAR_5, MAR_10)]
    move()

    move(area=YAOJIA)

    assert [by_area(PEOPLE, day) for day in (MAR_4, MAR_5, MAR_10)] == before
    assert not move(area=YAOJIA)
    assert ledger.verify() == []


# ---- files after a move -----------------------------------------------------------------------------
def test_it_takes_each_day_from_the_subdistrict_of_that_day(tmp_path: Path) -> None:
    move()

    late = report(tmp_path, MAR_4, [[1, 50, "2020-02-10", 44]])
    new = report(tmp_path, MAR_10, [[1, 50, "2020-02-10", 48]], area="智远街道")
    again = report(tmp_path, MAR_10, [[1, 50, "2020-02-10", 48]], area="智远街道")

    assert (late.new, new.new, again.unchanged) == (1, 1, 1)
    assert by_area(PEOPLE, MAR_4) == {YAOJIA: 44 + 11}
    assert by_area(PEOPLE, MAR_5) == {YAOJIA: 11, ZHIYUAN: 44}
    assert by_area(PEOPLE, MAR_10) == {YAOJIA: 11, ZHIYUAN: 48}
    assert EnterpriseStanding.objects.get(enterprise=firm()).area_code == ZHIYUAN
    assert ledger.verify() == []


@pytest.mark.parametrize(
    ("day", "sender", "place"), [(MAR_10, "姚家街道", "智远街道"), (MAR_4, "智远街道", "姚家街道")]
)
def test_it_says_since_when_another_subdistrict_answers_for_it(
    tmp_path: Path, day: date, sender: str, place: str
) -> None:
    move()

    result = report(tmp_path, day, [[1, 50, "2020-02-10", 44]], area=sender)

    assert codes(result) == ["other_subdistrict"]
    assert result.problems[0].message == (
        f"该企业自 2020-03-05 起由姚家街道迁入智远街道，截至 {day} 属地为{place}，请由{place}填报或核对截至日期。"
    )


@pytest.mark.parametrize("area", ["姚家街道", "智远街道"])
def test_it_takes_a_list_of_the_month_that_knows_the_old_place_or_the_new_one(tmp_path: Path, area: str) -> None:
    move()

    result = frame(tmp_path, MARCH, {1: "规上工业"}, area=area)

    assert (result.rejected, codes(result)) == (0, [])
    assert by_area(RESUMED, date(2020, 3, 2)) == {YAOJIA: 1}
    assert by_area(RESUMED, MAR_5) == {ZHIYUAN: 1}


def test_it_counts_a_subdistrict_as_having_reported_what_lay_in_it_then(tmp_path: Path) -> None:
    report(tmp_path, FEB_29, [[1, 50, "2020-02-10", 44]])
    before = selectors.missing_subdistricts(day=FEB_29, areas=["370102"])

    move()

    assert selectors.missing_subdistricts(day=FEB_29, areas=["370102"]) == before
    assert "姚家街道" not in before
    assert selectors.missing_subdistricts(day=FEB_29, areas=[ZHIYUAN]) == ["智远街道"]


# ---- who may ----------------------------------------------------------------------------------------
def test_it_is_given_away_by_whom_it_belongs_to() -> None:
    taker, giver, reader = (
        a_user("taker", (Role.STREET_ADMIN, ZHIYUAN)),
        a_user("giver", (Role.STREET_ADMIN, YAOJIA)),
        a_user("reader", (Role.COMMUNITY_USER, YAOJIA)),
    )

    for stranger in (taker, reader):
        with pytest.raises(NotAllowedError):
            move(actor=stranger)
    assert by_area(RESUMED, MAR_5) == {YAOJIA: 2}
    assert move(actor=giver)

    assert ledger.timeline(firm().subject)[0].actor == f"user:{giver.pk}"


def test_it_moves_nothing_when_the_register_refuses() -> None:
    with pytest.raises(RegistryError, match="还没有到"):
        move(on=date(2020, 4, 1))

    assert by_area(RESUMED, date(2020, 4, 1)) == {YAOJIA: 2}


# ---- boundaries -------------------------------------------------------------------------------------
def test_it_keeps_past_figures_when_a_boundary_moves() -> None:
    old = Area.objects.filter(code__startswith=YAOJIA, level="COMMUNITY").order_by("code")[0]
    Enterprise.objects.filter(pk__in=[firm(1).pk, firm(7).pk]).update(community_code=old.code)
    past = [(by_area(RESUMED, day), by_area(PEOPLE, day)) for day in (FEB_10, FEB_29, MAR_4)]

    new = create_area(code=f"{ZHIYUAN}901", name=old.name, valid_from=MAR_5)
    succeed_areas(old=[old], new=[new], kind=SuccessionKind.MOVED, effective_on=MAR_5)
    moved = follow_boundary(old=old, new=new, on=MAR_5, reason="区划调整", at=AT, actor=None)

    assert moved == 2
    assert [(by_area(RESUMED, day), by_area(PEOPLE, day)) for day in (FEB_10, FEB_29, MAR_4)] == past
    assert by_area(RESUMED, MAR_5) == {YAOJIA: 1, ZHIYUAN: 1}
    assert by_area(PEOPLE, MAR_5) == {YAOJIA: 11, ZHIYUAN: 30}
    assert (firm().area_code, firm().community_code) == (ZHIYUAN, new.code)
    assert follow_boundary(old=old, new=new, on=MAR_5, reason="区划调整", at=AT, actor=None) == 0
    assert ledger.verify() == []


def test_it_moves_a_community_with_its_enterprises_or_nothing() -> None:
    old = Area.objects.filter(code__startswith=YAOJIA, level="COMMUNITY").order_by("code")[0]
    Enterprise.objects.filter(pk__in=[firm(1).pk, firm(7).pk]).update(community_code=old.code)
    to, why = f"{ZHIYUAN}901", "区划调整"
    for wrong, sentence in (
        ({"old_code": f"{YAOJIA}999"}, "没有代码为"),
        ({"new_code": ZHIYUAN}, "应为 12 位"),
        ({"new_code": "370102099001"}, "没有启用"),
        ({"on": date(2020, 4, 1)}, "还没有到"),
    ):
        asked = {"old_code": old.code, "new_code": to, "on": MAR_5} | wrong
        with pytest.raises((DirectoryError, RegistryError), match=sentence):
            move_community(**asked, reason=why, at=AT)  # type: ignore[arg-type]
    assert not Area.objects.filter(code=to).exists()
    assert by_area(RESUMED, MAR_5) == {YAOJIA: 2}

    assert move_community(old_code=old.code, new_code=to, on=MAR_5, reason=why, at=AT) == 2
    assert by_area(RESUMED, MAR_4) == {YAOJIA: 2}
    assert by_area(RESUMED, MAR_5) == {YAOJIA: 1, ZHIYUAN: 1}
    assert Area.objects.get(code=to).name == old.name
    assert ledger.verify() == []
