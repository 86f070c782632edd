"""`ledger verify`: every altered, missing or added row is found by number, and every total is rebuilt from zero."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date
from functools import partial
from typing import Any, Final, NamedTuple

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from shoushan.ledger import canonical, keys, merkle, names
from shoushan.ledger.errors import LedgerError
from shoushan.ledger.level_checks import differing_levels
from shoushan.ledger.models import Seal
from shoushan.ledger.seals import KEPT_FROM_LEVEL, seal_statement
from shoushan.ledger.transfers import OUTSIDE, Account
from shoushan.lib import rows

BATCH: Final = 20_000
TABLES: Final = ("entry", "transfer", "subject", "account", "leaf", "seal")
Progress = Callable[[str, int, int], None]


class Finding(NamedTuple):
    """One thing that is not as it was entered: the table, the row's number, and a sentence."""

    table: str
    row: str
    sentence: str


def verify(progress: Progress = lambda _stage, _done, _total: None) -> list[Finding]:
    """Check the whole ledger; an empty list means that nothing was altered, removed or added behind its back."""
    stages: list[tuple[str, Callable[[Callable[[int, int], None]], Iterator[Finding]]]] = [
        (_("账户"), lambda _watch: _accounts()),
        (_("已封存分录"), _sealed_entries),
        (_("未封存分录"), _unsealed_entries),
        (_("划转"), lambda _watch: _transfers()),
        (_("累计数"), lambda _watch: _totals()),
        (_("填报水平"), lambda _watch: _levels()),
        (_("只增不改保护"), lambda _watch: _guards()),
    ]
    findings: list[Finding] = []
    for title, stage in stages:
        progress(title, 0, 1)
        findings += _as_far_as_readable(title, stage(partial(progress, title)))
        progress(title, 1, 1)
    return _once_each(findings)


def _as_far_as_readable(title: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    """SQLite takes any text for a day or a hash: what can't be read is a finding, not the end of the check."""
    try:
        yield from findings
    except LedgerError:
        raise
    except (AttributeError, TypeError, ValueError, DatabaseError) as error:
        if isinstance(error, DatabaseError) and "decode" not in str(error):
            raise
        words = {"stage": title, "error": error}
        yield Finding("stage", title, _("“%(stage)s”未能核验完：有一行写入了读不出的内容（%(error)s）。") % words)


def _as_hash(value: object) -> bytes:
    """A stored hash; anything else than bytes is none."""
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


def _once_each(findings: list[Finding]) -> list[Finding]:
    """A row that two checks find is reported once, with the first check's sentence."""
    first: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        first.setdefault((finding.table, finding.row), finding)
    return list(first.values())


def _accounts() -> Iterator[Finding]:
    sql = "SELECT id, code, unit, area, category, digest FROM ledger_account ORDER BY id"
    for number, code, unit, area, category, digest in rows.fetch(sql):
        if keys.digest(names.account_content(number, Account(code, unit, area, category))) != _as_hash(digest):
            yield Finding("account", str(number), _("账户 %(number)s 被改动或绕过系统写入。") % {"number": number})


def _sealed_entries(watch: Callable[[int, int], None]) -> Iterator[Finding]:
    """Every leaf against its entry, the whole tree against every signed root."""
    sealed = {seal.size: seal for seal in Seal.objects.order_by("size")}
    total = max(sealed, default=0)
    nodes: dict[tuple[int, int], bytes] = {}

    def keep(level: int, index: int, node: bytes) -> None:
        if level >= KEPT_FROM_LEVEL:
            nodes[level, index] = node

    frontier = merkle.Frontier(on_node=keep)
    broken_seals: list[Finding] = list(_compare_seal(sealed[0], frontier)) if 0 in sealed else []
    for batch in _leaf_batches():
        for number, entry, stored, text in batch:
            while frontier.size < number:
                yield Finding("leaf", str(frontier.size), _("封存序号 %(number)s 缺失。") % {"number": frontier.size})
                frontier.append(bytes(32))
            yield from _compare(number, entry, stored, text)
            frontier.append(_as_hash(stored))
            if frontier.size in sealed:
                broken_seals += _compare_seal(sealed[frontier.size], frontier)
        watch(frontier.size, total)
    yield from broken_seals
    yield from _sizes(frontier.size, total)
    if broken_seals:
        yield from _altered_with_their_leaves()
    else:
        yield from _nodes({place: node for place, node in nodes.items() if (place[1] + 1) << place[0] <= total})


def _nodes(right: dict[tuple[int, int], bytes]) -> Iterator[Finding]:
    """The inner nodes that are kept for proofs, against those that the leaves give."""
    found = rows.fetch('SELECT id, level, "index", hash FROM ledger_treenode')
    for number, level, index, node in found:
        if right.pop((level, index), None) != _as_hash(node):
            yield Finding("treenode", str(number), _("封存树的第 %(number)s 个节点被改动。") % {"number": number})
    for level, index in sorted(right):
        words = {"level": level, "index": index}
        yield Finding("treenode", f"{level}/{index}", _("封存树第 %(level)s 层第 %(index)s 个节点缺失。") % words)


def _leaf_batches() -> Iterator[list[tuple[Any, ...]]]:
    sql = (
        f"SELECT f.number, f.entry_id, f.hash, {canonical.text_sql()} FROM ledger_leaf f LEFT JOIN ledger_entry e ON e.id = f.entry_id"
        f"{canonical.JOINS.replace(' JOIN ledger_subject', ' LEFT JOIN ledger_subject', 1)}"
        " WHERE f.number >= %s AND f.number < %s ORDER BY f.number"
    )
    last = rows.fetch("SELECT MAX(number) FROM ledger_leaf")[0][0]
    for start in range(0, (last + 1) if last is not None else 0, BATCH):
        yield rows.fetch(sql, [start, start + BATCH])


def _compare(number: int, entry: int, stored: object, text: str | None) -> Iterator[Finding]:
    if text is None:
        yield Finding(
            "entry",
            str(entry),
            _("第 %(entry)s 号分录缺失（封存序号 %(number)s）。") % {"entry": entry, "number": number},
        )
    elif hashlib.sha256(b"\x00" + text.encode()).digest() != _as_hash(stored):
        yield Finding("entry", str(entry), _("第 %(entry)s 号分录或它的划转被改动。") % {"entry": entry})


def _compare_seal(seal: Seal, frontier: merkle.Frontier) -> Iterator[Finding]:
    row = str(seal.size)
    if frontier.root().hex() != seal.root:
        yield Finding("seal", row, _("前 %(row)s 条分录的封存不成立：根与签署的不同。") % {"row": row})
    statement = seal_statement(seal.size, seal.root, seal.sealed_at.astimezone(UTC))
    if seal.public_key != keys.public_key():
        yield Finding("seal", row, _("前 %(row)s 条分录的封存不是用本系统的密钥签署的。") % {"row": row})
    elif not keys.is_signed(statement, seal.signature, seal.public_key):
        yield Finding("seal", row, _("前 %(row)s 条分录的封存签名不成立。") % {"row": row})


def _sizes(leaves: int, sealed: int) -> Iterator[Finding]:
    for number in range(leaves, sealed):
        yield Finding("leaf", str(number), _("封存序号 %(number)s 缺失。") % {"number": number})
    for number in range(sealed, leaves):
        yield Finding(
            "leaf", str(number), _("封存序号 %(number)s 不属于任何封存，是绕过系统写入的。") % {"number": number}
        )


def _altered_with_their_leaves() -> Iterator[Finding]:
    """Where a root does not hold although every leaf fits its entry, the keyed digests tell which entries changed."""
    sql = (
        f"SELECT e.id, e.digest, {canonical.text_sql()} FROM ledger_entry e{canonical.JOINS}"
        " JOIN ledger_leaf f ON f.entry_id = e.id WHERE e.id > %s ORDER BY e.id LIMIT %s"
    )
    yield from _digests(sql, lambda _done, _total: None)


def _unsealed_entries(watch: Callable[[int, int], None]) -> Iterator[Finding]:
    sql = (
        f"SELECT e.id, e.digest, {canonical.text_sql()} FROM ledger_entry e{canonical.JOINS}"
        " WHERE e.id > %s AND NOT EXISTS (SELECT 1 FROM ledger_leaf f WHERE f.entry_id = e.id) ORDER BY e.id LIMIT %s"
    )
    yield from _digests(sql, watch)


def _digests(sql: str, watch: Callable[[int, int], None]) -> Iterator[Finding]:
    after, done = 0, 0
    while batch := rows.fetch(sql, [after, BATCH]):
        for entry, digest, text in batch:
            if keys.digest(text.encode()) != _as_hash(digest):
                sentence = _("第 %(entry)s 号分录或它的划转被改动，或是绕过系统写入的。") % {"entry": entry}
                yield Finding("entry", str(entry), sentence)
        after = batch[-1][0]
        done += len(batch)
        watch(done, done)


def _transfers() -> Iterator[Finding]:
    """Day and subject repeat the entry's; both accounts have one unit; every transfer has its entry."""
    sql = (
        "SELECT t.id, t.entry_id FROM ledger_transfer t LEFT JOIN ledger_entry e ON e.id = t.entry_id"
        " LEFT JOIN ledger_account a ON a.id = t.source_id LEFT JOIN ledger_account b ON b.id = t.target_id"
        " WHERE e.id IS NULL OR a.id IS NULL OR b.id IS NULL OR t.occurred_on <> e.occurred_on"
        " OR t.subject_id <> e.subject_id OR a.unit <> b.unit"
    )
    for number, entry in rows.fetch(sql):
        sentence = _("第 %(number)s 条划转与第 %(entry)s 号分录不一致。") % {"number": number, "entry": entry}
        yield Finding("transfer", str(number), sentence)


def rebuilt_totals() -> dict[tuple[int, str, date], int]:
    """The running totals as the transfers alone give them."""
    rebuilt: dict[tuple[int, str, date], int] = defaultdict(int)
    for side, sign in (("target", 1), ("source", -1)):
        sql = f"SELECT {side}_id, occurred_on, SUM(amount) FROM ledger_transfer GROUP BY {side}_id, occurred_on"
        for account, day, amount in rows.fetch(sql):
            on = rows.as_day(day)
            rebuilt[account, "D", on] += sign * int(amount)
            rebuilt[account, "M", on.replace(day=1)] += sign * int(amount)
    return {key: net for key, net in rebuilt.items() if net}


def _totals() -> Iterator[Finding]:
    rebuilt = rebuilt_totals()
    sql = "SELECT id, account_id, grain, period, net FROM ledger_total"
    stored = {
        (account, grain, rows.as_day(period)): (number, int(net))
        for number, account, grain, period, net in rows.fetch(sql)
    }
    for key in sorted(rebuilt.keys() | stored.keys()):
        number, net = stored.get(key, ("-", 0))
        if net != rebuilt.get(key, 0):
            words = {
                "number": number,
                "account": key[0],
                "period": key[2].isoformat(),
                "net": net,
                "right": rebuilt.get(key, 0),
            }
            sentence = (
                _("累计数 %(number)s（账户 %(account)s，%(period)s）记为 %(net)s，由划转重算为 %(right)s。") % words
            )
            yield Finding("total", str(number), sentence)
    yield from _below_zero(rebuilt)


def _below_zero(rebuilt: dict[tuple[int, str, date], int]) -> Iterator[Finding]:
    """Only accounts of origin may run negative, on any day."""
    codes = dict(rows.fetch("SELECT id, code FROM ledger_account"))
    running: dict[int, int] = defaultdict(int)
    reported = set()
    for account, _grain, day in sorted((key for key in rebuilt if key[1] == "D"), key=lambda key: (key[0], key[2])):
        running[account] += rebuilt[account, "D", day]
        code = codes.get(account, "")
        if running[account] < 0 and account not in reported and not code.endswith(f".{OUTSIDE}"):
            reported.add(account)
            words = {"account": account, "code": code, "day": day.isoformat(), "amount": running[account]}
            yield Finding(
                "account", str(account), _("账户 %(account)s（%(code)s）自 %(day)s 起为负数 %(amount)s。") % words
            )


def _levels() -> Iterator[Finding]:
    for subject, book, day in differing_levels():
        words = {"subject": subject, "book": book, "day": day.isoformat()}
        sentence = _("%(subject)s 在 %(day)s 的填报水平（%(book)s）与划转不一致。") % words
        yield Finding("statedlevel", f"{book}/{subject}/{day.isoformat()}", sentence)


def _guards() -> Iterator[Finding]:
    """The append-only triggers are in place and switched on."""
    if connection.vendor == "postgresql":
        found = {
            row[0] for row in rows.fetch("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        }
        wanted = [f"ledger_{table}_{part}" for table in TABLES for part in ("append_only", "no_truncate")]
    else:
        found = {row[0] for row in rows.fetch("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
        wanted = [f"ledger_{table}_no_{verb}" for table in TABLES for verb in ("update", "delete")]
    for name in wanted:
        if name not in found:
            yield Finding("trigger", name, _("只增不改的保护 %(name)s 已被移除或关闭。") % {"name": name})
