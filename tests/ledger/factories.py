"""Accounts, moves and postings in few words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from shoushan.ledger.api import Account, Move, Position, Posting, Statement, post_many, state_many

AT = datetime(2020, 3, 23, 9, 0, tzinfo=UTC)
ACTOR = "user:1"
YAOJIA, ZHIYUAN = "370102011", "370102013"


def account(status: str, area: str = YAOJIA, category: str = "INDUSTRY") -> Account:
    """An account of enterprises by status."""
    return Account(f"test.enterprises.{status}", "enterprise", area, category)


def people(status: str = "at_work", area: str = YAOJIA) -> Account:
    """An account of persons."""
    return Account(f"test.people.{status}", "person", area, "INDUSTRY")


def posting(
    key: str, *, day: date = date(2020, 3, 1), subject: str = "enterprise:A", amount: int = 1, **more: Any
) -> Posting:
    """One enterprise comes in from outside, unless `moves` says otherwise."""
    moves = more.pop("moves", (Move(account("outside"), account("pending"), amount),))
    return Posting(key=key, kind="test.enterprise_listed", occurred_on=day, subject=subject, moves=moves, **more)


def enter(*postings: Posting) -> list[int]:
    """Enter postings."""
    return post_many(list(postings), at=AT, actor=ACTOR)


def state(day: date, amount: int, *, subject: str = "enterprise:A", area: str = YAOJIA) -> int:
    """State how many people of a subject are at work from a day on."""
    statement = Statement(subject, day, (Position(people(area=area), amount),), "test.people_stated")
    return state_many("test.people", [statement], at=AT, actor=ACTOR)
