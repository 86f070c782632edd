"""The arithmetic of the ledger, free of any framework: moves, postings, positions and their canonical text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

from shoushan.lib.marking import noop

UNITS: Final = frozenset(
    {"enterprise", "person", "project", "yuan", "sqm", "sqdm", "piece", "case", "visit", "hour", "percent"}
)
"""The closed list of what is counted: yuan in fen, sqdm for areas in hundredths of a square metre, hour in minutes, percent in
hundredths, everything else in whole pieces."""

OUTSIDE: Final = "outside"
"""Last part of every account of origin: what is counted comes from there, so it may run negative."""

SEPARATOR: Final = "\x1f"
LONGEST_KEY: Final = 200
_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_AREA = re.compile(r"[0-9]{0,12}")
_CATEGORY = re.compile(r"[A-Z0-9_]{0,40}")
_SUBJECT = re.compile(r"[a-z_]+:[A-Za-z0-9._-]{1,60}")


class Account(NamedTuple):
    """One place where something countable can be: `code` × `unit` × segments."""

    code: str
    unit: str
    area: str = ""
    category: str = ""

    @property
    def family(self) -> str:
        """The code without its last part: the accounts between which a thing moves when its status changes."""
        return self.code.rpartition(".")[0]

    @property
    def origin(self) -> Account:
        """The account outside the family from which this account is filled."""
        return _origin(self)


@lru_cache(maxsize=20_000)
def _origin(account: Account) -> Account:
    return account._replace(code=f"{account.family}.{OUTSIDE}")


class Move(NamedTuple):
    """`amount` units leave `source` and reach `target`: both sides in one row, so nothing can be out of balance."""

    source: Account
    target: Account
    amount: int


class Posting(NamedTuple):
    """One event to be entered.

    `key` makes it idempotent; `occurred_on` is the date that counts; `subject` is the typed code of the record that it
    is about (never a name or a number of a person); `reverses` is the key of the entry that it takes back.
    """

    key: str
    kind: str
    occurred_on: date
    subject: str
    moves: tuple[Move, ...]
    details: Mapping[str, Any] = {}
    reverses: str = ""


class Position(NamedTuple):
    """How much of a subject is in one account, as stated for a day."""

    account: Account
    amount: int


Positions = tuple[Position, ...]


class Statement(NamedTuple):
    """What is so of a subject from day `on` until it is stated again: a status, a head count, a stock."""

    subject: str
    on: date
    positions: Positions
    kind: str
    details: Mapping[str, Any] = {}


class Problem(NamedTuple):
    """What is wrong, as a sentence of the catalogue and the words in it; who raises it puts it into a language."""

    sentence: str
    words: Mapping[str, object]


def problem_of_account(account: Account) -> Problem | None:
    """What is wrong with an account's name; None when nothing is."""
    if not _CODE.fullmatch(account.code):
        return Problem(noop("账户编码 %(code)r 不符合“小写字母.小写字母”的写法"), {"code": account.code})
    if account.unit not in UNITS:
        return Problem(noop("计量单位 %(unit)r 不在允许的范围内"), {"unit": account.unit})
    if not _AREA.fullmatch(account.area):
        return Problem(noop("区划代码 %(area)r 应为不超过 12 位的数字"), {"area": account.area})
    if not _CATEGORY.fullmatch(account.category):
        return Problem(noop("分类代码 %(category)r 应为大写字母、数字和下划线"), {"category": account.category})
    return None


def problem_of_posting(posting: Posting) -> Problem | None:
    """What is wrong with a posting's form; None when nothing is. Account names are checked where they are opened."""
    key = posting.key
    if not (key.isascii() and key.isprintable() and " " not in key and 0 < len(key) <= LONGEST_KEY):
        return Problem(noop("分录键 %(key)r 应为 1 至 200 个可见的半角字符"), {"key": key})
    if not _CODE.fullmatch(posting.kind):
        return Problem(noop("分录类型 %(kind)r 不符合“应用.名词_动词过去分词”的写法"), {"kind": posting.kind})
    if not _SUBJECT.fullmatch(posting.subject):
        return Problem(noop("记账对象 %(subject)r 不符合“kind:code”的写法"), {"subject": posting.subject})
    for source, target, amount in posting.moves:
        if type(amount) is not int or not 0 < amount < 2**62:
            return Problem(noop("划转数量 %(amount)r 必须是大于 0 的整数"), {"amount": amount})
        if source == target:
            return Problem(noop("划转的两端不能是同一账户 %(code)s"), {"code": source.code})
        if source.unit != target.unit:
            units = {"source": source.unit, "target": target.unit}
            return Problem(noop("不能在 %(source)s 与 %(target)s 两种单位之间划转"), units)
    return None


def details_text(details: Mapping[str, Any]) -> str:
    """Details as canonical JSON: sorted keys, no blanks, Chinese as it is."""
    if not details:
        return "{}"
    return json.dumps(details, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def reverse_moves(moves: Iterable[Move]) -> tuple[Move, ...]:
    """The same moves the other way round."""
    return tuple(Move(target, source, amount) for source, target, amount in moves)


def plan_moves(before: Positions, after: Positions) -> tuple[Move, ...]:
    """The fewest moves that turn the positions `before` into `after`.

    Within a family, what leaves one account goes straight to another (a change of status is one move); what is left
    over comes from, or goes back to, the account of origin with the same segments.
    """
    if before == after:
        return ()
    if not before and all(amount > 0 for _account, amount in after):  # the most frequent shapes, without dictionaries
        return tuple([Move(_origin(account), account, amount) for account, amount in after])
    if len(before) == 1 and len(after) == 1:
        quick = _plan_single(before[0], after[0])
        if quick is not None:
            return quick
    difference: dict[Account, int] = {}
    for account, amount in before:
        difference[account] = difference.get(account, 0) - amount
    for account, amount in after:
        difference[account] = difference.get(account, 0) + amount
    falling = [[account, -amount] for account, amount in sorted(difference.items()) if amount < 0]
    rising = [[account, amount] for account, amount in sorted(difference.items()) if amount > 0]
    return _pair(falling, rising)


def _plan_single(before: Position, after: Position) -> tuple[Move, ...] | None:
    account, amount = after
    old_account, old_amount = before
    if old_account != account:
        return None
    if amount > old_amount:
        return (Move(_origin(account), account, amount - old_amount),)
    return (Move(account, _origin(account), old_amount - amount),)


def _pair(falling: list[list[Any]], rising: list[list[Any]]) -> tuple[Move, ...]:
    moves = []
    for drop in falling:
        for rise in rising:
            if drop[1] and rise[1] and drop[0].family == rise[0].family and drop[0].unit == rise[0].unit:
                amount = min(drop[1], rise[1])
                moves.append(Move(drop[0], rise[0], amount))
                drop[1] -= amount
                rise[1] -= amount
    moves += [Move(account, account.origin, amount) for account, amount in falling if amount]
    moves += [Move(account.origin, account, amount) for account, amount in rising if amount]
    return tuple(moves)


def normal_positions(positions: Iterable[Position]) -> Positions:
    """Positions without zeros, in a fixed order."""
    kept = [position for position in positions if position.amount]
    return tuple(kept) if len(kept) < 2 else tuple(sorted(kept))


def positions_text(positions: Positions) -> str:
    """Positions as they are stored: one `code|unit|area|category=amount` per account."""
    return ";".join([f"{_account_text(account)}={amount}" for account, amount in positions])


@lru_cache(maxsize=20_000)
def _account_text(account: Account) -> str:
    return "|".join(account)


@lru_cache(maxsize=20_000)
def read_positions(text: str) -> Positions:
    """The inverse of `positions_text`."""
    if not text:
        return ()
    found = []
    for part in text.split(";"):
        name, _, amount = part.rpartition("=")
        code, unit, area, category = name.split("|")
        found.append(Position(Account(code, unit, area, category), int(amount)))
    return tuple(found)
