"""Where matters are in the ledger, beside their states: answered in time or late, what was said of the answer.

Both by the organisation that leads the matter (category), so that on-time rate and satisfaction are balances.
"""

from __future__ import annotations

from typing import Final

from shoushan.ledger.transfers import Account, Move

CASE: Final = "case"
ON_TIME, LATE = "on_time", "late"
STATES: Final = ("raised", "dispatched", "ruling", "working", "waiting", "answered", "closed")
"""Last parts of the state accounts; an archived matter stays in `closed`, a merged or withdrawn one is in none."""
OPEN_STATES: Final = STATES[:-1]
EVALUATIONS: Final = ("satisfied", "mostly", "dissatisfied")
SUPERVISIONS: Final = "casework.supervisions"


def due_family(family: str) -> str:
    """Matters that fell due: in time, or late."""
    return f"{family}.due"


def evaluated_family(family: str) -> str:
    """Matters whose answer was evaluated, by the last evaluation."""
    return f"{family}.evaluated"


def fell_due(family: str, *, area: str, lead: str, is_late: bool) -> Move:
    """One more matter is due: late as soon as its time is over, in time once it is closed."""
    account = Account(f"{due_family(family)}.{LATE if is_late else ON_TIME}", CASE, area, lead)
    return Move(account.origin, account, 1)


def was_evaluated(family: str, *, area: str, lead: str, before: tuple[str, str], now: str) -> tuple[Move, ...]:
    """The evaluation of a matter is now this one; `before` is the organisation and the evaluation that stood until now."""
    target = Account(f"{evaluated_family(family)}.{now.lower()}", CASE, area, lead)
    old_lead, old = before
    if not old:
        return (Move(target.origin, target, 1),)
    source = Account(f"{evaluated_family(family)}.{old.lower()}", CASE, area, old_lead)
    return () if source == target else (Move(source, target, 1),)


def due_accounts(family: str, what: str) -> dict[str, tuple[str, str]]:
    """Where what fell due is, described for the reference."""
    return {
        f"{due_family(family)}.{ON_TIME}": (CASE, f"{what} that fell due and were in time"),
        f"{due_family(family)}.{LATE}": (CASE, f"{what} whose time ran out"),
    }


def matter_accounts(family: str, what: str) -> dict[str, tuple[str, str]]:
    """Every account of one kind of matter, described for the reference."""
    states = {f"{family}.{state}": (CASE, f"{what} that are {state}") for state in STATES}
    said = {f"{evaluated_family(family)}.{each}": (CASE, f"{what} last evaluated as {each}") for each in EVALUATIONS}
    return states | due_accounts(family, what) | said


ACCOUNTS: Final = due_accounts(SUPERVISIONS, "supervision orders")
"""The accounts of casework itself; those of matters belong to the apps that declare their kinds."""
