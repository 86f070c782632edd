"""The list of what was written: every file with its rows and wrong rows, and the totals which the records add up to."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from demo import scenario
from demo.course import people_at_work
from demo.enterprises import Enterprise
from demo.habits import Habit
from demo.layouts import Sheet


@dataclass
class WrongRow:
    """One row that must be rejected; the row number is the one a spreadsheet shows (1 = first)."""

    row: int
    kind: str
    column: str
    value: str
    enterprise: str


@dataclass
class FileEntry:
    """One written file with what an importer must find in it."""

    path: str
    sheet: str
    date: str
    area: str
    area_name: str
    encoding: str
    rows: int
    rejected: int
    wrong: list[WrongRow] = field(default_factory=list)


def wrong_rows(sheet: Sheet, habit: Habit) -> list[WrongRow]:
    """Return the rows of a laid-out ledger that are wrong on purpose."""
    found = []
    for row, line in enumerate(sheet.lines, start=1):
        if line.record is not None and line.record.wrong is not None:
            column = line.record.wrong_column
            value = line.cells[habit.columns.index(column)]
            heading = habit.parents.get(column, ("", habit.heading(column)))[1]
            found.append(WrongRow(row, line.record.wrong.value, heading, str(value), line.record.enterprise.uscc))
    return found


def totals(enterprises: list[Enterprise], on: date) -> dict[str, Any]:
    """Return the two numbers over the members of the list in force, with their breakdowns, as of a day with reports."""
    members = [item for item in enterprises if item.category(on)]
    resumed = [item for item in members if item.resumed_on and item.resumed_on <= on]
    people: Counter[str] = Counter()
    for item in resumed:
        people[item.area] += people_at_work(item, on)
    return {
        "enterprises_in_frame": len(members),
        "enterprises_resumed": len(resumed),
        "people_at_work": people.total(),
        "enterprises_resumed_by_area": dict(sorted(Counter(item.area for item in resumed).items())),
        "people_at_work_by_area": dict(sorted(people.items())),
        "enterprises_resumed_by_category": dict(sorted(Counter(str(item.category(on)) for item in resumed).items())),
    }


def manifest(
    enterprises: list[Enterprise], files: list[FileEntry], *, seed: int, dates: tuple[date, ...]
) -> dict[str, Any]:
    """Compose the whole list, ready for JSON."""
    return {
        "seed": seed,
        "sheets": [scenario.FRAME_SHEET, scenario.LEDGER_SHEET],
        "files": [asdict(entry) for entry in files],
        "totals": {day.isoformat(): totals(enterprises, day) for day in dates},
    }
