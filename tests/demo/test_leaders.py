"""Each of the thirteen subdistricts has a district leader who answers for it, told by the verb that the office uses."""

from __future__ import annotations

from datetime import date

import pytest

from demo import leaders
from shoushan.directory.enums import AdministrativeAct, TargetKind
from shoushan.directory.models import AdministrativeEntry, Responsibility, User
from shoushan.directory.selectors import primary_leaders, uncovered_areas
from shoushan.portal.workbench import duties_of
from tests.kept import district

pytestmark = pytest.mark.django_db
MARCH_23 = date(2020, 3, 23)


@pytest.fixture(autouse=True)
def _told(capsys: pytest.CaptureFixture[str]) -> None:
    district()
    assert leaders.main() == 0
    assert "13 个街道" in capsys.readouterr().out


def of_areas(on: date) -> dict[str, str]:
    return primary_leaders(target_kind=TargetKind.AREA, within="370102", on=on)


def test_every_subdistrict_has_a_leader_of_its_own() -> None:
    found = of_areas(MARCH_23)

    assert sorted(found) == list(leaders.SUBDISTRICTS)
    assert len(set(found.values())) == 13
    assert not uncovered_areas(on=MARCH_23).exists()
    assert all("区级领导" in name and "演示" in name for name in found.values())


def test_one_subdistrict_passes_on_and_february_stays_with_the_former_leader() -> None:
    assert of_areas(date(2020, 2, 29))[leaders.HANDED_OVER] == "区级领导 12（演示）"
    assert of_areas(date(2020, 3, 1))[leaders.HANDED_OVER] == "区级领导 13（演示）"


def test_the_demonstrations_leader_has_a_duty_and_the_acts_are_in_the_log() -> None:
    (duty,) = duties_of(User.objects.get(username="leader"), on=MARCH_23)

    assert (duty.name, duty.duties) == ("姚家街道", leaders.DUTIES)
    assert duty.address == "/cockpit/?area=370102011"
    assert AdministrativeEntry.objects.filter(act=AdministrativeAct.RESPONSIBILITY_GIVEN).count() == 14


def test_it_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert leaders.main() == 0
    assert "已在库中" in capsys.readouterr().out
    assert Responsibility.objects.count() == 14
