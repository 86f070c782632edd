"""Things that are declared once, at the start, under a code of their own."""

from __future__ import annotations

from typing import TypeVar

Thing = TypeVar("Thing")


def declare(known: dict[str, Thing], code: str, thing: Thing, what: str) -> None:
    """Keep a thing under its code, in the order of declaring. The very same again changes nothing.

    Raises ValueError for another thing of that code; `what` says of which kind it is.
    """
    if known.setdefault(code, thing) is not thing:
        raise ValueError(f"{what} {code} is declared twice")
