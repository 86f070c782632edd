"""A day that is locked is changed by an exception only, once, with its reason on record."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shoushan.apps.resumption.models import DailyReturn, LockException, ReturnFiling, ReturnLock
from shoushan.apps.resumption.services import except_from_lock, file_return, lock_day
from shoushan.apps.resumption.services.filings import decide_filings
from shoushan.directory.access import NotAllowedError
from shoushan.lifecycle.errors import GuardError, MissingError
from tests.apps.resumption.applications import YAOJIA, Cast, cast, moment
from tests.apps.resumption.factories import report, uscc

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 20)
AT = moment(DAY, 12)
LINE = [1, 100, "2020-02-10", 40]


@pytest.fixture
def who(tmp_path: Path) -> Cast:
    found = cast(tmp_path)
    report(tmp_path, DAY, [LINE])
    return found


def at_work() -> int:
    found = DailyReturn.objects.get(as_of=DAY).at_work
    assert found is not None
    return found


def excepted(who: Cast, **changed: Any) -> LockException:
    values = {
        "as_of": DAY,
        "area": YAOJIA,
        "text": uscc(1),
        "reason": "漏报",
        "actor": who.department,
        "at": AT,
    } | changed
    return except_from_lock(**values)


def test_a_locked_day_takes_nothing_from_a_file_without_an_exception(who: Cast, tmp_path: Path) -> None:
    lock_day(as_of=DAY, area=YAOJIA, actor=who.department, at=AT)
    same = report(tmp_path, DAY, [LINE])
    changed = report(tmp_path, DAY, [[1, 100, "2020-02-10", 45], [2, 20, "2020-02-10", 5]])

    assert (same.unchanged, same.rejected) == (1, 0)
    assert [each.code for each in changed.problems if each.level == "error"] == ["day_locked", "day_locked"]
    assert at_work() == 40
    other = report(tmp_path, DAY + timedelta(days=1), [[1, 100, "2020-02-10", 45]])
    assert other.new == 1


def test_an_exception_lets_one_change_once_and_is_kept(who: Cast, tmp_path: Path) -> None:
    lock_day(as_of=DAY, area=YAOJIA, actor=who.department, at=AT)
    excepted(who)
    first = report(tmp_path, DAY, [[1, 100, "2020-02-10", 45]])
    second = report(tmp_path, DAY, [[1, 100, "2020-02-10", 50]])

    assert (first.changed, second.rejected, at_work()) == (1, 1, 45)
    kept = LockException.objects.get()
    assert (kept.reason, kept.granted_by, kept.used_at is not None) == ("漏报", who.department, True)


def test_an_enterprise_files_into_a_locked_day_with_an_exception_only(who: Cast) -> None:
    lock_day(as_of=DAY, area=YAOJIA, actor=who.department, at=AT)
    words: dict[str, Any] = {"enterprise": who.claim.enterprise, "as_of": DAY, "actor": who.contact, "at": AT}
    values = {"staff_total": 100, "at_work": 50}
    with pytest.raises(GuardError, match="已经锁定"):
        file_return(values=values, **words)
    excepted(who)
    file_return(values=values, **words)
    assert at_work() == 50


def test_it_is_not_locked_while_returns_wait(who: Cast) -> None:
    values = {"staff_total": 100, "at_work": 50}
    filing = file_return(enterprise=who.claim.enterprise, as_of=DAY, values=values, actor=who.contact, at=AT)
    with pytest.raises(GuardError, match="还有 1 件"):
        lock_day(as_of=DAY, area=YAOJIA, actor=who.department, at=AT)
    decide_filings(codes=[filing.code], step="approve", actor=who.street, at=AT)
    decide_filings(codes=[filing.code], step="accept", actor=who.department, at=AT)
    lock_day(as_of=DAY, area=YAOJIA, actor=who.department, at=AT)
    lock_day(as_of=DAY, area=YAOJIA, actor=who.office, at=AT)
    assert ReturnLock.objects.get().locked_by == who.department
    assert ReturnFiling.objects.get().state == "ACCEPTED"


def test_only_who_accepts_locks_and_excepts_and_says_why(who: Cast) -> None:
    with pytest.raises(NotAllowedError):
        lock_day(as_of=DAY, area=YAOJIA, actor=who.street, at=AT)
    with pytest.raises(GuardError, match="还没有到"):
        lock_day(as_of=DAY + timedelta(days=1), area=YAOJIA, actor=who.department, at=AT)
    with pytest.raises(GuardError, match="没有锁定"):
        excepted(who)
    lock_day(as_of=DAY, area=YAOJIA, actor=who.department, at=AT)
    with pytest.raises(NotAllowedError):
        excepted(who, actor=who.street)
    with pytest.raises(MissingError, match="理由"):
        excepted(who, reason=" ")
    with pytest.raises(GuardError, match="没有“别家”"):
        excepted(who, text="别家")
    assert excepted(who) == excepted(who, text="示例1号有限公司")


def test_the_page_locks_and_lists_exceptions(who: Cast) -> None:
    client = Client()
    client.force_login(who.department)
    address, asked = reverse("resumption:return-lock"), {"as_of": DAY.isoformat(), "area": YAOJIA}

    page = client.get(reverse("resumption:return-list"), asked).content.decode()
    assert "锁定这一天" in page
    assert "已锁定" in client.post(address, asked, follow=True).content.decode()
    page = client.post(address, asked | {"enterprise": uscc(1), "reason": "漏报"}, follow=True).content.decode()
    assert "待更正" in page
    assert "漏报" in page
    client.force_login(who.street)
    assert client.post(address, asked).status_code == 403
