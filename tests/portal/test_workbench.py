"""The workbench: what waits for whom, in which order, what was done, what somebody answers for."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

from shoushan.directory.enums import Role, TargetKind
from shoushan.directory.models import User
from shoushan.directory.services import assign_responsibility
from shoushan.portal import workbench
from shoushan.ui import subjects, work
from tests.apps.resumption.applications import FEB_12, YAOJIA, ZHIYUAN, moment, submitted
from tests.apps.resumption.applications import step as application_step
from tests.apps.resumption.difficulties import MONDAY, Offices, answered, offices, planned, raised, step
from tests.directory.factories import a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(tmp_path: Path) -> Offices:
    return offices(tmp_path)


def waits(user: User) -> dict[str, int]:
    """How much waits in each queue."""
    found = workbench.compose(user, on=MONDAY.date(), at=MONDAY)
    return {each.queue.code: each.count for each in found.queues}


def test_an_application_waits_for_one_office_after_the_other(who: Offices) -> None:
    application = submitted(who.who)
    assert waits(who.yaojia) == {"resumption.applications_submitted": 1}
    assert waits(who.who.lead) == {}

    application_step(application, "accept", who.who.street)
    assert waits(who.yaojia) == {"resumption.applications_accepted": 1}
    assert waits(who.who.department) == {"resumption.applications_accepted": 1}


def test_it_does_not_wait_for_another_subdistrict(who: Offices) -> None:
    submitted(who.who)

    assert waits(a_user("zhiyuan", (Role.STREET_USER, ZHIYUAN))) == {}


def test_a_matter_waits_where_it_is_for_whom_it_is(who: Offices) -> None:
    matter = raised(who)
    assert waits(who.industry) == waits(who.other_industry) == {"casework.sign": 1}
    assert waits(who.health) == {"casework.parts": 1}

    step(matter, "sign", who.industry)
    assert waits(who.industry) == {"casework.work": 1}
    assert waits(who.other_industry) == {}


def test_an_answer_waits_to_be_called_back_by_somebody_else(who: Offices) -> None:
    answered(who)

    assert waits(who.who.office) == {"casework.call_back": 1}
    assert "casework.call_back" not in waits(who.industry)


def test_what_is_due_first_stands_first_whichever_queue_it_is_in(who: Offices) -> None:
    planned(who, MONDAY - timedelta(days=3))
    raised(who)
    raised(who, at=MONDAY - timedelta(hours=2))

    found = workbench.compose(who.industry, on=MONDAY.date(), at=MONDAY)

    assert [line.queue for line in found.waiting[0:50]] == ["casework.sign", "casework.sign", "casework.work"]
    due = [line.item.due_at for line in found.waiting[0:50]]
    assert due == sorted(due)
    assert (found.everything, len(found.waiting)) == (3, 3)
    assert [line.item.due_at for line in found.waiting[1:2]] == due[1:2], "a later page of all queues"


def test_one_queue_is_shown_page_by_page(who: Offices) -> None:
    for _number in range(3):
        raised(who)

    found = workbench.compose(who.industry, on=MONDAY.date(), at=MONDAY, chosen="casework.sign").waiting
    one, two = found[0:2], found[2:4]

    assert (len(found), len(one), len(two)) == (3, 2, 1)
    assert {line.item.key for line in one}.isdisjoint(line.item.key for line in two)


def test_a_step_that_asks_for_nothing_is_plain_and_one_that_asks_opens_its_page(who: Offices) -> None:
    raised(who)

    (line,) = workbench.compose(who.industry, on=MONDAY.date(), at=MONDAY).waiting[0:9]

    plain = {str(action.label): action.is_plain for action in line.item.actions}
    assert plain == {"签收": True, "退回分派": False}
    assert line.item.seen is not None
    assert line.item.tone == "good"


def test_it_lists_what_was_done_today_and_no_other_day(who: Offices) -> None:
    matter = planned(who)

    done = workbench.compose(who.industry, on=MONDAY.date(), at=MONDAY).done
    assert [(str(each.label), each.code, each.address) for each in done] == [
        ("填写办理措施", matter.code, f"/matters/{matter.code}/"),
        ("签收", matter.code, f"/matters/{matter.code}/"),
    ]
    assert workbench.compose(who.industry, on=date(2020, 2, 18), at=MONDAY).done == []


def test_it_lists_what_a_leader_answers_for_with_names(who: Offices) -> None:
    enterprise = who.who.claim.enterprise
    for kind, code in (
        (TargetKind.AREA, YAOJIA),
        (TargetKind.ENTERPRISE, enterprise.code),
        (TargetKind.ORGANISATION, "DEPT_HEALTH"),
    ):
        assign_responsibility(leader=who.leader, target_kind=kind, target_code=code, valid_from=FEB_12)

    duties = workbench.duties_of(who.leader, on=MONDAY.date())

    found = {str(each.kind): (each.name, each.address) for each in duties}
    assert found["辖区"][0] == "姚家街道"
    assert found["企业"] == (enterprise.name, f"/resumption/enterprises/{enterprise.code}/")
    assert "卫生健康" in found["单位"][0]
    assert workbench.duties_of(who.leader, on=date(2020, 2, 1)) == []


def test_the_page_sends_a_plain_step_and_comes_back(who: Offices) -> None:
    matter = raised(who)
    client = Client()
    client.force_login(who.industry)

    page = client.get("/workbench/?queue=casework.sign").content.decode()
    assert matter.code in page
    assert f'action="/matters/{matter.code}/steps/sign/?next=%2Fworkbench%2F%3Fqueue%3Dcasework.sign"' in page
    address = f"/matters/{matter.code}/steps/sign/?next=%2Fworkbench%2F%3Fqueue%3Dcasework.sign"
    assert client.post(address, {"seen": matter.revision})["Location"] == "/workbench/?queue=casework.sign"
    left = client.get("/workbench/?queue=casework.sign").context["workbench"]
    assert [each.queue.code for each in left.queues] == ["casework.work"]


def test_it_never_goes_back_to_another_site(who: Offices) -> None:
    matter = raised(who)
    client = Client()
    client.force_login(who.industry)

    answer = client.post(f"/matters/{matter.code}/steps/sign/?next=https://example.org/", {"seen": matter.revision})

    assert answer["Location"] == f"/matters/{matter.code}/"


def test_an_officer_s_day_begins_here(who: Offices) -> None:
    client = Client()
    client.force_login(who.industry)

    assert client.get("/")["Location"] == "/workbench/"
    assert client.get("/workbench/?queue=no.such&page=0").status_code == 200


def test_a_queue_is_declared_once() -> None:
    (first, *_others) = work.all_queues()
    work.register(first)
    with pytest.raises(ValueError, match="declared twice"):
        work.register(work.Queue(code=first.code, label="另一个", count=first.count, items=first.items))


def test_codes_become_links_for_those_who_may_open_the_record(who: Offices) -> None:
    matter = raised(who)
    asked = [matter.subject, "nothing:1", "matter:M1"]

    assert subjects.links(who.industry, asked, on=MONDAY.date()) == {matter.subject: f"/matters/{matter.code}/"}
    assert subjects.links(who.yaojia, [], on=MONDAY.date()) == {}
    stranger = a_user("stranger", (Role.STREET_USER, "370102013"))
    assert subjects.links(stranger, asked, on=MONDAY.date()) == {}


def test_a_moment_is_needed_for_the_clock_alone(who: Offices) -> None:
    raised(who)

    late = workbench.compose(who.industry, on=MONDAY.date(), at=moment(date(2020, 3, 2)))

    assert late.waiting[0:1][0].item.tone == "late"
