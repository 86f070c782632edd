"""The way back of a worker: the decision table, observation, temperatures, tests, beds (handbook C2, C3)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from shoushan.apps.resumption.models import Bed, BedStay, HealthCheck, Worker
from shoushan.apps.resumption.selectors.workers import due_days, free_beds, matrix, missing_checks, visible_workers
from shoushan.apps.resumption.services import Difficulty, move_enterprise, raise_difficulty
from shoushan.apps.resumption.services.workers import (
    Measured,
    NewWorker,
    give_bed,
    open_place,
    record_checks,
    record_test,
    register_worker,
)
from shoushan.directory.access import NotAllowedError
from shoushan.figures.measures import measure
from shoushan.figures.values import evaluate, members
from shoushan.lifecycle.errors import GuardError, MissingError, WrongStateError
from shoushan.lifecycle.models import Step
from shoushan.notices.models import Notice
from shoushan.registry.models import Enterprise, Person
from shoushan.registry.services import Place
from tests.apps.resumption.applications import YAOJIA, ZHIYUAN, Cast
from tests.apps.resumption.workers import ARRIVAL, AT, FRIDAY, a_worker, arrived, number, observed, people, step

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def who(tmp_path: Path) -> Cast:
    return people(tmp_path)


# ---- registering ---------------------------------------------------------------------------------------------
def test_it_keeps_number_and_phone_encrypted_and_finds_the_person_again(who: Cast) -> None:
    worker = a_worker(who)

    assert (worker.state, worker.origin, worker.person.document_no) == ("EXPECTED", "411400", number(1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT document_no, phone, household FROM registry_person")
        stored = cursor.fetchone()
        cursor.execute("SELECT origin_text FROM resumption_worker")
        stored += cursor.fetchone()
    assert all(value.startswith("k1$") for value in stored)
    assert not any(number(1) in value or "商丘" in value for value in stored)
    with pytest.raises(MissingError, match="不必重复登记"):
        a_worker(who)
    assert Person.objects.count() == 1


def test_it_says_what_is_wrong_with_each_field(who: Cast) -> None:
    wrong = NewWorker(" ", number(1)[:-1] + "9", "12345", "武汉(路过)")
    with pytest.raises(MissingError) as refused:
        register_worker(enterprise=who.claim.enterprise, worker=wrong, actor=who.contact, at=AT)
    assert set(refused.value.fields) == {"name", "document_no", "phone", "origin"}
    assert "路过的地方不是来源地" in refused.value.fields["origin"]
    assert Worker.objects.count() == 0


def test_it_lets_only_the_contact_and_the_subdistrict_register(who: Cast) -> None:
    a_worker(who, 1, actor=who.street)
    with pytest.raises(NotAllowedError):
        a_worker(who, 2, actor=who.department)
    with pytest.raises(NotAllowedError):
        a_worker(who, 3, actor=who.office)


# ---- the decision table of C2 -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("origin", "changed", "state"),
    [
        ("湖北省武汉市", {}, "OBSERVED"),
        ("境外", {}, "OBSERVED"),
        ("河南省商丘市", {}, "WAITING"),
        ("河南省商丘市", {"charter": "NO"}, "OBSERVED"),
        ("河南省商丘市", {"certificate_no": ""}, "OBSERVED"),
        ("河南省商丘市", {"temperature": "37.4"}, "OBSERVED"),
        ("河南省商丘市", {"temperature": "37.3"}, "WAITING"),
        ("河南省商丘市", {"key_area": "YES"}, "OBSERVED"),
        ("山东省德州市", {"charter": "NO"}, "WAITING"),
        ("山东省德州市", {"certificate_no": "", "charter": "NO"}, "OBSERVED"),
    ],
)
def test_it_decides_on_arrival_by_the_rule_of_the_day(
    who: Cast, origin: str, changed: dict[str, str], state: str
) -> None:
    worker = arrived(who, origin=origin, **changed)

    assert worker.state == state
    assert "济南市返济人员规定" in worker.rule
    is_observed = state == "OBSERVED"
    assert (worker.observe_to == FRIDAY + 14 * DAY) == is_observed
    assert (worker.result == "NONE") != is_observed


def test_low_risk_and_normal_starts_at_once_from_april_7(who: Cast) -> None:
    later = AT.replace(month=4, day=7)
    worker = arrived(who, at=later, certificate_no="", charter="NO")
    assert (worker.state, worker.result) == ("WAITING", "NONE")


def test_it_keeps_personal_values_out_of_the_steps(who: Cast) -> None:
    arrived(who)
    kept = Step.objects.get(transition="arrive").values
    assert kept["temperature"] == kept["certificate_no"] == kept["transport"] == "●"
    assert kept["charter"] == "YES"


@pytest.mark.parametrize(
    ("typed", "words"), [("365", "36.5"), ("36。5", "36.5"), ("正常", "体温"), ("43", "34.0 至 42.0")]
)
def test_it_refuses_temperatures_that_cannot_be(who: Cast, typed: str, words: str) -> None:
    worker = a_worker(who)
    with pytest.raises(GuardError, match=words):
        step(worker, "arrive", who.contact, values=ARRIVAL | {"temperature": typed})
    worker.refresh_from_db()
    assert (worker.state, HealthCheck.objects.count()) == ("EXPECTED", 0)


# ---- observation ----------------------------------------------------------------------------------------------------
def test_it_is_cleared_when_the_observation_is_over_and_goes_to_work(who: Cast) -> None:
    worker = observed(who)
    with pytest.raises(GuardError, match="还有 1 天"):
        step(worker, "clear", who.street, AT + 13 * DAY)
    step(worker, "clear", who.street, AT + 14 * DAY)
    worker = step(worker, "start_work", who.contact, AT + 15 * DAY)
    assert (worker.state, worker.cleared_on, worker.at_post_on) == ("AT_POST", FRIDAY + 14 * DAY, FRIDAY + 15 * DAY)
    with pytest.raises(WrongStateError):
        step(worker, "clear", who.street, AT + 16 * DAY)


def test_it_shows_the_missing_temperatures_and_those_that_are_due(who: Cast) -> None:
    worker = observed(who)
    cells = [Measured(worker, "MORNING", "36.6"), Measured(worker, "EVENING", "36.8℃")]
    assert record_checks(cells[:1], on=FRIDAY, actor=who.street, at=AT) == 1
    mine = visible_workers(who.street, on=FRIDAY)
    assert [missing_checks(mine, FRIDAY, slot) for slot in ("MORNING", "EVENING")] == [0, 1]
    record_checks(cells, on=FRIDAY, actor=who.street, at=AT)
    days = matrix(worker, until=FRIDAY + DAY)
    assert [(each.on, each.is_complete) for each in days] == [(FRIDAY + DAY, False), (FRIDAY, True)]
    assert due_days(mine, on=FRIDAY + 10 * DAY)[4] == (FRIDAY + 14 * DAY, 1)
    assert due_days(mine, on=FRIDAY + 20 * DAY)[0] == (FRIDAY + 20 * DAY, 1)


def test_a_temperature_is_of_a_day_after_the_arrival_and_not_ahead(who: Cast) -> None:
    worker = observed(who)
    for day, words in ((FRIDAY - DAY, "还没有到达"), (FRIDAY + DAY, "还没有到，请核对")):
        with pytest.raises(MissingError, match=words):
            record_checks([Measured(worker, "MORNING", "36.5")], on=day, actor=who.street, at=AT)
    both = [Measured(worker, "MORNING", "36.5"), Measured(worker, "EVENING", "365")]
    with pytest.raises(MissingError) as refused:
        record_checks(both, on=FRIDAY, actor=who.street, at=AT)
    assert list(refused.value.fields) == [f"{worker.code}/EVENING"]
    assert not worker.checks.filter(slot="MORNING").exists()


def test_a_temperature_above_the_limit_is_abnormal_and_told_at_once(who: Cast) -> None:
    worker = observed(who)
    record_checks([Measured(worker, "MORNING", "37.4", "咳嗽")], on=FRIDAY, actor=who.contact, at=AT)
    worker.refresh_from_db()
    assert worker.state == "ABNORMAL"
    assert Notice.objects.filter(subject=worker.subject, is_urgent=True).count() == 1
    with pytest.raises(GuardError, match="没有阴性"):
        step(worker, "rule_out", who.street, AT + DAY, reason="复测正常")
    words = {"sampled_on": FRIDAY, "laboratory": "示例检测所", "actor": who.street, "worker": worker, "at": AT + DAY}
    record_test(result="PENDING", resulted_on=None, **words)  # type: ignore[arg-type]
    record_test(result="NEGATIVE", resulted_on=FRIDAY + DAY, **words)  # type: ignore[arg-type]
    assert step(worker, "rule_out", who.street, AT + DAY, reason="复测正常").state == "WAITING"


def test_a_pending_or_positive_test_keeps_from_work(who: Cast) -> None:
    worker = arrived(who)
    words = {"sampled_on": FRIDAY, "laboratory": "示例检测所", "actor": who.street, "worker": worker, "at": AT}
    record_test(result="PENDING", resulted_on=None, **words)  # type: ignore[arg-type]
    with pytest.raises(GuardError, match="结果未出"):
        step(worker, "start_work", who.contact)
    with pytest.raises(MissingError, match="结果日期"):
        record_test(result="POSITIVE", resulted_on=FRIDAY - DAY, **words)  # type: ignore[arg-type]
    record_test(result="POSITIVE", resulted_on=FRIDAY, **words)  # type: ignore[arg-type]
    worker.refresh_from_db()
    assert worker.state == "ABNORMAL"
    step(worker, "observe_again", who.street, reason="转隔离")
    with pytest.raises(GuardError, match="阳性"):
        step(worker, "clear", who.street, AT + 20 * DAY)


# ---- beds -----------------------------------------------------------------------------------------------------------
def place(who: Cast, rooms: int = 2) -> list[Bed]:
    made = open_place(
        name="示例酒店",
        area_code=YAOJIA,
        address="示例路1号",
        rooms=rooms,
        on=FRIDAY,
        enterprise=None,
        actor=who.street,
        at=AT,
    )
    return list(made.beds.order_by("pk"))


def test_a_bed_is_given_once_and_is_free_again_after_the_clearing(who: Cast) -> None:
    first, second = observed(who, 1), observed(who, 2)
    bed, other = place(who)
    give_bed(worker=first, bed=bed, on=FRIDAY, actor=who.street, at=AT)
    with pytest.raises(GuardError, match="已有人入住"):
        give_bed(worker=second, bed=bed, on=FRIDAY, actor=who.street, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        BedStay.objects.create(worker=second, bed=bed, from_on=FRIDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        BedStay.objects.create(worker=first, bed=other, from_on=FRIDAY)
    assert list(free_beds(area=YAOJIA, on=FRIDAY)) == [other]
    first.refresh_from_db()
    assert first.observe_place == "示例酒店 1"
    step(first, "clear", who.street, AT + 14 * DAY)
    assert set(free_beds(area=YAOJIA, on=FRIDAY + 14 * DAY)) == {bed, other}


def test_a_room_has_no_more_beds_than_the_limit_of_the_day(who: Cast) -> None:
    assert len(place(who, rooms=3)) == 3
    with pytest.raises(MissingError, match="已有同名"):
        place(who)


def test_only_who_is_observed_gets_a_bed(who: Cast) -> None:
    (bed, _other), worker = place(who), arrived(who)
    with pytest.raises(GuardError, match="不需要床位"):
        give_bed(worker=worker, bed=bed, on=FRIDAY, actor=who.street, at=AT)


# ---- figures ------------------------------------------------------------------------------------------------------------
def test_its_figures_are_the_sum_of_their_members_on_every_day(who: Cast) -> None:
    worker = observed(who, 1)
    arrived(who, 2)
    step(worker, "clear", who.street, AT + 14 * DAY)
    for code, day, value in (
        ("workers_observed", FRIDAY, 1),
        ("workers_observed", FRIDAY + 14 * DAY, 0),
        ("workers_returned", FRIDAY, 2),
        ("workers_returned", FRIDAY - DAY, 0),
    ):
        asked = measure(f"resumption.{code}")
        assert evaluate(asked, as_of=day, by="category").value == value
        behind = members(asked, as_of=day)
        assert sum(each.amount for each in behind) == value
        assert not any("示例工" in each.name for each in behind), "members are masked"


def test_departments_see_no_worker(who: Cast) -> None:
    arrived(who)
    on = date(2020, 2, 20)
    seeing = [each for each in (who.contact, who.street, who.office, who.department) if visible_workers(each, on=on)]
    assert seeing == [who.contact, who.street, who.office]


def test_workers_and_difficulties_go_along_when_the_enterprise_moves(who: Cast) -> None:
    worker = observed(who)
    enterprise = who.claim.enterprise
    matter = raise_difficulty(
        enterprise=enterprise, difficulty=Difficulty("SUPPLIES", "口罩不足", "VISIT"), actor=who.contact, at=AT
    )
    move_enterprise(
        enterprise=enterprise, place=Place(ZHIYUAN), on=FRIDAY + DAY, reason="迁址", at=AT + 2 * DAY, actor=None
    )
    worker.refresh_from_db()
    matter.refresh_from_db()
    assert (worker.area_code, matter.area_code) == (ZHIYUAN, ZHIYUAN)
    asked = measure("resumption.workers_observed")
    for day, area in ((FRIDAY, YAOJIA), (FRIDAY + DAY, ZHIYUAN)):
        assert [part.key for part in evaluate(asked, as_of=day, by="area").parts if part.value] == [area]


def test_a_person_is_there_once_whatever_lists_name_them(who: Cast) -> None:
    """Handbook Appendix 1 no. 10."""
    first = a_worker(who)
    other = Enterprise.objects.exclude(pk=who.claim.enterprise_id).get()
    new = NewWorker("示例工1", number(1).lower(), "13800000001", "河南省商丘市")
    second = register_worker(enterprise=other, worker=new, actor=who.street, at=AT)
    assert (first.person, Person.objects.count(), Worker.objects.count()) == (second.person, 1, 2)


def test_a_certificate_that_has_expired_is_refused_with_what_to_do(who: Cast) -> None:
    worker = a_worker(who)
    values = ARRIVAL | {"certificate_until": "2020-02-13"}
    with pytest.raises(GuardError, match="2020-02-13，到达日 2020-02-14 已过期"):
        step(worker, "arrive", who.contact, values=values)
    assert step(worker, "arrive", who.contact, values=values | {"certificate_no": ""}).state == "OBSERVED"
    other = a_worker(who, 2)
    assert step(other, "arrive", who.contact, values=values | {"certificate_until": "2020-02-14"}).state == "WAITING"
