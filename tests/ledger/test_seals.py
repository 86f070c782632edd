from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from shoushan.ledger import api as ledger
from shoushan.ledger import checks, merkle, seals
from tests.ledger.factories import AT, account, enter, posting, state

pytestmark = pytest.mark.django_db


def fill(count: int, start: int = 0) -> None:
    enter(*[posting(f"k{number}", subject=f"enterprise:E{number}") for number in range(start, start + count)])


def raw(sql: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def found(table: str) -> list[str]:
    return [finding.row for finding in ledger.verify() if finding.table == table]


def one(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


def test_it_seals_new_entries_and_rests_without_any() -> None:
    fill(5)

    first = ledger.seal(at=AT)
    again = ledger.seal(at=AT)
    fill(3, start=5)
    second = ledger.seal(at=AT)

    assert (first.size, again.pk, second.size) == (5, first.pk, 8)
    assert ledger.verify() == []
    proof = [bytes.fromhex(part) for part in ledger.consistency(5, 8)]
    assert merkle.is_consistent(5, 8, bytes.fromhex(first.root), bytes.fromhex(second.root), proof)


def test_it_seals_in_batches_as_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "BATCH", 3)
    monkeypatch.setattr(checks, "BATCH", 3)
    seen: list[tuple[int, int]] = []
    fill(7)

    sealed = ledger.seal(at=AT, progress=lambda done, total: seen.append((done, total)))

    leaves = [seals.subtree(number, number + 1) for number in range(7)]
    assert (sealed.size, sealed.root) == (7, merkle.root_of(leaves).hex())
    assert seen == [(3, 7), (6, 7), (7, 7)]
    assert ledger.verify() == []


def test_it_proves_from_the_leaves_where_a_kept_node_is_missing() -> None:
    fill(300)
    ledger.seal(at=AT)
    node = seals.subtree(0, 256)

    raw("DELETE FROM ledger_treenode")

    assert seals.subtree(0, 256) == node
    proof = ledger.receipt(ledger.timeline("enterprise:E299")[0].number)
    assert ledger.problem_of_receipt(proof.content, proof.leaf, proof.path, proof.seal) == ""


def test_it_answers_as_it_was_known_at_a_seal() -> None:
    fill(2)
    seal = ledger.seal(at=AT)
    fill(3, start=2)
    codes = ["test.enterprises.pending"]

    then = ledger.balances(codes, as_of=date(2020, 3, 9), known_at=seal.size)

    assert [each.amount for each in then] == [2]
    assert [each.amount for each in ledger.balances(codes, as_of=date(2020, 3, 9))] == [5]
    assert len(ledger.holders(codes, as_of=date(2020, 3, 9), known_at=seal.size)) == 2


def test_it_gives_a_receipt_that_no_changed_part_survives() -> None:
    fill(600)
    seal = ledger.seal(at=AT)
    number = ledger.timeline("enterprise:E333")[0].number

    receipt = ledger.receipt(number)

    assert receipt.seal["root"] == seal.root
    check: Callable[..., str] = ledger.problem_of_receipt
    assert check(receipt.content, receipt.leaf, receipt.path, receipt.seal) == ""
    assert check(receipt.content.replace("E333", "E334"), receipt.leaf, receipt.path, receipt.seal)
    assert check(receipt.content, receipt.leaf + 1, receipt.path, receipt.seal)
    assert check(receipt.content, receipt.leaf, receipt.path[1:], receipt.seal)
    assert check(receipt.content, receipt.leaf, receipt.path, receipt.seal | {"signature": "00" * 64})
    assert check(receipt.content, receipt.leaf, receipt.path, receipt.seal | {"sealed_at": "2020-03-24 09:00:00"})
    assert check(receipt.content, receipt.leaf, receipt.path, {})


def test_it_has_no_receipt_before_sealing() -> None:
    fill(1)

    with pytest.raises(ledger.UnknownEntryError, match="尚未封存"):
        ledger.receipt(ledger.timeline("enterprise:E0")[0].number)


@pytest.mark.parametrize("is_sealed", [True, False])
@pytest.mark.parametrize(
    "change",
    [
        "key = 'other'",
        "kind = 'test.other'",
        "occurred_on = '2020-03-02'",
        "recorded_at = '2020-03-23 09:00:01'",
        "actor = 'user:9'",
        "subject_id = (SELECT MAX(id) FROM ledger_subject)",
        "details = '{\"a\":1}'",
        "reverses_id = (SELECT MAX(id) FROM ledger_entry)",
    ],
)
def test_it_finds_an_altered_entry(lifted_guards: None, change: str, is_sealed: bool) -> None:
    fill(4)
    if is_sealed:
        ledger.seal(at=AT)
    number = one("SELECT MIN(id) FROM ledger_entry") + 1

    raw(f"UPDATE ledger_entry SET {change} WHERE id = %s", number)

    assert str(number) in found("entry")


@pytest.mark.parametrize("is_sealed", [True, False])
@pytest.mark.parametrize("change", ["amount = 7", "source_id = (SELECT MAX(id) FROM ledger_account)"])
def test_it_finds_an_altered_transfer(lifted_guards: None, change: str, is_sealed: bool) -> None:
    fill(4)
    state(date(2020, 3, 2), 30)
    if is_sealed:
        ledger.seal(at=AT)
    number = one("SELECT MIN(entry_id) FROM ledger_transfer") + 2

    raw(f"UPDATE ledger_transfer SET {change} WHERE entry_id = %s", number)

    assert str(number) in found("entry")
    assert found("total")


def test_it_finds_a_removed_entry(lifted_guards: None) -> None:
    fill(4)
    ledger.seal(at=AT)
    number = one("SELECT MIN(id) FROM ledger_entry") + 1

    if connection.vendor == "postgresql":
        raw("SET session_replication_role = replica")
    else:
        raw("PRAGMA defer_foreign_keys = ON")
    raw("DELETE FROM ledger_transfer WHERE entry_id = %s", number)
    raw("DELETE FROM ledger_entry WHERE id = %s", number)

    assert str(number) in found("entry")
    assert found("total")
    raw("DELETE FROM ledger_leaf WHERE entry_id = %s", number)
    assert found("leaf") == ["1"]


@pytest.mark.parametrize("is_sealed", [True, False])
def test_it_finds_an_inserted_entry_and_refuses_to_seal_it(is_sealed: bool) -> None:
    fill(4)
    if is_sealed:
        ledger.seal(at=AT)
    columns = "kind, occurred_on, recorded_at, actor, subject_id, details, digest"

    raw(f"INSERT INTO ledger_entry (key, {columns}) SELECT 'forged', {columns} FROM ledger_entry WHERE key = 'k1'")

    assert found("entry") == [str(one("SELECT MAX(id) FROM ledger_entry"))]
    with pytest.raises(ledger.SealError, match="绕过系统写入"):
        ledger.seal(at=AT)


def test_it_finds_an_altered_total() -> None:
    fill(4)
    number = one("SELECT MIN(id) FROM ledger_total")

    raw("UPDATE ledger_total SET net = net + 1 WHERE id = %s", number)

    assert found("total") == [str(number)]


@pytest.mark.parametrize("table", ["account", "subject"])
def test_it_finds_a_renamed_account_or_subject(lifted_guards: None, table: str) -> None:
    fill(4)
    ledger.seal(at=AT)
    column, value = ("area", "370102012") if table == "account" else ("code", "enterprise:FORGED")

    raw(f"UPDATE ledger_{table} SET {column} = %s WHERE id = (SELECT MIN(id) FROM ledger_{table})", value)

    assert ledger.verify()


def test_it_finds_an_entry_altered_together_with_its_leaf(lifted_guards: None) -> None:
    fill(4)
    ledger.seal(at=AT)
    number = one("SELECT MIN(id) FROM ledger_entry") + 1
    content = ledger.receipt(number).content.replace("user:1", "user:9").encode()

    raw("UPDATE ledger_entry SET actor = 'user:9' WHERE id = %s", number)
    raw("UPDATE ledger_leaf SET hash = %s WHERE entry_id = %s", merkle.leaf_hash(content), number)

    assert found("seal") == ["4"]
    assert found("entry") == [str(number)]


@pytest.mark.parametrize(
    "change", ["root = 'x'", "signature = '00'", "public_key = 'ab'", "sealed_at = '2020-03-24 09:00:00'"]
)
def test_it_finds_an_altered_seal(lifted_guards: None, change: str) -> None:
    fill(4)
    ledger.seal(at=AT)

    raw(f"UPDATE ledger_seal SET {change}")

    assert found("seal") == ["4"]


def test_it_misses_no_guard() -> None:
    name = "ledger_entry_append_only" if connection.vendor == "postgresql" else "ledger_entry_no_update"
    fill(1)

    raw(f"DROP TRIGGER {name}" + (" ON ledger_entry" if connection.vendor == "postgresql" else ""))

    assert found("trigger") == [name]


def test_it_says_when_an_account_is_overdrawn() -> None:
    enter(posting("a", moves=(ledger.Move(account("pending"), account("approved"), 1),)))

    assert [finding.table for finding in ledger.verify()] == ["account"]
