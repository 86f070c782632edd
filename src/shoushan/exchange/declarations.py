"""Sheets as declarations: columns, owner permission, how rows are judged and written; and the register of all sheets."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.apps import apps
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shoushan.exchange import headings as headings_of
from shoushan.exchange.columns import AreaMatcher, Column

if TYPE_CHECKING:
    from shoushan.directory.models import User


class Verdict(TextChoices):
    """What becomes of one row."""

    NEW = "new", _("新增")
    CHANGED = "changed", _("变更")
    UNCHANGED = "unchanged", _("未变")
    REJECTED = "rejected", _("退回")


class Problem(NamedTuple):
    """One finding about one cell or row; `column` is the official heading, `row` the number seen in Excel."""

    row: int
    column: str
    value: str
    code: str
    message: str
    level: str = "error"
    suggestion: str = ""
    tab: str = ""

    @property
    def is_error(self) -> bool:
        return self.level == "error"


class Row(NamedTuple):
    """One record as read: its number in the file, one value per declared column, and what was odd but readable."""

    number: int
    values: list[Any]
    warnings: list[Problem]
    tab: str = ""


class RowPlan(NamedTuple):
    """What would become of a row; `data` is the sheet's own and comes back to `apply`."""

    row: Row
    verdict: str
    problems: list[Problem] = []
    data: Any = None


@dataclass(slots=True)
class Batch:
    """One file on its way in: what it says about itself, who sends it, and room for the sheet's look-ups."""

    sheet: Sheet
    at: datetime
    file_name: str
    sha256: str
    as_of: date | None = None
    as_of_hour: int | None = None
    unit_text: str = ""
    area_matcher: AreaMatcher | None = None
    actor: User | None = None
    upload_id: int | None = None
    area_scope: tuple[str, ...] = ()
    """Area-code prefixes within which the sender may write; the sheet refuses rows outside them."""
    is_commit: bool = False
    memory: dict[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The district's day on which it is sent; before eight in the morning the moment's own is still yesterday."""
        return timezone.localtime(self.at).date()

    def may_write(self, area_code: str) -> bool:
        """Whether the sender's scope covers this area."""
        return any(area_code.startswith(prefix) for prefix in self.area_scope)


class Sheet:
    """One kind of table that comes in and goes out; subclass it, list an instance or the class in an app's SHEETS."""

    code: ClassVar[str]
    title: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]
    permission: ClassVar[str]
    """Who may bring it in."""
    export_permission: ClassVar[str] = ""
    file_hint: ClassVar[str] = ""
    key: ClassVar[tuple[str, ...]] = ()
    """Columns that name a record: two rows of a file with the same key are duplicates; a row without key is none."""
    positions: ClassVar[dict[str, int]] = {}
    """Column name -> position in `Row.values`; made from `columns`."""
    needs_as_of: ClassVar[bool] = False
    """Refuse the file when neither its rows, its name nor the sender says as of when it is."""
    is_of_district: ClassVar[bool] = False
    """One file speaks for the whole district: the sender must hold the permission in all of it."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.positions = {column.name: index for index, column in enumerate(getattr(cls, "columns", ()))}
        if len(cls.positions) != len(getattr(cls, "columns", ())):
            raise ValueError(f"{cls.__name__}: two columns of one name")

    def plan(self, rows: list[Row], batch: Batch) -> list[RowPlan]:
        """Judge a chunk of well-formed rows, in order, one plan each; reads the database and writes nothing."""
        raise NotImplementedError

    def apply(self, plans: list[RowPlan], batch: Batch) -> None:
        """Write the plans that are not rejected; runs inside the caller's transaction."""
        raise NotImplementedError

    def finish(self, batch: Batch) -> None:
        """After the last chunk of a committed file, inside the same transaction."""

    def key_of(self, row: Row) -> Hashable | None:
        """What makes a row a duplicate of another in the same file; None never is one."""
        if len(self.key) == 1:
            single: Hashable | None = row.values[self.positions[self.key[0]]]
            return single
        values = tuple([row.values[self.positions[name]] for name in self.key])
        return values if values and None not in values else None

    def position(self, name: str) -> int:
        """Where a column stands in `Row.values`."""
        return self.positions[name]

    def value(self, row: Row, name: str) -> Any:
        """What a row has in a column."""
        return row.values[self.positions[name]]

    def reject(self, row: Row, name: str, code: str, message: str, *, suggestion: str = "") -> RowPlan:
        """A rejected plan with one problem at column `name` ("" for the whole row)."""
        return RowPlan(row, Verdict.REJECTED, [self.problem(row, name, code, message, suggestion=suggestion)])

    def problem(
        self, row: Row, name: str, code: str, message: str, *, level: str = "error", suggestion: str = ""
    ) -> Problem:
        """A finding of the sheet's own about one value of a row."""
        if not name:
            return Problem(row.number, "", "", code, message, level, suggestion, row.tab)
        position = self.position(name)
        value, column = row.values[position], self.columns[position]
        shown = "" if value is None else str(column.cell(value))
        return Problem(row.number, column.title, shown, code, message, level, suggestion, row.tab)


class UnknownSheetError(LookupError):
    """No sheet of this code is declared."""


@lru_cache(maxsize=1)
def all_sheets() -> tuple[Sheet, ...]:
    """Every sheet that an installed app declares as SHEETS in its sheets module, ordered by code."""
    found: dict[str, Sheet] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.sheets"
        if find_spec(name) is None:
            continue
        for declared in getattr(import_module(name), "SHEETS", ()):
            instance: Sheet = declared() if isinstance(declared, type) else declared
            if instance.code in found:
                raise ValueError(f"sheet {instance.code} is declared twice")
            found[instance.code] = instance
    return tuple(found[code] for code in sorted(found))


def sheet(code: str) -> Sheet:
    """The sheet of this code, or UnknownSheetError."""
    for candidate in all_sheets():
        if candidate.code == code:
            return candidate
    raise UnknownSheetError(code)


def detect(headings: Sequence[str], sheets: Iterable[Sheet] | None = None) -> Sheet | None:
    """The sheet whose columns fit these headings best; None when no sheet has all its required columns among them."""
    best: tuple[float, Sheet] | None = None
    for candidate in all_sheets() if sheets is None else sheets:
        mapping = headings_of.map_headings(headings, candidate.columns)
        if mapping.missing:
            continue
        score = len(mapping.columns) + len(mapping.columns) / max(1, len(candidate.columns))
        if best is None or score > best[0]:
            best = (score, candidate)
    return best[1] if best else None


def nearest(headings: Sequence[str], sheets: Iterable[Sheet] | None = None) -> Sheet | None:
    """The sheet that lacks the smallest share of its required columns among these headings, at most half of them."""
    best: tuple[float, int, Sheet] | None = None
    for candidate in all_sheets() if sheets is None else sheets:
        mapping = headings_of.map_headings(headings, candidate.columns)
        required = sum(column.required for column in candidate.columns)
        share = len(mapping.missing) / max(1, required)
        rank = (-share, mapping.score)
        if mapping.score >= 2 and share <= 0.5 and (best is None or rank > best[:2]):
            best = (*rank, candidate)
    return best[2] if best else None
