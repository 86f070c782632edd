from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from shoushan.ledger import api as ledger
from shoushan.ledger import names, single
from tests.ledger.factories import AT, YAOJIA, account, enter, people, posting

pytestmark = pytest.mark.django_db

MARCH_1, MARCH_2 = date(2020, 3, 1), date(2020, 3, 2)
PENDING = ["test.enterprises.pending"]


def balance(codes: list[str], day: date = MARCH_2, **more: object) -> int:
    return sum(each.amount for each in ledger.balances(codes, as_of=day, **more))  # type: ignore[arg-type]


def test_it_moves_one_enterprise_between_two_accounts() -> None:
    enter(posting("a"))
    enter(posting("b", day=MARCH_2, moves=(ledger.Move(account("pending"), account("approved"), 1),)))

    assert balance(PENDING, MARCH_1) == 1
    assert balance(PENDING, MARCH_2) == 0
    assert balance(["test.enterprises.approved"], MARCH_2) == 1


def test_it_answers_a_repeated_key_with_the_same_entry() -> None:
    first = enter(posting("a", details={"b": 1, "a": "甲"}))
    later = datetime(2020, 4, 1, tzinfo=UTC)

    again = ledger.post_many([posting("a", details={"a": "甲", "b": 1})], at=later, actor="user:2")

    assert again == first
    assert balance(PENDING) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"day": MARCH_2},
        {"amount": 2},
        {"subject": "enterprise:B"},
        {"details": {"x": 1}},
        {"moves": ()},
    ],
)
def test_it_refuses_a_repeated_key_with_other_content(other: dict[str, object]) -> None:
    enter(posting("a"))

    with pytest.raises(ledger.KeyTakenError, match="已用于另一内容"):
        enter(posting("a", **other))  # type: ignore[arg-type]

    assert balance(PENDING) == 1


def test_it_enters_the_new_ones_of_a_batch_with_known_keys() -> None:
    known = enter(posting("a"))

    numbers = enter(posting("a"), posting("b", subject="enterprise:B"), posting("b", subject="enterprise:B"))

    assert numbers[0] == known[0]
    assert numbers[1] == numbers[2] != numbers[0]
    assert balance(PENDING) == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (posting("a", amount=0), "大于 0"),
        (posting("a", amount=-1), "大于 0"),
        (posting("with blank"), "分录键"),
        (posting("a", subject="张三"), "记账对象"),
        (posting("a", moves=(ledger.Move(account("pending"), account("pending"), 1),)), "同一账户"),
        (posting("a", moves=(ledger.Move(account("pending"), people(), 1),)), "两种单位"),
        (posting("a", moves=(ledger.Move(account("outside"), account("pending", area="姚家"), 1),)), "区划代码"),
        (posting("a")._replace(kind="Kind"), "分录类型"),
        (posting("k" * 201), "分录键"),
        (posting("a", amount=2**62), "大于 0"),
        (posting("a", amount=True), "大于 0"),
        (posting("a", moves=(ledger.Move(account("Outside"), account("pending"), 1),)), "账户编码"),
        (posting("a", moves=(ledger.Move(account("outside"), account("pending", category="kind"), 1),)), "分类代码"),
        (
            posting("a", moves=(ledger.Move(ledger.Account("a.b", "mile"), ledger.Account("a.c", "mile"), 1),)),
            "计量单位",
        ),
    ],
)
def test_it_refuses_a_malformed_posting_with_a_sentence(wrong: ledger.Posting, sentence: str) -> None:
    with pytest.raises(ledger.LedgerError, match=sentence):
        enter(wrong)

    assert ledger.timeline("enterprise:A") == []


def test_it_reverses_an_entry_once_and_exactly() -> None:
    enter(posting("a"))

    first = ledger.reverse(key="a", reversal_key="a/reversed", at=AT, actor="user:1", reason="录入有误")
    again = ledger.reverse(key="a", reversal_key="a/reversed", at=AT, actor="user:1", reason="录入有误")

    assert first == again
    assert balance(PENDING, MARCH_1) == 0
    entry = ledger.entry(first)
    assert entry is not None
    assert entry.reverses == "a"
    with pytest.raises(ledger.KeyTakenError, match="不能再次冲销"):
        ledger.reverse(key="a", reversal_key="other", at=AT, actor="user:1")
    with pytest.raises(ledger.UnknownEntryError):
        ledger.reverse(key="nothing", reversal_key="x", at=AT, actor="user:1")


def test_it_enters_one_event() -> None:
    words = {
        "key": "one",
        "kind": "test.enterprise_listed",
        "occurred_on": MARCH_1,
        "subject": "enterprise:A",
        "moves": [ledger.Move(account("outside"), account("pending"), 2)],
    }

    first = ledger.post(**words, at=AT, actor="user:1")  # type: ignore[arg-type]

    assert ledger.post(**words, at=AT, actor="user:2") == first  # type: ignore[arg-type]
    assert balance(PENDING) == 2
    assert ledger.post_many([], at=AT, actor="user:1") == []


def test_it_enters_nothing_of_a_batch_that_is_refused() -> None:
    enter(posting("a"))

    with pytest.raises(ledger.KeyTakenError):
        enter(posting("new"), posting("a", amount=2))
    with pytest.raises(ledger.KeyTakenError):
        enter(posting("twice"), posting("twice", amount=2))
    with pytest.raises(ledger.UnknownEntryError, match="无法冲销"):
        enter(posting("new"), posting("other", reverses="nothing"))

    assert [line.key for line in ledger.timeline("enterprise:A")] == ["a"]
    assert ledger.verify() == []


def test_it_narrows_by_area_prefix_and_names_the_holders() -> None:
    enter(
        posting("a"),
        posting(
            "b",
            subject="enterprise:B",
            moves=(ledger.Move(account("outside", "370102013"), account("pending", "370102013"), 3),),
        ),
    )

    assert balance(PENDING, areas=[YAOJIA]) == 1
    assert balance(PENDING, areas=["370102"]) == 4
    assert ledger.holders(PENDING, as_of=MARCH_2) == [("enterprise:A", 1), ("enterprise:B", 3)]
    assert sum(each.amount for each in ledger.holdings(PENDING, as_of=MARCH_2)) == 4


@pytest.mark.parametrize("table", ["entry", "transfer", "subject", "account"])
@pytest.mark.parametrize("statement", ["UPDATE ledger_{0} SET id = id + 1000", "DELETE FROM ledger_{0}"])
def test_it_lets_nobody_change_a_row(table: str, statement: str) -> None:
    enter(posting("a"))

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["entry", "transfer", "seal", "leaf"])
def test_it_lets_nobody_truncate_a_table(table: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE ledger_{table} CASCADE")


@pytest.mark.parametrize("columns", ["amount = 0", "target_id = source_id"])
def test_it_leaves_imbalance_to_no_one(columns: str) -> None:
    enter(posting("a"))
    amount, target = ("0", "target_id") if columns.startswith("amount") else ("amount", "source_id")
    sql = (
        "INSERT INTO ledger_transfer (entry_id, source_id, target_id, amount, occurred_on, subject_id)"
        f" SELECT entry_id, source_id, {target}, {amount}, occurred_on, subject_id FROM ledger_transfer"
    )

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_it_tells_the_timeline_newest_first() -> None:
    enter(posting("a"), posting("b", day=MARCH_2, moves=(ledger.Move(account("pending"), account("approved"), 1),)))

    lines = ledger.timeline("enterprise:A")

    assert [line.key for line in lines] == ["b", "a"]
    assert lines[0].moves == ((account("pending"), account("approved"), 1),)


def test_it_remembers_subjects_only_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "MOST_SUBJECTS", 2)

    names._remember({"enterprise:A": 1, "enterprise:B": 2})
    names._remember({"enterprise:C": 3})
    assert names._committed_subjects == {"enterprise:C": 3}

    names._remember({f"enterprise:{number}": number for number in range(3)})
    assert names._committed_subjects == {}


def test_it_lets_nothing_be_committed_after_an_error_of_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> int:
        raise OperationalError("disk full")

    monkeypatch.setattr(single, "insert", fail)

    with transaction.atomic():
        with pytest.raises(OperationalError):
            enter(posting("a"))
        is_lost = transaction.get_rollback()
        transaction.set_rollback(False)

    assert is_lost
