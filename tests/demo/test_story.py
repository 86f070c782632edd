"""The tower's case of 2020-02-11 and the week of difficulties are there as records, and every fact is read from them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from demo import cast, ifc, story, week
from shoushan.apps.resumption.enums.difficulties import DifficultyCategory
from shoushan.apps.resumption.lifecycle import DIFFICULTY
from shoushan.apps.resumption.models import (
    Application,
    CharterTrip,
    IsolationPlace,
    NucleicTest,
    Permit,
    SeatBooking,
    Worker,
)
from shoushan.apps.resumption.selectors.workers import matrix
from shoushan.casework.models import Matter
from shoushan.deadlines.models import Clock
from shoushan.figures.measures import measure
from shoushan.figures.values import evaluate, members
from shoushan.ledger import api as ledger
from shoushan.lifecycle.models import Step
from tests.kept import calendars, district, policies

pytestmark = pytest.mark.django_db
MARCH_23 = date(2020, 3, 23)


@pytest.fixture(autouse=True)
def _told(capsys: pytest.CaptureFixture[str]) -> None:
    district()
    at = ifc.moment(ifc.NINTH, 7)
    calendars(at=at)
    policies(at=at)
    assert story.main() == 0
    assert "许可 2020-02-11；企业诉求 8 件，均已办结。" in capsys.readouterr().out


def test_it_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    before = Step.objects.count()
    assert story.main() == 0
    assert "已在库中" in capsys.readouterr().out
    assert Step.objects.count() == before


# ---- the permit of 2020-02-11 ---------------------------------------------------------------------------------
def test_the_permit_is_of_the_eleventh_of_february_by_approval() -> None:
    application = Application.objects.get()

    assert (application.state, application.regime, application.decided_on) == ("APPROVED", "APPROVAL", ifc.ELEVENTH)
    steps = Step.objects.filter(subject=application.subject).order_by("revision")
    taken = [(each.transition, each.occurred_on.day) for each in steps]
    assert [each for each in taken if each[0] != "record_check"] == [
        ("submit", 10),
        ("accept", 10),
        ("pass_check", 11),
        ("approve", 11),
    ]
    clock = Clock.objects.get(subject=application.subject)
    assert (clock.state, clock.outcome) == ("STOPPED", "MET")
    page = Client().get(reverse("resumption:permit-detail", args=[Permit.objects.get().token])).content.decode()
    assert ifc.NAME.partition("（")[0] in page


def test_a_hotel_certificates_charters_and_tests_are_behind_it() -> None:
    workers = Worker.objects.all()
    assert workers.count() == sum(count for _origin, count in ifc.WORKERS_BY_ORIGIN) == 30
    assert IsolationPlace.objects.get().beds.count() == 30
    assert sum(bool(each.certificate_no) for each in workers) == 28
    assert all(each.by_charter and "包车" in each.transport for each in workers)
    trips = CharterTrip.objects.annotate(allowed=Count("seats", distinct=True))
    assert all(trip.allowed * 2 <= trip.seats_total and trip.state == "ARRIVED" for trip in trips)
    assert SeatBooking.objects.values("worker").distinct().count() == 30
    assert NucleicTest.objects.filter(result="NEGATIVE").count() == 30


def test_who_came_without_a_certificate_was_observed_to_the_end() -> None:
    observed = Worker.objects.filter(observe_from__isnull=False)
    assert [each.result for each in observed] == ["FOURTEEN_DAYS"] * 2
    for worker in observed:
        assert worker.observe_to == ifc.TENTH + timedelta(days=14)
        days = matrix(worker, until=MARCH_23)
        assert len(days) == 15
        assert all(day.is_complete for day in days)
        assert worker.stays.get().left_on == worker.cleared_on
    assert set(Worker.objects.values_list("state", flat=True)) == {"AT_POST"}


# ---- the week of difficulties ------------------------------------------------------------------------------------
def test_the_four_kinds_were_received_routed_and_closed_in_time() -> None:
    matters = Matter.objects.all()
    kinds = {DIFFICULTY.top(each.category) for each in matters}

    assert kinds == {each.value for each in list(DifficultyCategory)[:4]}
    assert {(each.state, each.is_late, each.satisfaction) for each in matters} == {("CLOSED", False, "SATISFIED")}
    assert {str(each.lead) for each in matters} == {"区工信局", "区发改局", "姚家街道办"}
    for name, value in (("received", 8), ("open", 0)):
        assert evaluate(measure(f"resumption.difficulties_{name}"), as_of=MARCH_23).value == value
    for name in ("closed_rate", "on_time_rate", "satisfied_rate"):
        found = evaluate(measure(f"resumption.difficulties_{name}"), as_of=MARCH_23)
        assert (found.numerator, found.denominator) == (8, 8)
    assert not Clock.objects.open().exists()


# ---- invariants of handbook Appendix 1 ------------------------------------------------------------------------------
def test_a_figure_is_the_sum_of_its_rows_on_every_day_and_by_every_breakdown() -> None:
    """Invariant 1."""
    codes = ("workers_returned", "workers_observed", "difficulties_received", "difficulties_open")
    days = (ifc.NINTH, ifc.TENTH, ifc.ELEVENTH, date(2020, 2, 18), MARCH_23)
    for code, day in product(codes, days):
        asked = measure(f"resumption.{code}")
        whole = evaluate(asked, as_of=day).value
        assert sum(each.amount for each in members(asked, as_of=day)) == whole
        for by in ("area", "category"):
            assert sum(part.numerator for part in evaluate(asked, as_of=day, by=by).parts) == whole


def test_the_district_s_figures_of_the_frame_are_not_touched() -> None:
    """Invariant 2: the project stands in no list of the bureau."""
    assert evaluate(measure("resumption.enterprises_resumed"), as_of=MARCH_23).value == 0


def test_the_ledger_verifies() -> None:
    ledger.seal(at=ifc.moment(MARCH_23))
    assert ledger.verify() == []


def test_the_accounts_are_posts() -> None:
    assert all("（演示）" in post for _name, post, *_rest in cast.ACCOUNTS)
    assert len(week.WEEK) == 8
