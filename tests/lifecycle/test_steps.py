from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from shoushan.deadlines.models import Clock
from shoushan.directory.access import NotAllowedError
from shoushan.ledger import api as ledger
from shoushan.lifecycle import evidence, options, services
from shoushan.lifecycle.errors import GuardError, LifecycleError, MissingError, StaleError, WrongStateError
from shoushan.lifecycle.models import Evidence, Step
from tests.lifecycle.factories import AREA, AT, DAY, a_case, clerk, submitted, take
from tests.samples.lifecycles import CASES
from tests.samples.models import Case

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 plan"


def count(state: str, on: date = DAY, area: str = AREA) -> int:
    return sum(line.amount for line in ledger.balances([f"samples.cases.{state}"], as_of=on, areas=(area,)))


def test_it_changes_state_records_the_step_and_moves_the_count() -> None:
    actor = clerk()
    case = a_case()

    case = take(case, "submit", actor=actor, values={"planned_on": "2020年3月5日"}, seen=0)

    assert (case.state, case.state_on, case.revision, case.planned_on) == ("SUBMITTED", DAY, 1, date(2020, 3, 5))
    assert (count("submitted"), count("approved")) == (1, 0)
    step = Step.objects.get()
    assert (step.transition, step.source, step.target, step.actor) == ("submit", "DRAFT", "SUBMITTED", actor)
    assert step.values == {"planned_on": "2020-03-05"}
    assert step.entry_id == case.entry_id
    line = ledger.timeline(case.subject)[0]
    assert (line.kind, line.details, line.actor) == (
        "samples.case_submitted",
        {"from": "DRAFT", "to": "SUBMITTED"},
        f"user:{actor.pk}",
    )


def test_it_answers_every_past_day() -> None:
    case = submitted()

    take(case, "approve", at=AT + timedelta(days=3))

    assert [count("submitted", DAY + timedelta(days=n)) for n in range(5)] == [1, 1, 1, 0, 0]
    assert count("approved", DAY + timedelta(days=3)) == 1
    assert ledger.verify() == []


def test_it_counts_by_the_category_of_the_moment() -> None:
    case = take(submitted(), "ask", reason="人数不符")

    take(case, "complete", values={"people": "1,200人"})

    found = ledger.balances(["samples.cases.submitted", "samples.cases.waiting"], as_of=DAY)
    assert [(line.account.category, line.amount) for line in found] == [("LARGE", 1)]


@pytest.mark.parametrize(
    ("step", "words", "error", "sentence"),
    [
        ("approve", {}, WrongStateError, "CASE-1现在是“草稿”，不能同意"),
        ("submit", {"seen": 3}, StaleError, "已经有人办理过"),
        ("submit", {"values": {}}, MissingError, "请填写“计划日期”"),
        ("submit", {"values": {"planned_on": "2020-02-30"}}, MissingError, "日历上没有这一天"),
        ("submit", {"values": {"planned_on": "2020-02-05"}}, GuardError, "2月10日之前不得复工"),
        ("submit", {"on": date(2020, 3, 9)}, MissingError, "发生日期 2020-03-09 还没有到"),
        ("submit", {"on": date(2020, 3, 1)}, MissingError, "早于上一步的日期 2020-03-02"),
        ("vanish", {}, LifecycleError, "没有“vanish”这一步"),
    ],
)
def test_it_refuses_with_a_sentence_and_changes_nothing(step: str, words: dict, error: type, sentence: str) -> None:
    case = a_case()
    words = {"values": {"planned_on": "2020-03-05"}, **words}

    with pytest.raises(error, match=sentence):
        take(case, step, **words)

    case.refresh_from_db()
    assert (case.state, case.revision, case.entry_id) == ("DRAFT", 0, None)
    assert not Step.objects.exists()
    assert not Clock.objects.exists()


def test_it_asks_for_a_reason_where_the_step_wants_one() -> None:
    with pytest.raises(MissingError) as refused:
        take(submitted(), "ask", reason="  ")

    assert refused.value.fields == {"reason": "请写明要求补正的理由。"}


def test_it_lets_only_people_of_the_area_decide() -> None:
    case, outsider = submitted(), clerk("outsider", "370102013")

    with pytest.raises(NotAllowedError, match="不包括该辖区"):
        take(case, "approve", actor=outsider)
    with pytest.raises(NotAllowedError, match="由系统按规则自动办理"):
        take(case, "lapse", actor=clerk())

    assert take(case, "lapse").state == "REFUSED"


def test_it_takes_the_same_step_once() -> None:
    case = submitted()
    take(case, "approve")

    with pytest.raises(WrongStateError):
        take(case, "approve")

    assert count("approved") == 1


def test_it_runs_pauses_and_stops_the_clock() -> None:
    case = submitted()
    clock = Clock.objects.get(subject=case.subject)
    assert clock.due_at.date() == date(2020, 3, 4)

    take(case, "ask", reason="缺方案", at=AT + timedelta(hours=1))
    clock.refresh_from_db()
    assert clock.state == "PAUSED"

    take(case, "complete", at=AT + timedelta(days=2))
    take(case, "approve", at=AT + timedelta(days=2, hours=1))
    clock.refresh_from_db()
    assert clock.state == "STOPPED"
    assert clock.due_at.date() == date(2020, 3, 6)


def test_it_says_why_a_clock_can_not_run() -> None:
    case = a_case()

    with pytest.raises(GuardError, match="2027年的工作日历"):
        take(case, "submit", values={"planned_on": "2020-03-05"}, at=datetime(2026, 12, 31, 2, tzinfo=UTC))

    case.refresh_from_db()
    assert (case.state, Step.objects.count(), Clock.objects.count()) == ("DRAFT", 0, 0)


def test_it_refuses_a_state_that_was_changed_without_an_entry() -> None:
    case = submitted()

    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="APPROVED")


@pytest.mark.parametrize("verb", ["UPDATE lifecycle_step SET reason = 'x'", "DELETE FROM lifecycle_step"])
def test_it_never_changes_a_step(verb: str) -> None:
    submitted()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)


def test_it_keeps_evidence_once_and_finds_it_elsewhere() -> None:
    first = take(a_case("A"), "submit", values={"planned_on": "2020-03-05"}, files={"plan": file("a.pdf")})
    take(a_case("B"), "submit", values={"planned_on": "2020-03-05"}, files={"plan": [file("b.pdf")]})

    paths = Evidence.objects.values_list("path", flat=True)
    assert len(set(paths)) == 1
    assert list(evidence.same_content(first.subject).values()) == [["case:B"]]


def file(name: str, content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (file("a.exe"), "不能上传"),
        (file("a.pdf", b""), "空文件"),
        (file("a.jpg", PDF), "内容与扩展名不符"),
    ],
)
def test_it_refuses_a_file_that_is_not_what_it_says(upload: SimpleUploadedFile, sentence: str) -> None:
    with pytest.raises(MissingError, match=sentence):
        take(a_case(), "submit", values={"planned_on": "2020-03-05"}, files={"plan": upload})

    assert not Step.objects.exists()


def test_it_moves_a_record_to_another_area_from_a_day_on() -> None:
    case = submitted()

    services.relocate(CASES, case.pk, area_code="370102013", on=date(2020, 3, 9), at=AT, actor=None, reason="企业迁址")

    assert (count("submitted", date(2020, 3, 8)), count("submitted", date(2020, 3, 9))) == (1, 0)
    assert count("submitted", date(2020, 3, 9), "370102013") == 1


def test_it_shows_what_the_next_step_takes_before_it_is_tried() -> None:
    case = a_case(people=0)

    (submit,) = options.options(CASES, case, user=clerk(), on=DAY, at=AT)

    assert not submit.is_open
    assert submit.problem == "职工人数为 0，请先填写职工人数。"
    assert [(each.label, each.is_met) for each in submit.requirements] == [
        ("职工人数已填写", False),
        ("计划日期不早于2月10日", True),
    ]


def test_it_tells_what_happened_newest_first() -> None:
    case = take(submitted(), "approve", actor=clerk())

    lines = options.timeline(CASES, case)

    assert [(line["label"], str(line["target"].label)) for line in lines] == [("同意", "已同意"), ("提交", "已提交")]


def test_a_step_may_leave_the_state_and_count_something_else() -> None:
    case = submitted()
    since = case.state_on

    case = take(case, "visit", at=AT + timedelta(days=1))

    assert (case.state, case.state_on, case.revision) == ("SUBMITTED", since, 2)
    visits = ledger.balances(["samples.visits"], as_of=DAY + timedelta(days=1), areas=(AREA,))
    assert [line.amount for line in visits] == [1]
    assert count("submitted", DAY + timedelta(days=1)) == 1
    assert ledger.timeline(case.subject)[0].details == {"from": "SUBMITTED", "to": "SUBMITTED"}


def test_a_refused_file_is_found_before_anything_is_entered() -> None:
    case = a_case()
    files = {"plan": SimpleUploadedFile("plan.exe", b"MZ")}

    with pytest.raises(MissingError, match="不能上传"):
        take(case, "submit", values={"planned_on": "2020-03-05"}, files=files)

    case.refresh_from_db()
    assert (case.state, case.revision, ledger.timeline(case.subject)) == ("DRAFT", 0, [])
