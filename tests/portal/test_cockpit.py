"""The cockpit: numbers as of a day with their change, trend, map and what is red, within the reader's area."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from shoushan.directory.enums import Role
from shoushan.directory.models import User
from shoushan.portal import cockpit
from shoushan.ui.signals import Signal
from tests.apps.resumption.factories import AT, JANUARY, frame, report
from tests.directory.factories import a_user
from tests.kept import district

pytestmark = pytest.mark.django_db
FEB_10, FEB_11 = date(2020, 2, 10), date(2020, 2, 11)
YAOJIA, ZHIYUAN = "370102011", "370102013"


@pytest.fixture(autouse=True)
def _days(tmp_path: Path) -> None:
    """Two days of two subdistricts; on the second an enterprise more works, and one subdistrict sent nothing."""
    district()
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售", 3: "规上工业"}, area="姚家街道")
    report(tmp_path, FEB_10, [[1, 50, "2020-02-10", 30], [2, 20, "", 0]])
    report(tmp_path, FEB_10, [[4, 40, "2020-02-10", 9]], area="智远街道")
    report(tmp_path, FEB_11, [[1, 50, "2020-02-10", 25], [2, 20, "2020-02-11", 5]])


def composed(user: User, areas: tuple[str, ...], day: date = FEB_11, chosen: str = "") -> cockpit.Cockpit:
    return cockpit.compose(reader=user, as_of=day, areas=areas, chosen=chosen, at=AT)


def leader(area: str = "370102", role: Role = Role.DISTRICT_LEADER) -> User:
    return a_user(f"reader{area}", (role, area))


def test_it_shows_its_numbers_with_their_change_since_the_day_before() -> None:
    found = composed(leader(), ("370102",))

    cards = {each.measure.code.split(".")[1]: (each.value, each.change, each.direction) for each in found.cards}
    assert list(cards)[-3:] == ["large_projects", "year_plan_rate", "occupancy_rate"]
    assert len(cards) == 9
    assert cards["enterprises_resumed"] == (2, 1, "▲")
    assert cards["people_at_work"] == (30, 0, "")
    assert cards["resumption_rate"] == (Decimal("66.7"), Decimal("33.4"), "▲")


def test_it_draws_thirty_days_with_the_documents_of_each() -> None:
    from shoushan.lifecycle.models import Document

    Document.objects.create(number="一号", title="测试文件", issuer="测试机关", issued_on=FEB_10)
    found = composed(leader(), ("370102",))

    assert len(found.trend) == 30
    assert [(each.on, each.values, each.events) for each in found.trend[-2:]] == [
        (FEB_10, (1, 30), ("测试文件",)),
        (FEB_11, (2, 30), ()),
    ]


def test_it_keeps_to_the_area_of_its_reader() -> None:
    whole = composed(leader(), ("370102",), chosen="resumption.people_at_work")
    own = composed(leader(ZHIYUAN, Role.STREET_USER), (ZHIYUAN,), chosen="resumption.people_at_work")

    assert len(whole.ground.map.tiles) == 13
    assert [(tile.code, tile.value) for tile in own.ground.map.tiles] == [(ZHIYUAN, None)]
    assert own.cards[0].value == 0
    assert whole.chosen.code == own.chosen.code == "resumption.people_at_work"


def test_it_says_what_is_missing_and_what_contradicts() -> None:
    report_red = {str(each.label): each.count for each in composed(leader(), ("370102",)).signals}

    assert report_red["街道未报复工台账"] == 12
    assert report_red["企业未报当日日报"] == 1
    assert "累计开工总人数较前一日减少" not in report_red


def test_it_says_when_a_cumulative_number_falls(tmp_path: Path) -> None:
    report(tmp_path, FEB_11, [[1, 50, "2020-02-10", 11], [2, 20, "2020-02-11", 5]])

    found = [each for each in composed(leader(), ("370102",)).signals if "减少" in str(each.label)]
    assert [(each.count, each.unit, each.tone) for each in found] == [(14, "人", "late")]
    assert found[0].address.endswith("?as_of=2020-02-11")


def test_who_may_see_nothing_red_is_told_of_nothing() -> None:
    assert composed(a_user("nobody"), ()).signals == []


def test_the_page_names_day_and_measure_in_its_address_and_every_number_is_a_door() -> None:
    client = Client()
    client.force_login(leader())

    page = client.get("/cockpit/?as_of=2020-02-11&measure=resumption.people_at_work").content.decode()
    assert 'href="/figures/resumption.people_at_work/?as_of=2020-02-11&amp;area=370102011"' in page
    assert "截至 2020年2月11日" in " ".join(page.split())
    assert 'data-value="30"' in page
    assert "wall.js" not in page
    newest = client.get("/cockpit/").content.decode()
    assert "2020年2月11日" in newest


def test_the_wall_renews_itself_and_the_leader_starts_here() -> None:
    client = Client()
    client.force_login(leader())

    page = client.get("/cockpit/?wall=1").content.decode()
    assert 'data-face="wall"' in page
    assert "wall.js" in page
    assert client.get("/")["Location"] == "/cockpit/"


def test_a_measure_that_is_not_there_falls_back_to_the_first() -> None:
    assert composed(leader(), ("370102",), chosen="no.such").chosen.code == "resumption.enterprises_resumed"


# ---- what is red -----------------------------------------------------------------------------------------
def test_signals_put_what_is_late_before_what_is_due_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    from shoushan.ui import signals

    def provider(*_asked: object) -> list[Signal]:
        words = {"unit": "件", "address": "/"}
        return [Signal(label="近", count=1, tone="soon", **words), Signal(label="迟", count=2, **words)]

    monkeypatch.setattr(signals, "_providers", [provider])
    assert [each.label for each in signals.signals(None, as_of=FEB_10, at=AT)] == ["迟", "近"]
