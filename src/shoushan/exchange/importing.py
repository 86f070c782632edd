"""Bringing a file in: dry run or commit, every row accounted for, every finding kept with its place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shoushan.exchange import files, rejections
from shoushan.exchange.columns import AreaMatcher
from shoushan.exchange.declarations import Problem, Sheet
from shoushan.exchange.limits import DEFAULT_LIMITS, Limits
from shoushan.exchange.passage import Passage
from shoushan.exchange.previews import Preview, sniff
from shoushan.exchange.totals import ControlDifference
from shoushan.lib.memory import seldom_collected

if TYPE_CHECKING:
    from shoushan.directory.models import User

__all__ = ["ImportResult", "Options", "Preview", "Progress", "TabReport", "run", "sha256_of", "sniff"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What the sender and the program know about a file beyond its bytes."""

    at: datetime
    actor: User | None = None
    area_matcher: AreaMatcher | None = None
    area_scope: tuple[str, ...] = ()
    file_name: str = ""
    """The name under which it was sent, when the stored name differs."""
    upload_id: int | None = None
    as_of: date | None = None
    """Overrides what the file says."""
    year: int | None = None
    """For dates without a year; otherwise that of `as_of`, otherwise that of the table's own full dates."""
    unit_text: str = ""
    """The reporting unit; overrides what the file says."""
    chosen: Mapping[str, str] = field(default_factory=dict)
    """What the sender says of single headings: key (`headings.heading_keys`) -> name of a column, "" for none."""


@dataclass(slots=True)
class TabReport:
    """What was found on one tab; `skipped` says why nothing was read."""

    name: str
    rows: int = 0
    heading_rows: tuple[int, ...] = ()
    skipped: str = ""


@dataclass(slots=True)
class ImportResult:
    """The account of one file: rows == new + changed + unchanged + rejected."""

    file: str
    sha256: str
    sheet: str = ""
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    problems: list[Problem] = field(default_factory=list)
    problems_left_out: int = 0
    control_differences: list[ControlDifference] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    as_of: date | None = None
    as_of_hour: int | None = None
    unit: str = ""
    tabs: list[TabReport] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    is_committed: bool = False
    source_id: int | None = None
    """The SourceFile that a committed file became; set by the service."""
    rejections: rejections.RejectionLog = field(default_factory=rejections.RejectionLog)
    """Every rejected row with its sentence, on disk when long; what the error book is written from."""

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON: the keys that scripts rely on first, then what people like to know."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "rows": self.rows,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "problems": [plain_problem(problem) for problem in self.problems if problem.is_error],
            "warnings": [plain_problem(problem) for problem in self.problems if not problem.is_error],
            "problems_left_out": self.problems_left_out,
            "control_differences": [difference.as_dict() for difference in self.control_differences],
            "unknown_columns": self.unknown_columns,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "unit": self.unit,
            "notices": self.notices,
            "sha256": self.sha256,
        }


def plain_problem(problem: Problem) -> dict[str, Any]:
    """A finding as JSON."""
    return {
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "code": problem.code,
        "message": problem.message,
    }


def run(
    path: Path,
    *,
    options: Options,
    sheet: Sheet | None = None,
    commit: bool = False,
    transaction: Callable[[], AbstractContextManager[Any]] | None = None,
    progress: Progress | None = None,
    chunk: int = 2000,
    limits: Limits = DEFAULT_LIMITS,
) -> ImportResult:
    """Read, judge and (with `commit`) write one file; raises FileRefusedError when the file as a whole is refused.

    `transaction` opens the one transaction around a committed file; leave it out when the caller holds one.
    Without `commit` nothing is written and the answer is what a commit at this moment would do.
    """
    name = options.file_name or path.name
    around = transaction() if commit and transaction is not None else nullcontext()
    with seldom_collected(), files.open_book(path, name=name, limits=limits) as book, around:
        result = ImportResult(file=name, sha256=sha256_of(path))
        Passage(book, result, options, sheet=sheet, commit=commit, progress=progress, chunk=chunk, limits=limits).run()
    if result.rows != result.new + result.changed + result.unchanged + result.rejected:
        raise AssertionError(f"{name}: {result.rows} rows read, but not all accounted for")
    return result


def sha256_of(path: Path) -> str:
    """The fingerprint of the file as sent."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
