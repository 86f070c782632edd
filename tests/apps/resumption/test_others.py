"""What people of one subdistrict learn of another's enterprises: from files, entries and releases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from shoushan.apps.resumption.services import move_enterprise, release_bulletin
from shoushan.apps.resumption.sheets import FrameSheet, LedgerSheet
from shoushan.directory.access import NotAllowedError
from shoushan.directory.enums import Role
from shoushan.directory.models import User
from shoushan.exchange.declarations import Problem
from shoushan.exchange.limits import FileRefusedError
from shoushan.exchange.services import bring_in
from shoushan.ledger import api as ledger
from shoushan.registry.models import Enterprise, Frame
from shoushan.registry.services import Place
from tests.apps.resumption.factories import AT, JANUARY, frame, report, uscc, workbook
from tests.directory.factories import a_user
from tests.kept import district

pytestmark = pytest.mark.django_db

YAOJIA, ZHIYUAN, LONGDONG = "370102011", "370102013", "370102012"
FEB_10 = date(2020, 2, 10)
TITLES = ["企业名称", "统一社会信用代码", "所属街道", "职工总数", "实际复工时间", "返岗人数"]


@pytest.fixture(autouse=True)
def _district(tmp_path: Path) -> None:
    district()
    frame(tmp_path, JANUARY, {1: "规上工业"})
    report(tmp_path, FEB_10, [[1, 50, "2020-02-10", 30]])


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def problem_of(folder: Path, sender: User, name: str, code: str, area: str) -> Problem:
    """What a file with one line is answered."""
    line = [name, code, area, 50, "", 0]
    head = f"填报单位:{area}  截至时间:2020年2月17日17时"
    path = workbook(folder / "台账(2.17).xlsx", head, TITLES, [line])
    result = bring_in(path, at=AT, sheet=LedgerSheet(), actor=sender, commit=False)
    return result.problems[0]


@pytest.mark.parametrize(("area", "unit", "is_named"), [(YAOJIA, "姚家街道", True), (ZHIYUAN, "智远街道", False)])
def test_it_suggests_only_enterprises_of_the_sender_s_own_area(
    tmp_path: Path, area: str, unit: str, is_named: bool
) -> None:
    sender = a_user("sender", (Role.STREET_ADMIN, area))

    similar = problem_of(tmp_path, sender, "示例1号有限公司济", "", unit)
    same = problem_of(tmp_path, sender, "示例1号有限公司", uscc(2), unit)

    assert (similar.code, same.code) == ("uscc_missing", "uscc_differs")
    assert similar.suggestion == ("示例1号有限公司" if is_named else "")
    assert (uscc(1) in same.message, same.suggestion == uscc(1)) == (is_named, is_named)


def test_it_takes_a_list_of_the_bureau_only_from_who_answers_for_the_district(tmp_path: Path) -> None:
    titles = ["企业名称", "统一社会信用代码", "四上类别", "所属街道", "职工总数"]
    line = ["示例1号有限公司", uscc(1), "规上工业", "姚家街道", 100]
    path = workbook(tmp_path / "名单(2020年3月).xlsx", "统计月份:2020年3月", titles, [line])
    part, whole = a_user("part", (Role.DEPT_USER, YAOJIA)), a_user("whole", (Role.DEPT_USER, "370102"))

    with pytest.raises(FileRefusedError, match="这件事由全区统一办理"):
        bring_in(path, at=AT, sheet=FrameSheet(), actor=part)
    before = Frame.objects.count()
    bring_in(path, at=AT, sheet=FrameSheet(), actor=whole)

    assert (before, Frame.objects.count()) == (1, 2)


def test_it_lets_only_who_answers_for_the_district_release() -> None:
    with pytest.raises(NotAllowedError, match="这件事由全区统一办理"):
        release_bulletin(as_of=FEB_10, at=AT, actor=a_user("part", (Role.HQ_OFFICE, YAOJIA)))


def test_it_opens_the_entry_of_a_move_to_both_sides_and_to_nobody_else() -> None:
    firm = Enterprise.objects.get()
    move_enterprise(enterprise=firm, place=Place(ZHIYUAN), on=date(2020, 3, 5), reason="迁址", at=AT, actor=None)
    address = reverse("figures:entry", args=[ledger.timeline(firm.subject)[0].number])

    found = {
        area: client_of(a_user(area, (Role.STREET_ADMIN, area))).get(address) for area in (YAOJIA, ZHIYUAN, LONGDONG)
    }

    assert [answer.status_code for answer in found.values()] == [200, 200, 404]
    assert len(found[YAOJIA].context["moves"]) == len(found[ZHIYUAN].context["moves"]) == 2


def test_it_opens_an_entry_that_moved_nothing_where_its_subject_is_counted(tmp_path: Path) -> None:
    report(tmp_path, date(2020, 2, 17), [[1, 50, "2020-02-10", 30]])
    line = ledger.timeline(Enterprise.objects.get().subject)[0]
    address = reverse("figures:entry", args=[line.number])

    own, other = (client_of(a_user(area, (Role.STREET_ADMIN, area))).get(address) for area in (YAOJIA, ZHIYUAN))

    assert line.moves == ()
    assert (own.status_code, other.status_code) == (200, 404)
