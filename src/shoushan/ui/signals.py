"""What is red: apps register who can say it, the cockpit shows what there is for its reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class Signal:
    """One kind of thing that is late, missing or contradictory, how many there are, and where they are listed."""

    label: StrOrPromise
    count: int
    unit: str
    address: str
    tone: str = "late"
    """`late` is wrong or overdue, `soon` is not yet."""


Provider = Callable[[Any, date, datetime], Iterable[Signal]]
"""Asked with the reader, the day of the numbers and the moment; answers within what the reader may see."""

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add who can say something. The very same again changes nothing, so `ready()` may run twice."""
    if provider not in _providers:
        _providers.append(provider)


def signals(reader: Any, *, as_of: date, at: datetime) -> list[Signal]:
    """All that is red for this reader, what is late first; nothing that counts to zero."""
    found = [each for provider in _providers for each in provider(reader, as_of, at) if each.count]
    return sorted(found, key=lambda each: each.tone != "late")
