"""The example of docs/explanation/why-a-ledger.md: its files give the entries and the numbers that it shows."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from shoushan.directory.services import load_reference_district
from shoushan.exchange.services import bring_in
from shoushan.figures.measures import measure
from shoushan.figures.values import evaluate
from shoushan.ledger import api as ledger

FOLDER = Path(__file__).parents[2] / "docs" / "explanation"
AT = datetime(2020, 2, 20, 9, tzinfo=UTC)
FILES = (
    "四上名单(2020年1月).csv",
    "姚家街道复工台账(2020.2.10).csv",
    "姚家街道复工台账(2020.2.14).csv",
    "更正/姚家街道复工台账(2020.2.14).csv",
)


@pytest.fixture
def _example(db: None) -> None:
    load_reference_district()
    for name in FILES:
        if name.startswith("更正"):
            ledger.seal(at=AT)
        assert bring_in(FOLDER / "example" / name, at=AT).rejected == 0
    ledger.seal(at=AT)


def rows_after(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading of the page."""
    table = (FOLDER / "why-a-ledger.md").read_text().split(heading)[1].split("\n|---")[1].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[1:]]


@pytest.mark.usefixtures("_example")
def test_it_makes_the_entries_that_the_page_shows() -> None:
    first = ledger.last_entry("resumption.enterprise_framed", as_of=date(2020, 12, 31))
    assert first is not None

    lines = sorted([*ledger.timeline(first.subject), *_frame_entries()], key=lambda line: line.number)

    made = []
    for place, line in enumerate(lines, start=1):
        [(source, target, amount)] = [
            (move[0].code.removeprefix("resumption."), move[1].code.removeprefix("resumption."), str(move[2]))
            for move in line.moves
        ] or [("", "", "")]
        made.append(
            [str(place), line.occurred_on.isoformat(), line.kind.removeprefix("resumption."), source, target, amount]
        )
    assert made == rows_after("## One enterprise, step by step")


def _frame_entries() -> list[ledger.EntryLine]:
    line = ledger.last_entry("resumption.frame_locked", as_of=date(2020, 12, 31))
    return [line] if line else []


@pytest.mark.usefixtures("_example")
def test_it_answers_both_questions_of_time_as_the_page_says() -> None:
    rows = rows_after("## Two questions of time")

    assert [seal.size for seal in ledger.seals()] == [13, 6]
    for day, resumed, resumed_then, people, people_then in rows:
        answers = [
            str(evaluate(measure(f"resumption.{code}"), as_of=date.fromisoformat(day), known_at=known_at).value)
            for code in ("enterprises_resumed", "people_at_work")
            for known_at in (None, 6)
        ]
        assert answers == [resumed, resumed_then, people, people_then], day


def test_it_shows_commands_that_bring_in_every_file() -> None:
    text = (FOLDER / "why-a-ledger.md").read_text()
    patterns = re.findall(r"import docs/explanation/(example/\S+)", text)

    found = {path for pattern in patterns for path in FOLDER.glob(pattern)}

    assert found == {FOLDER / "example" / name for name in FILES}
