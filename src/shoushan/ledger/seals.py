"""Sealing: leaf numbers are given under a lock, the tree grows, its root is signed; proofs for single entries."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from shoushan.ledger import canonical, keys, merkle
from shoushan.ledger.errors import SealError, UnknownEntryError
from shoushan.ledger.models import Seal
from shoushan.ledger.posting import recorded_text
from shoushan.lib import rows

KEPT_FROM_LEVEL: Final = 8
"""Complete inner nodes are kept from this height up: a proof reads at most 2 × 256 leaves besides them."""

BATCH: Final = 20_000
Progress = Callable[[int, int], None]


class Receipt(NamedTuple):
    """Proof that one entry is among those that a seal covers; `content` are the very bytes that were hashed."""

    entry: int
    leaf: int
    content: str
    path: list[str]
    seal: dict[str, Any]


def _no_progress(done: int, total: int) -> None:
    """For callers that don't watch."""


def last_seal() -> Seal | None:
    """The newest seal."""
    return Seal.objects.order_by("-size").first()


def seals() -> list[Seal]:
    """All seals, newest first."""
    return list(Seal.objects.order_by("-size"))


def seal_of_size(size: int) -> Seal | None:
    """The seal over so many entries."""
    return Seal.objects.filter(size=size).first()


def seal_statement(size: int, root: str, sealed_at: datetime) -> bytes:
    """What is signed: size, root and moment of a seal as canonical JSON."""
    moment = recorded_text(sealed_at)
    return json.dumps({"root": root, "sealed_at": moment, "size": size}, sort_keys=True, separators=(",", ":")).encode()


@transaction.atomic
def seal(*, at: datetime, progress: Progress = _no_progress) -> Seal:
    """Seal every entry that is not sealed yet and sign the new root; without new entries the last seal stands.

    Writers don't wait for it: an entry committed meanwhile comes into the next seal. Raises `SealError` when an entry
    was altered or put in by other means than the ledger.
    """
    if rows.is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger.seal'))")
    last = last_seal()
    nodes: list[tuple[int, int, bytes]] = []

    def keep(level: int, index: int, node: bytes) -> None:
        if level >= KEPT_FROM_LEVEL:
            nodes.append((level, index, node))

    frontier = _frontier_of(last, keep)
    _append_unsealed(frontier, progress)
    if last and last.size == frontier.size:
        return last
    rows.insert("ledger_treenode", ["level", '"index"', "hash"], nodes)
    return _sign(frontier, at)


def _frontier_of(last: Seal | None, keep: Callable[[int, int, bytes], None]) -> merkle.Frontier:
    if last is None:
        return merkle.Frontier(on_node=keep)
    roots = [bytes.fromhex(part) for part in last.frontier.split()]
    return merkle.Frontier(last.size, roots, on_node=keep)


def _append_unsealed(frontier: merkle.Frontier, progress: Progress) -> None:
    waiting = rows.fetch("SELECT COUNT(*) FROM ledger_entry")[0][0] - frontier.size
    sql = (
        f"SELECT e.id, e.digest, {canonical.text_sql()} FROM ledger_entry e{canonical.JOINS}"
        " WHERE e.id > %s AND NOT EXISTS (SELECT 1 FROM ledger_leaf f WHERE f.entry_id = e.id) ORDER BY e.id LIMIT %s"
    )
    done, after = 0, 0
    while True:
        batch = rows.fetch(sql, [after, BATCH])
        leaves = [
            (frontier.size + place, entry, _checked_leaf(entry, digest, text))
            for place, (entry, digest, text) in enumerate(batch)
        ]
        for _number, _entry, leaf in leaves:
            frontier.append(leaf)
        rows.insert("ledger_leaf", ["number", "entry_id", "hash"], leaves)
        done += len(batch)
        progress(done, waiting)
        if len(batch) < BATCH:
            return
        after = batch[-1][0]


def _checked_leaf(entry: int, digest: bytes, text: str) -> bytes:
    content = text.encode()
    if keys.digest(content) != bytes(digest):
        raise SealError(
            _(
                "第 %(entry)d 号分录与入账时的校验码不符，可能被改动或绕过系统写入，已停止封存，请先运行 shoushan ledger verify。"
            )
            % {"entry": entry}
        )
    return merkle.leaf_hash(content)


def _sign(frontier: merkle.Frontier, at: datetime) -> Seal:
    moment = at.astimezone(UTC).replace(microsecond=0)
    root = frontier.root().hex()
    return Seal.objects.create(
        size=frontier.size,
        root=root,
        frontier=" ".join(part.hex() for part in frontier.roots),
        sealed_at=moment,
        signature=keys.sign(seal_statement(frontier.size, root, moment)),
        public_key=keys.public_key(),
    )


def subtree(start: int, end: int) -> bytes:
    """Root of the sealed leaves from `start` up to `end`, from kept nodes where they are complete."""
    size = end - start
    level = size.bit_length() - 1
    if size == 1 << level and level >= KEPT_FROM_LEVEL and start % size == 0:
        sql = 'SELECT hash FROM ledger_treenode WHERE level = %s AND "index" = %s'
        found = rows.fetch(sql, [level, start >> level])
        if found:
            return bytes(found[0][0])
    if size > 1 << KEPT_FROM_LEVEL:
        middle = start + (1 << (size - 1).bit_length() - 1)
        return merkle.node_hash(subtree(start, middle), subtree(middle, end))
    sql = "SELECT hash FROM ledger_leaf WHERE number >= %s AND number < %s ORDER BY number"
    return merkle.root_of(bytes(row[0]) for row in rows.fetch(sql, [start, end]))


def seal_as_dict(seal: Seal) -> dict[str, Any]:
    """A seal as it travels in a file."""
    return {
        "size": seal.size,
        "root": seal.root,
        "sealed_at": recorded_text(seal.sealed_at),
        "signature": seal.signature,
        "public_key": seal.public_key,
    }


def receipt(entry: int, *, size: int | None = None) -> Receipt:
    """Proof that an entry is covered by the newest seal, or by the seal of the given size."""
    seal = Seal.objects.filter(size=size).first() if size is not None else last_seal()
    sql = (
        f"SELECT f.number, {canonical.text_sql()} FROM ledger_entry e{canonical.JOINS}"
        " JOIN ledger_leaf f ON f.entry_id = e.id WHERE e.id = %s"
    )
    found = rows.fetch(sql, [entry])
    if seal is None or not found or found[0][0] >= seal.size:
        raise UnknownEntryError(_("第 %(entry)d 号分录尚未封存。") % {"entry": entry})
    leaf, content = found[0]
    path = merkle.inclusion_path(leaf, seal.size, subtree)
    return Receipt(entry, leaf, content, [part.hex() for part in path], seal_as_dict(seal))


def problem_of_receipt(content: str, leaf: int, path: list[str], seal: dict[str, Any]) -> str:
    """What is wrong with a receipt, checked without the ledger; empty when it holds."""
    try:
        proof = [bytes.fromhex(part) for part in path]
        size, root = int(seal["size"]), str(seal["root"])
        moment = datetime.strptime(seal["sealed_at"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except (KeyError, TypeError, ValueError):
        return _("回执的写法不对。")
    reached = merkle.root_from_inclusion(merkle.leaf_hash(content.encode()), leaf, size, proof)
    if reached is None or reached.hex() != root:
        return _("分录不在封存的台账之中：由分录算到的根与封存的根不同。")
    if not keys.is_signed(seal_statement(size, root, moment), str(seal.get("signature")), str(seal.get("public_key"))):
        return _("封存的签名不成立。")
    return ""


def consistency(old: int, new: int) -> list[str]:
    """Proof that the seal of size `old` is the beginning of the seal of size `new`, as hex."""
    return [part.hex() for part in merkle.consistency_path(old, new, subtree)]
