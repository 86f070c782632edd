"""Totals that a file states itself: recognised, never a record, compared with what was read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shoushan.exchange.columns import Column

_LABEL = re.compile(r"^(?P<of>.{0,20}?)(?P<word>本页合计|本页小计|总合计|合计|总计|小计|共计|累计|总数)(?:\(.*\))?:?$")
_LEVELS = {"本页合计": 1, "本页小计": 1, "小计": 1, "合计": 2, "共计": 2, "总数": 2, "总计": 3, "总合计": 3, "累计": 3}
GRAND_TOTAL = 3


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
            "第 %(row)s 行的合计中“%(column)s”为 %(stated)s，被接受的各行之和为 %(accepted)s，相差 %(difference)s"
            "（其中被退回的行合计 %(rejected)s），请核对。"
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


class Ledger:
    """Running sums of one tab, answering each totals row as it comes by."""

    def __init__(self, columns: Sequence[Column], positions: Sequence[int], tab: str) -> None:
        self.columns, self.positions, self.tab = columns, tuple(positions), tab
        self._accepted: dict[int, Any] = dict.fromkeys(self.positions, 0)
        self._rejected: dict[int, Any] = dict.fromkeys(self.positions, 0)
        self._marks = {level: (dict(self._accepted), dict(self._rejected)) for level in (0, 1, 2, 3)}
        """The sums at the last totals row of each level; those of level 0 stay at nothing."""

    def add_all(self, records: Iterable[tuple[Sequence[Any], bool]]) -> None:
        """Count records: their values and whether they were accepted."""
        for values, is_accepted in records:
            side = self._accepted if is_accepted else self._rejected
            for position in self.positions:
                value = values[position]
                if value is not None:
                    side[position] += value

    def differences(self, control: ControlRow) -> list[ControlDifference]:
        """Compare one totals row with the records since the last of its level, or with all of them; then begin anew."""
        found = []
        for position, stated in control.stated.items():
            accepted, rejected = self._since(control.level, position)
            whole, whole_rejected = self._since(0, position)
            if stated in (accepted, whole):
                continue
            if control.level == GRAND_TOTAL:
                accepted, rejected = whole, whole_rejected
            column = self.columns[position]
            found.append(
                ControlDifference(
                    row=control.number,
                    column=column.title,
                    stated=column.in_unit(stated),
                    accepted=column.in_unit(accepted),
                    rejected=column.in_unit(rejected),
                    tab=self.tab,
                )
            )
        for level in range(1, control.level + 1):
            self._marks[level] = (dict(self._accepted), dict(self._rejected))
        return found

    def _since(self, level: int, position: int) -> tuple[Decimal, Decimal]:
        accepted, rejected = self._marks[level]
        return (
            Decimal(self._accepted[position] - accepted[position]),
            Decimal(self._rejected[position] - rejected[position]),
        )


def _plain(value: Decimal) -> str:
    """A sum as people write it: 8776, not 8776.000000."""
    return f"{value.normalize():f}"
