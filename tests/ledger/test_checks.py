"""Someone with the database's own password: whatever is changed, removed or added behind the ledger's back is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, connection, transaction
from pytest_django.fixtures import Settings

from shoushan.ledger import api as ledger
from shoushan.ledger import keys, merkle, seals
from tests.ledger.factories import AT, enter, posting, state

pytestmark = pytest.mark.django_db

TRANSFER = "entry_id, source_id, target_id, amount, occurred_on, subject_id"


def fill(count: int = 4, start: int = 0) -> None:
    enter(*[posting(f"k{number}", subject=f"enterprise:E{number}") for number in range(start, start + count)])


def raw(sql: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def found(table: str) -> list[str]:
    return [finding.row for finding in ledger.verify() if finding.table == table]


def one(sql: str, *parameters: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.fetchone()[0])


def second_entry() -> int:
    return one("SELECT MIN(id) FROM ledger_entry") + 1


def test_it_says_how_far_it_is() -> None:
    fill()
    ledger.seal(at=AT)
    seen: list[tuple[int, int]] = []

    ledger.verify(lambda _stage, done, total: seen.append((done, total)))

    assert all(0 <= done <= total for done, total in seen)
    assert (4, 4) in seen


@pytest.mark.parametrize("is_sealed", [True, False])
def test_it_finds_a_removed_transfer(lifted_guards: None, is_sealed: bool) -> None:
    fill()
    if is_sealed:
        ledger.seal(at=AT)
    number = second_entry()

    raw("DELETE FROM ledger_transfer WHERE entry_id = %s", number)

    assert found("entry") == [str(number)]
    assert len(found("total")) == 4


@pytest.mark.parametrize("is_sealed", [True, False])
def test_it_finds_an_added_transfer(is_sealed: bool) -> None:
    fill()
    if is_sealed:
        ledger.seal(at=AT)
    number = second_entry()

    raw(f"INSERT INTO ledger_transfer ({TRANSFER}) SELECT {TRANSFER} FROM ledger_transfer WHERE entry_id = %s", number)

    assert found("entry") == [str(number)]
    assert len(found("total")) == 4


@pytest.mark.parametrize("change", ["occurred_on = '2020-03-02'", "subject_id = subject_id + 1"])
def test_it_finds_a_transfer_that_belies_its_entry(lifted_guards: None, change: str) -> None:
    fill()
    number = one("SELECT MIN(id) FROM ledger_transfer")

    raw(f"UPDATE ledger_transfer SET {change} WHERE id = %s", number)

    assert found("transfer") == [str(number)]


def test_it_finds_a_removed_total() -> None:
    fill()

    raw("DELETE FROM ledger_total WHERE id = (SELECT MIN(id) FROM ledger_total)")

    [finding] = ledger.verify()
    assert (finding.table, finding.row) == ("total", "-")


@pytest.mark.parametrize("net", [5, -5])
def test_it_finds_an_added_total(net: int) -> None:
    fill()
    raw(
        "INSERT INTO ledger_total (account_id, grain, period, net)"
        " SELECT account_id, grain, '2020-01-01', %s FROM ledger_total WHERE id = (SELECT MIN(id) FROM ledger_total)",
        net,
    )

    assert found("total") == [str(one("SELECT MAX(id) FROM ledger_total"))]


def test_it_finds_an_altered_leaf(lifted_guards: None) -> None:
    fill()
    ledger.seal(at=AT)
    number = second_entry()

    raw("UPDATE ledger_leaf SET hash = %s WHERE entry_id = %s", bytes(32), number)

    assert found("entry") == [str(number)]
    assert found("seal") == ["4"]


def test_it_finds_leaves_that_change_places(lifted_guards: None) -> None:
    fill()
    ledger.seal(at=AT)

    for before, after in ((0, 100), (1, 0), (100, 1)):
        raw("UPDATE ledger_leaf SET number = %s WHERE number = %s", after, before)

    assert found("seal") == ["4"]


def test_it_finds_a_leaf_that_no_seal_covers() -> None:
    fill()
    ledger.seal(at=AT)
    fill(1, start=4)
    number = one("SELECT MAX(id) FROM ledger_entry")

    raw("INSERT INTO ledger_leaf (number, entry_id, hash) VALUES (4, %s, %s)", number, bytes(32))

    assert found("leaf") == ["4"]
    assert found("entry") == [str(number)]


def test_it_finds_the_last_leaves_cut_off(lifted_guards: None) -> None:
    fill()
    ledger.seal(at=AT)

    raw("DELETE FROM ledger_leaf WHERE number >= 2")

    assert found("leaf") == ["2", "3"]


def test_it_finds_the_newest_seal_removed(lifted_guards: None) -> None:
    fill()
    ledger.seal(at=AT)
    fill(2, start=4)
    ledger.seal(at=AT)

    raw("DELETE FROM ledger_seal WHERE size = 6")

    assert found("leaf") == ["4", "5"]


def test_it_finds_an_altered_seal_of_nothing(lifted_guards: None) -> None:
    ledger.seal(at=AT)
    assert found("seal") == []

    raw("UPDATE ledger_seal SET root = 'x'")

    assert found("seal") == ["0"]


def test_it_finds_an_added_account(lifted_guards: None) -> None:
    fill()
    columns = "code, unit, category, digest"

    raw(f"INSERT INTO ledger_account (area, {columns}) SELECT '37', {columns} FROM ledger_account")

    assert len(found("account")) == 2


def test_it_finds_an_entry_whose_subject_is_gone(lifted_guards: None) -> None:
    fill()
    ledger.seal(at=AT)
    number = second_entry()
    if connection.vendor == "sqlite":
        raw("PRAGMA defer_foreign_keys = ON")

    with transaction.atomic():
        raw("UPDATE ledger_entry SET subject_id = 987654 WHERE id = %s", number)
        rows = found("entry")
        transaction.set_rollback(True)

    assert rows == [str(number)]


@pytest.mark.parametrize("table", ["entry", "transfer", "subject", "account", "leaf", "seal"])
def test_it_misses_every_guard_that_is_gone(table: str) -> None:
    if connection.vendor == "postgresql":
        raw(f"ALTER TABLE ledger_{table} DISABLE TRIGGER ledger_{table}_append_only")
        raw(f"DROP TRIGGER ledger_{table}_no_truncate ON ledger_{table}")
        expected = [f"ledger_{table}_append_only", f"ledger_{table}_no_truncate"]
    else:
        expected = [f"ledger_{table}_no_update", f"ledger_{table}_no_delete"]
        for name in expected:
            raw(f"DROP TRIGGER {name}")

    assert found("trigger") == expected


def test_it_proves_old_entries_from_the_inner_nodes_that_it_keeps() -> None:
    for start in range(0, 900, 300):
        fill(300, start=start)
        ledger.seal(at=AT)
    number = ledger.timeline("enterprise:E5")[0].number

    for size in (300, 600, 900):
        receipt = ledger.receipt(number, size=size)
        assert ledger.problem_of_receipt(*receipt[2:0:-1], receipt.path, receipt.seal) == ""
    roots = {seal.size: bytes.fromhex(seal.root) for seal in ledger.seals()}
    for old, new in ((300, 600), (300, 900), (600, 900)):
        proof = [bytes.fromhex(part) for part in ledger.consistency(old, new)]
        assert merkle.is_consistent(old, new, roots[old], roots[new], proof)
    with pytest.raises(ledger.UnknownEntryError):
        ledger.receipt(ledger.timeline("enterprise:E700")[0].number, size=600)
    seal_600 = ledger.seal_of_size(600)
    assert seal_600 is not None
    assert ledger.seal_as_dict(seal_600)["root"] == roots[600].hex()
    assert seals.subtree(0, 512) == merkle.node_hash(seals.subtree(0, 256), seals.subtree(256, 512))


# ---- the key ------------------------------------------------------------------------------------
def test_it_refuses_to_go_on_without_its_key(settings: Settings, tmp_path: Path) -> None:
    fill()
    settings.KEYS = tmp_path / "empty"

    for act in (lambda: ledger.seal(at=AT), ledger.verify, lambda: fill(1, start=9)):
        with pytest.raises(ledger.SealKeyError, match="从备份放回"):
            act()
    assert not (tmp_path / "empty").exists()


@pytest.mark.parametrize("content", ["", "zz", "00" * 31, "00" * 33])
def test_it_refuses_a_damaged_key(settings: Settings, tmp_path: Path, content: str) -> None:
    settings.KEYS = tmp_path
    (tmp_path / "seal.key").write_text(content)

    with pytest.raises(ledger.SealKeyError, match="已损坏"):
        ledger.public_key()


def test_it_makes_its_key_once_and_for_its_owner_only(settings: Settings, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"

    first = ledger.public_key()

    assert ledger.public_key() == first
    assert keys.key_path().stat().st_mode & 0o777 == 0o600
    assert ledger.is_signed(b"text", ledger.sign(b"text"), first)
    assert not ledger.is_signed(b"other", ledger.sign(b"text"), first)
    assert not ledger.is_signed(b"text", "no hex", first)


def test_it_takes_the_key_of_a_process_that_was_quicker(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.KEYS = tmp_path
    seed = "ab" * 32
    monkeypatch.setattr(keys, "_refuse_when_ledger_has_entries", lambda path: path.write_text(seed))

    found = ledger.public_key()

    assert found == Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed)).public_key().public_bytes_raw().hex()
    assert (tmp_path / "seal.key").read_text() == seed


def test_it_finds_a_seal_signed_with_another_key(settings: Settings, tmp_path: Path) -> None:
    fill()
    ledger.seal(at=AT)
    settings.KEYS = tmp_path
    (tmp_path / "seal.key").write_text("ab" * 32)

    assert found("seal") == ["4"]


def test_it_finds_nothing_in_a_ledger_that_only_grew() -> None:
    fill()
    ledger.seal(at=AT)
    state(date(2020, 3, 2), 30)
    state(date(2020, 3, 1), 10)
    ledger.reverse(key="k1", reversal_key="k1/reversed", at=AT, actor="user:1")
    ledger.seal(at=AT)
    fill(2, start=4)

    assert ledger.verify() == []


# ---- what proofs and statements are computed from -----------------------------------------------
@pytest.mark.parametrize(
    ("change", "rows"),
    [
        ("UPDATE ledger_treenode SET hash = '\\x00' WHERE level = 8", 2),
        ("DELETE FROM ledger_treenode WHERE level = 9", 1),
        (
            'INSERT INTO ledger_treenode (level, "index", hash) SELECT 20, 0, hash FROM ledger_treenode WHERE level = 9',
            1,
        ),
    ],
)
def test_it_finds_an_altered_inner_node(change: str, rows: int) -> None:
    fill(520)
    ledger.seal(at=AT)
    assert ledger.verify() == []

    raw(change)

    assert len(found("treenode")) == rows


@pytest.mark.parametrize(
    ("change", "days"),
    [
        ("UPDATE ledger_statedlevel SET positions = replace(positions, '=30', '=31') WHERE revision = 1", ["02"]),
        ("UPDATE ledger_statedlevel SET is_withdrawn = (1 = 1) WHERE stated_on = '2020-03-05'", ["05"]),
        ("UPDATE ledger_statedlevel SET stated_on = '2020-03-04' WHERE stated_on = '2020-03-05'", ["04"]),
        ("DELETE FROM ledger_statedlevel WHERE stated_on = '2020-03-09'", ["09"]),
        ("UPDATE ledger_statedlevel SET book = 'test.other' WHERE stated_on = '2020-03-02'", ["02", "02"]),
    ],
)
def test_it_finds_a_stated_level_that_the_transfers_belie(change: str, days: list[str]) -> None:
    for day, amount in ((2, 30), (5, 45), (9, 60)):
        state(date(2020, 3, day), amount)
    state(date(2020, 3, 5), 8, subject="enterprise:B")
    assert ledger.verify() == []

    raw(f"{change}{' AND' if 'WHERE' in change else ' WHERE'} subject_id = (SELECT MIN(id) FROM ledger_subject)")

    assert [row[-2:] for row in found("statedlevel")] == days


def test_it_takes_a_series_that_was_corrected_and_withdrawn_for_whole() -> None:
    for day, amount in ((2, 30), (5, 45), (9, 60), (5, 7), (1, 3)):
        state(date(2020, 3, day), amount)
    words = {"kind": "test.people_corrected", "reason": "重复", "at": AT, "actor": "user:1"}
    for day in (2, 9, 1):
        ledger.retract("test.people", subject="enterprise:A", on=date(2020, 3, day), **words)  # type: ignore[arg-type]
    enter(posting("other", moves=()))

    assert ledger.verify() == []


def test_it_holds_only_a_books_own_entries_against_its_levels() -> None:
    state(date(2020, 3, 2), 30)

    enter(posting("arrival"), posting("test.people/enterprise:AB/2020-03-05", day=date(2020, 3, 5)))

    assert ledger.verify() == []


def test_it_does_not_call_a_ledger_clean_whose_table_is_gone() -> None:
    raw("DROP TABLE ledger_total")

    with pytest.raises(DatabaseError), transaction.atomic():
        ledger.verify()


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("leaf", "hash = 'x'"),
        ("account", "digest = 'x'"),
        ("entry", "digest = 'x'"),
        ("entry", "occurred_on = 'x'"),
        ("entry", "recorded_at = 'x'"),
        ("entry", "details = x'ff'"),
        ("transfer", "occurred_on = '2020-02-31'"),
        ("transfer", "amount = 'many'"),
        ("total", "period = 'x'"),
        ("total", "net = 'many'"),
        ("seal", "sealed_at = 'x'"),
        ("seal", "size = 2"),
        ("statedlevel", "positions = 'x'"),
        ("statedlevel", "stated_on = 'x'"),
    ],
)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL takes no text for a day or a number")
def test_it_says_so_when_something_unreadable_was_written(lifted_guards: None, table: str, change: str) -> None:
    fill()
    state(date(2020, 3, 2), 30)
    if table != "entry":
        ledger.seal(at=AT)

    raw(f"UPDATE ledger_{table} SET {change} WHERE rowid = (SELECT MIN(rowid) FROM ledger_{table})")

    assert [finding for finding in ledger.verify() if finding.table != "trigger"]
