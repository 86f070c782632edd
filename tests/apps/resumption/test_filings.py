"""Daily returns that enterprises file: late or not, approved and accepted, missing and reminded (handbook C3, C5, C7)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shoushan.apps.resumption.enums import Standing
from shoushan.apps.resumption.enums.filings import FilingState
from shoushan.apps.resumption.lifecycle import FILINGS
from shoushan.apps.resumption.models import DailyReturn, EnterpriseStanding, ReturnFiling, ReturnReminder
from shoushan.apps.resumption.selectors.filings import missing_on, reminders_of, reporting
from shoushan.apps.resumption.services import decide_filings, file_return, hour_of_cut_off, last_values, remind
from shoushan.directory.access import NotAllowedError
from shoushan.directory.enums import Role
from shoushan.directory.models import User
from shoushan.figures.measures import measure
from shoushan.figures.values import evaluate
from shoushan.ledger import api as ledger
from shoushan.lifecycle.errors import GuardError, LifecycleError, MissingError, WrongStateError
from shoushan.lifecycle.services import advance
from tests.apps.resumption.applications import DISTRICT, YAOJIA, ZHIYUAN, Cast, cast
from tests.apps.resumption.factories import report
from tests.directory.factories import a_user

pytestmark = pytest.mark.django_db
FEB_17, FEB_18, FEB_19 = (date(2020, 2, day) for day in (17, 18, 19))
NUMBERS: dict[str, Any] = {"staff_total": 60, "at_work": 40, "isolated": 2, "problems": ""}
PEOPLE = "resumption.people_at_work"


@pytest.fixture
def who(tmp_path: Path) -> Cast:
    found = cast(tmp_path)
    report(tmp_path, FEB_17, [[1, 60, "2020-02-17", 30], [2, 20, "2020-02-17", 11]])
    return found


def clock(day: date, hour: int) -> datetime:
    """An hour of the district's day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=8)


def filed(who: Cast, day: date = FEB_18, hour: int = 10, **changed: Any) -> ReturnFiling:
    values = NUMBERS | changed
    return file_return(
        enterprise=who.claim.enterprise, as_of=day, values=values, actor=who.contact, at=clock(day, hour)
    )


def people(day: date) -> int | None:
    return evaluate(measure(PEOPLE), as_of=day).numerator


# ---- filing ------------------------------------------------------------------------------------------
def test_it_counts_as_soon_as_it_is_filed_and_keeps_what_was_not_asked(who: Cast) -> None:
    assert last_values(who.claim.enterprise_id, as_of=FEB_18)["at_work"] == 30

    filing = filed(who)

    assert (filing.state, filing.is_late, filing.code) == ("FILED", False, "RTN-370102-20200218-0001")
    assert (people(FEB_17), people(FEB_18)) == (41, 51)
    line = DailyReturn.objects.get(enterprise=who.claim.enterprise, as_of=FEB_18)
    assert (line.source, line.resumed_on, line.at_work) == (None, FEB_17, 40)


def test_the_same_again_changes_nothing_and_another_number_is_a_correction(who: Cast) -> None:
    filing = filed(who)
    entries = len(ledger.timeline(who.claim.enterprise.subject))

    assert filed(who, hour=11).revision == filing.revision == 0
    assert len(ledger.timeline(who.claim.enterprise.subject)) == entries
    again = filed(who, hour=20, at_work=41)
    assert (again.revision, again.is_late, people(FEB_18)) == (1, False, 52)


@pytest.mark.parametrize(("hour", "is_late"), [(15, False), (16, False), (17, True)])
def test_after_the_hour_laid_down_it_is_late(who: Cast, hour: int, is_late: bool) -> None:
    assert hour_of_cut_off(area=YAOJIA, on=FEB_18) == 16
    assert filed(who, hour=hour).is_late is is_late


@pytest.mark.parametrize(
    ("changed", "field", "part"),
    [
        ({"at_work": 61}, "at_work", "返岗 61 人多于职工总数 60 人"),
        ({"at_work": None}, "at_work", "请填写返岗人数"),
        ({"staff_total": None}, "staff_total", "请填写职工总数"),
        ({"isolated": 61}, "isolated", "多于职工总数 60 人"),
    ],
)
def test_it_refuses_numbers_that_can_t_be_right(who: Cast, changed: dict[str, Any], field: str, part: str) -> None:
    with pytest.raises(MissingError) as refused:
        filed(who, **changed)

    assert part in refused.value.fields[field]
    assert not ReturnFiling.objects.exists()


@pytest.mark.parametrize(
    ("day", "at", "part"),
    [
        (date(2020, 2, 19), FEB_18, "还没有到"),
        (date(2020, 2, 16), FEB_18, "早于复工首日"),
        (FEB_17, date(2020, 2, 28), "已过 7 天补报期"),
    ],
)
def test_it_refuses_a_day_that_is_not_open(who: Cast, day: date, at: date, part: str) -> None:
    with pytest.raises(GuardError, match=part):
        file_return(enterprise=who.claim.enterprise, as_of=day, values=NUMBERS, actor=who.contact, at=clock(at, 10))


def test_only_a_confirmed_contact_files_for_an_enterprise_that_works(who: Cast) -> None:
    for actor in (who.street, a_user("stranger", (Role.ENTERPRISE_CONTACT, DISTRICT))):
        with pytest.raises(NotAllowedError):
            file_return(enterprise=who.claim.enterprise, as_of=FEB_18, values=NUMBERS, actor=actor, at=clock(FEB_18, 9))
    standing = EnterpriseStanding.objects.filter(pk=who.claim.enterprise_id)
    standing.update(resumed_on=None, status=Standing.NOT_RESUMED)
    with pytest.raises(GuardError, match="尚未确认复工"):
        filed(who)


# ---- those who answer for it ------------------------------------------------------------------------------
def decide(step: str, actor: User, *codes: str) -> int:
    return decide_filings(codes=codes, step=step, actor=actor, at=clock(FEB_18, 17))


def test_the_subdistrict_approves_and_the_department_accepts(who: Cast) -> None:
    filing = filed(who)

    with pytest.raises(NotAllowedError):
        decide("approve", who.department, filing.code)
    assert decide("accept", who.department, filing.code) == 0
    assert decide("approve", who.street, filing.code) == 1
    assert decide("approve", who.street, filing.code) == 0
    with pytest.raises(GuardError, match="不能直接修改"):
        filed(who, hour=18, at_work=1)
    assert decide("accept", who.department, filing.code) == 1
    with pytest.raises(WrongStateError):
        advance(FILINGS, filing.pk, "send_back", actor=who.street, at=clock(FEB_18, 18), reason="有误")
    with pytest.raises(LifecycleError, match="没有“drop”这一步"):
        decide("drop", who.street, filing.code)
    filing.refresh_from_db()
    assert filing.state == FilingState.ACCEPTED


def test_an_accepted_return_is_closed_to_files_until_it_is_sent_back_with_a_reason(who: Cast, tmp_path: Path) -> None:
    filing = filed(who)
    for step, actor in (("approve", who.street), ("accept", who.department)):
        decide(step, actor, filing.code)

    refused = report(tmp_path, FEB_18, [[1, 60, "2020-02-17", 35], [2, 20, "2020-02-17", 12]])
    assert [(problem.code, problem.row) for problem in refused.problems if problem.is_error] == [("return_accepted", 4)]
    assert (refused.new, refused.rejected, people(FEB_18)) == (1, 1, 52)
    reopen = {"actor": who.department, "at": clock(FEB_18, 18)}
    with pytest.raises(MissingError):
        advance(FILINGS, filing.pk, "reopen", **reopen)
    advance(FILINGS, filing.pk, "reopen", reason="企业误报", **reopen)
    taken = report(tmp_path, FEB_18, [[1, 60, "2020-02-17", 35], [2, 20, "2020-02-17", 12]])
    assert (taken.changed, taken.unchanged, people(FEB_18)) == (1, 1, 47)


def test_what_is_sent_back_is_filed_again(who: Cast) -> None:
    filing = filed(who)
    decide("approve", who.street, filing.code)

    advance(FILINGS, filing.pk, "send_back", actor=who.street, at=clock(FEB_18, 18), reason="人数有误")
    again = filed(who, hour=19)
    assert (again.state, again.revision) == ("FILED", 3)


def test_one_of_another_area_stops_all(who: Cast) -> None:
    filing = filed(who)
    elsewhere = a_user("elsewhere", (Role.STREET_USER, ZHIYUAN))

    with pytest.raises(NotAllowedError):
        decide("approve", elsewhere, filing.code)
    with pytest.raises(DatabaseError, match="without an entry"), transaction.atomic():
        ReturnFiling.objects.update(state="ACCEPTED")


# ---- who is missing ----------------------------------------------------------------------------------------
def test_it_counts_reported_and_on_time_and_names_the_missing(who: Cast) -> None:
    before = reporting(FEB_18, 16, areas=[DISTRICT])
    filed(who, hour=17)
    after = reporting(FEB_18, 16, areas=[DISTRICT])

    assert (before.due, before.reported, before.on_time) == (2, 0, 0)
    assert (after.due, after.reported, after.on_time, after.rate, after.on_time_rate) == (2, 1, 0, 0.5, 0)
    missing = [each.enterprise.name for each in missing_on(FEB_18, areas=[DISTRICT])]
    assert missing == ["示例2号有限公司"]
    assert reporting(FEB_17, None, areas=[DISTRICT]).on_time_rate == 1
    assert reporting(FEB_17, 16, areas=[DISTRICT]).on_time_rate == 0  # its file came on 31 March
    assert reporting(date(2020, 2, 1), 16, areas=[DISTRICT]).rate is None


def test_a_reminder_is_sent_once_and_goes_when_the_return_is_there(who: Cast) -> None:
    sent = {"day": FEB_18, "actor": who.street, "at": clock(FEB_18, 16)}

    assert remind(codes=[who.claim.enterprise.code], **sent) == 1
    assert [each.as_of for each in reminders_of(who.contact)] == [FEB_18]
    assert remind(**sent) == 1
    assert remind(**sent) == 0
    assert ReturnReminder.objects.count() == 2
    filed(who, hour=17)
    assert reminders_of(who.contact) == []
    others = a_user("elsewhere", (Role.STREET_USER, ZHIYUAN))
    assert remind(day=FEB_19, actor=others, at=clock(FEB_19, 16)) == 0


# ---- pages ---------------------------------------------------------------------------------------------------
@pytest.fixture
def filed_on_page(client: Client, who: Cast) -> ReturnFiling:
    """Today's return, sent with the form."""
    client.force_login(who.contact)
    address = reverse("resumption:return-file", args=[who.claim.enterprise.code])
    assert client.post(address, {"staff_total": "60", "at_work": "40"}).status_code == 302
    return ReturnFiling.objects.get()


def test_a_contact_files_it_on_the_page(client: Client, who: Cast) -> None:
    code = who.claim.enterprise.code
    remind(day=timezone.localdate(), actor=who.street, at=timezone.now())
    client.force_login(who.contact)

    home = client.get(reverse("resumption:contact-home")).text
    assert "街道提醒" in home
    assert "填报今日日报" in home
    address = reverse("resumption:return-file", args=[code])
    assert 'value="30"' in client.get(address).text
    wrong = client.post(address, {"staff_total": "60", "at_work": "61"})
    assert (wrong.status_code, "多于职工总数" in wrong.text) == (422, True)
    early = client.post(f"{address}?as_of=2020-02-01", {"staff_total": "60", "at_work": "40"})
    assert (early.status_code, "早于复工首日" in early.text) == (422, True)
    assert client.post(address, {"staff_total": "60", "at_work": "40"}).status_code == 302
    filing = ReturnFiling.objects.get()
    assert "街道提醒" not in client.get(reverse("resumption:contact-home")).text
    assert filing.as_of.isoformat() in client.get(address).text
    again = client.get(reverse("resumption:filing-step", args=[filing.code, "file_again"]))
    assert again.headers["Location"] == f"{address}?as_of={filing.as_of.isoformat()}"
    assert client.get(reverse("resumption:return-file", args=["E00000000000"])).status_code == 404


def test_officers_decide_on_the_page(client: Client, who: Cast, filed_on_page: ReturnFiling) -> None:
    filing = filed_on_page
    client.force_login(who.street)
    page = client.get(reverse("resumption:return-list")).text
    assert filing.code in page
    assert "示例2号有限公司" in page
    decide = reverse("resumption:return-decide")
    assert client.post(decide, {"step": "approve", "codes": [filing.code]}).status_code == 302
    assert "街道已审核" in client.get(reverse("resumption:filing-detail", args=[filing.code])).text
    bad = client.post(decide, {"step": "drop", "codes": [filing.code]}, follow=True)
    assert "没有“drop”这一步" in bad.text
    again = client.post(reverse("resumption:return-remind"), {"as_of": filing.as_of.isoformat()}, follow=True)
    assert "已提醒 1 家企业" in again.text
    back = reverse("resumption:filing-step", args=[filing.code, "send_back"])
    assert client.post(back, {"seen": "1", "reason": "有误"}).status_code == 302
    assert client.get(reverse("resumption:return-list"), {"area": "bad"}).status_code == 200
    client.force_login(a_user("elsewhere", (Role.STREET_USER, ZHIYUAN)))
    assert client.get(reverse("resumption:filing-detail", args=[filing.code])).status_code == 404
    assert filing.code not in client.get(reverse("resumption:return-list")).text
