"""From a subdistrict of the cockpit to its communities: the same measure, the reader's scope, and every way back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from shoushan.directory.enums import Role, TargetKind
from shoushan.directory.models import User
from shoushan.directory.services import assign_responsibility
from shoushan.exchange.services import bring_in
from shoushan.figures.measures import measure
from shoushan.figures.values import evaluate
from shoushan.ledger import api as ledger
from shoushan.portal import ground
from shoushan.registry.models import Enterprise
from tests.apps.resumption.factories import AT, JANUARY, report, uscc, workbook
from tests.directory.factories import a_user, signed_in
from tests.kept import district

pytestmark = pytest.mark.django_db
FEB_10 = date(2020, 2, 10)
YAOJIA, ZHIYUAN = "370102011", "370102013"
FIRST, SECOND = f"{YAOJIA}001", f"{YAOJIA}002"
TITLES = ["企业名称", "统一社会信用代码", "四上类别", "所属街道", "所属社区", "职工总数"]
PAGE = "/cockpit/?as_of=2020-02-10"
RESUMED, PEOPLE, RATE = (
    "resumption.enterprises_resumed",
    "resumption.people_at_work",
    "resumption.resumption_rate",
)


def listed(folder: Path, communities: dict[int, str], area: str = "姚家街道") -> object:
    """The statistics bureau's list, with the community that it names for each enterprise."""
    rows = [
        [f"示例{number}号有限公司", uscc(number), "规上工业", area, community, 100]
        for number, community in communities.items()
    ]
    return bring_in(workbook(folder / "名单.xlsx", f"统计月份:{JANUARY}", TITLES, rows), at=AT)


@pytest.fixture
def names() -> dict[str, str]:
    """Two communities of one subdistrict."""
    from shoushan.directory.models import Area

    district()
    return dict(
        Area.objects.filter(code__startswith=YAOJIA, level="COMMUNITY").order_by("code").values_list("code", "name")[:2]
    )


@pytest.fixture(autouse=True)
def _day(tmp_path: Path, names: dict[str, str]) -> None:
    """Four enterprises: one in each of two communities, one of which nobody wrote the community down, one idle."""
    first, second = names.values()
    listed(tmp_path, {1: first, 2: second, 3: "", 4: first})
    told = [[1, 50, "2020-02-10", 30], [2, 20, "2020-02-10", 5], [3, 40, "2020-02-10", 9], [4, 10, "", 0]]
    report(tmp_path, FEB_10, told)


def surveyed(code: str, areas: tuple[str, ...] = (YAOJIA,), area: str = YAOJIA) -> ground.Ground:
    return ground.survey(measure(code), as_of=FEB_10, areas=areas, area=area)


def counted(code: str) -> dict[str, object]:
    return {line.name: line.value for line in surveyed(code).lines if line.value is not None}


def leader(area: str = "370102", role: Role = Role.DISTRICT_LEADER) -> User:
    return a_user(f"reader{area}{role}".lower(), (role, area))


# ---- the ledger knows communities -------------------------------------------------------------------------
def test_the_communities_of_a_subdistrict_add_up_to_it(names: dict[str, str]) -> None:
    first, second = names.values()

    assert counted(RESUMED) == {first: 1, second: 1, "未记到社区": 1}
    assert counted(PEOPLE) == {first: 30, second: 5, "未记到社区": 9}
    assert surveyed(PEOPLE).value == 44
    assert counted(RATE) == {first: Decimal("50.0"), second: Decimal(100), "未记到社区": Decimal(100)}
    assert surveyed(RATE).value == Decimal("75.0")
    assert ledger.verify() == []


def test_a_community_told_later_is_told_of_every_day_and_leaves_the_subdistricts_figure(
    tmp_path: Path, names: dict[str, str]
) -> None:
    first, second = names.values()
    listed(tmp_path, {1: second, 2: second, 3: first, 4: first})

    assert counted(PEOPLE) == {first: 9, second: 35}
    assert evaluate(measure(PEOPLE), as_of=FEB_10, areas=["370102"], by="area").parts[0].value == 44
    assert ledger.verify() == []


def test_a_list_that_names_no_community_leaves_what_is_known(tmp_path: Path, names: dict[str, str]) -> None:
    before = counted(PEOPLE)
    listed(tmp_path, {1: "", 2: "", 3: "", 4: ""})

    assert counted(PEOPLE) == before
    assert Enterprise.objects.exclude(community_code="").count() == 3


def test_a_community_of_another_subdistrict_is_refused_by_name(tmp_path: Path, names: dict[str, str]) -> None:
    result = listed(tmp_path, {9: "龙洞社区居民委员会"}, area="姚家街道")

    assert result.rejected == 1  # type: ignore[attr-defined]
    assert not Enterprise.objects.filter(uscc=uscc(9)).exists()


# ---- the page ---------------------------------------------------------------------------------------------
def test_a_tile_and_a_row_of_the_table_open_the_subdistrict() -> None:
    page = signed_in(leader()).get(f"{PAGE}&measure={PEOPLE}").content.decode()

    assert page.count(f'href="?measure={PEOPLE}&amp;as_of=2020-02-10&amp;area={YAOJIA}"') == 2
    assert "包挂领导" in page


def test_the_subdistrict_shows_the_same_measure_by_community_with_doors_and_the_way_back(names: dict[str, str]) -> None:
    first, second = names
    assign_responsibility(
        leader=leader(role=Role.HQ_OFFICE), target_kind=TargetKind.AREA, target_code=YAOJIA, valid_from=FEB_10
    )
    page = signed_in(leader()).get(f"{PAGE}&measure={PEOPLE}&area={YAOJIA}").content.decode()

    for code in (first, second):
        assert page.count(f'href="/figures/{PEOPLE}/?as_of=2020-02-10&amp;area={code}"') == 2
        assert names[code] in page
    assert "社区按代码顺序排列，不表示方位" in page
    assert f'href="?as_of=2020-02-10&amp;measure={PEOPLE}"' in page
    assert f'<input type="hidden" name="area" value="{YAOJIA}">' in page
    assert "未记到社区" in page
    assert "包挂领导 <span" in " ".join(page.split())
    assert "需要处理" not in page


def test_the_cards_and_the_trend_are_of_the_subdistrict_too() -> None:
    client = signed_in(leader())

    whole = client.get(PAGE).context["cockpit"]
    empty = client.get(f"{PAGE}&area={ZHIYUAN}").context["cockpit"]
    own = client.get(f"{PAGE}&area={YAOJIA}").context["cockpit"]
    assert (whole.cards[0].value, own.cards[0].value, empty.cards[0].value) == (3, 3, 0)
    assert own.trend[-1].values == (3, 44)


def test_the_receipt_of_a_community_says_the_same(names: dict[str, str]) -> None:
    client = signed_in(leader())
    first = next(iter(names))

    receipt = client.get(f"/figures/{PEOPLE}/?as_of=2020-02-10&area={first}")
    assert receipt.context["figure"].value == 30
    assert [each.amount for each in receipt.context["members"]] == [30]
    whole = client.get(f"/figures/{PEOPLE}/?as_of=2020-02-10&area={YAOJIA}").content.decode()
    assert "未记到社区" in whole


# ---- scope ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("area", [ZHIYUAN, "370102099", FIRST, "370103", "37010201"])
def test_another_area_answers_like_a_missing_one(area: str) -> None:
    client = signed_in(leader(YAOJIA, Role.STREET_USER))

    assert client.get(f"{PAGE}&area={area}").status_code == 404


def test_a_reader_of_one_subdistrict_has_no_way_back_to_the_district() -> None:
    page = signed_in(leader(YAOJIA, Role.STREET_USER)).get(f"{PAGE}&area={YAOJIA}").content.decode()

    assert "返回全区" not in page
    assert "未记到社区" in page


def test_what_cant_be_read_is_the_whole_and_so_is_the_district() -> None:
    client = signed_in(leader())

    for asked in ("", "泉城", "370102"):
        assert client.get(f"{PAGE}&area={asked}").context["area"] == ""


def test_the_wall_always_shows_the_whole() -> None:
    page = signed_in(leader()).get(f"{PAGE}&wall=1&area={YAOJIA}")

    assert page.context["area"] == ""
    assert f'href="/figures/{RESUMED}/?as_of=2020-02-10&amp;area={YAOJIA}"' in page.content.decode()
