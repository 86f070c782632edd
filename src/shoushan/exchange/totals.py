"""Totals that a file states itself: recognised, never a record, compared with what was read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shoushan.exchange.columns import Column

_LABEL = re.compile(r"^(?P<of>.{0,20}?)(?P<word>本页合计|本页小计|总合计|合计|总计|小计|共计|累计|总数)(?:\(.*\))?:?$")
_LEVELS = {"本页合计": 1, "本页小计": 1, "小计": 1, "合计": 2, "共计": 2, "总数": 2, "总计": 3, "总合计": 3, "累计": 3}


def label_level(text: str) -> int:
    """0 for an ordinary text; 1 for a subtotal, 2 for a total, 3 for a grand total."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    match = _LABEL.match(plain)
    return _LEVELS[match["word"]] if match else 0


@dataclass(frozen=True, slots=True)
class ControlDifference:
    """A stated total that differs from what was accepted."""

    row: int
    column: str
    stated: Decimal
    accepted: Decimal
    rejected: Decimal
    tab: str = ""

    @property
    def sentence(self) -> str:
        """The finding as the user reads it."""
        return _(
            "第 %(row)s 行的合计中“%(column)s”为 %(stated)s,被接受的各行之和为 %(accepted)s,相差 %(difference)s"
            "(其中被退回的行合计 %(rejected)s),请核对。"
        ) % {
            "row": self.row,
            "column": self.column,
            "stated": _plain(self.stated),
            "accepted": _plain(self.accepted),
            "difference": _plain(self.stated - self.accepted),
            "rejected": _plain(self.rejected),
        }

    def as_dict(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "column": self.column,
            "stated": _plain(self.stated),
            "accepted": _plain(self.accepted),
            "rejected": _plain(self.rejected),
            "message": self.sentence,
        }


@dataclass(slots=True)
class ControlRow:
    """A totals row of the file: its level and what it states per summed column."""

    number: int
    level: int
    stated: dict[int, Decimal]


@dataclass(slots=True)
class Sums:
    """Accepted and rejected amounts per column since a moment."""

    accepted: dict[int, Decimal] = field(default_factory=dict)
    rejected: dict[int, Decimal] = field(default_factory=dict)

    def add(self, position: int, value: Any, *, is_accepted: bool) -> None:
        side = self.accepted if is_accepted else self.rejected
        side[position] = side.get(position, Decimal(0)) + value


class Ledger:
    """Running sums of one tab, answering each totals row as it comes by."""

    def __init__(self, columns: Sequence[Column], positions: Sequence[int], tab: str) -> None:
        self.columns, self.positions, self.tab = columns, tuple(positions), tab
        self.since = {level: Sums() for level in (0, 1, 2, 3)}  # 0 is never reset

    def add(self, values: Sequence[Any], *, is_accepted: bool) -> None:
        """Count one record."""
        for position in self.positions:
            value = values[position]
            if value is not None:
                for sums in self.since.values():
                    sums.add(position, value, is_accepted=is_accepted)

    def add_all(self, records: Iterable[tuple[Sequence[Any], bool]]) -> None:
        """Count records: their values and whether they were accepted."""
        for values, is_accepted in records:
            self.add(values, is_accepted=is_accepted)

    def differences(self, control: ControlRow) -> list[ControlDifference]:
        """Compare one totals row with the records since the last of its level, or with all of them; then begin anew."""
        found = []
        for position, stated in control.stated.items():
            nearest, whole = self.since[control.level], self.since[0]
            if stated in (_sum(nearest.accepted, position), _sum(whole.accepted, position)):
                continue
            base = whole if control.level == 3 else nearest
            accepted, rejected = _sum(base.accepted, position), _sum(base.rejected, position)
            title = self.columns[position].title
            found.append(ControlDifference(control.number, title, stated, accepted, rejected, self.tab))
        for level in range(1, control.level + 1):
            self.since[level] = Sums()
        return found


def _sum(side: dict[int, Decimal], position: int) -> Decimal:
    return side.get(position, Decimal(0))


def _plain(value: Decimal) -> str:
    """A sum as people write it: 8776, not 8776.000000."""
    return f"{value.normalize():f}"
