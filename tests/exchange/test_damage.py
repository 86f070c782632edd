"""Damaged and hostile files end in a refusal or an account, never in a traceback."""

from __future__ import annotations

import zipfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shoushan.exchange.limits import FileRefusedError
from tests.exchange.factories import HEADINGS, bring_in, ledger, part, record, with_part, write_book
from tests.exchange.test_xls import write_xls

PARTS = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "_rels/.rels",
]
quiet = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def ends_well(path: Path) -> bool:
    """Whether the file was refused with a sentence or accounted for."""
    try:
        result = bring_in(path, year=2020)
    except FileRefusedError as refused:
        return refused.sentence.endswith("。")
    return result.rows == result.new + result.rejected


@quiet
@given(at=st.integers(0, 10**6), junk=st.binary(min_size=1, max_size=12))
def test_it_survives_any_bytes_in_the_zip(tmp_path: Path, at: int, junk: bytes) -> None:
    path = write_book(tmp_path / "a.xlsx", ledger([record(1), record(2)]))
    content = bytearray(path.read_bytes())
    content[at % len(content) : at % len(content) + len(junk)] = junk
    path.write_bytes(content)

    assert ends_well(path)


@quiet
@given(name=st.sampled_from(PARTS), at=st.integers(0, 10**6), junk=st.binary(max_size=6), cut=st.integers(0, 40))
def test_it_survives_any_bytes_in_a_part(tmp_path: Path, name: str, at: int, junk: bytes, cut: int) -> None:
    path = write_book(tmp_path / "a.xlsx", ledger([record(1), record(2)]))
    content = bytearray(part(path, name))
    content[at % len(content) : at % len(content) + cut] = junk
    with_part(path, name, bytes(content))

    assert ends_well(path)


@quiet
@given(content=st.binary(max_size=400))
def test_it_survives_any_bytes_as_text(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes((",".join(HEADINGS) + "\n").encode() + content if len(content) % 2 else content)

    assert ends_well(path)


@quiet
@given(
    rows=st.lists(
        st.lists(st.none() | st.text(max_size=12) | st.integers() | st.floats(allow_nan=False, allow_infinity=False)),
        max_size=6,
    )
)
def test_it_survives_any_cells(tmp_path: Path, rows: list[list[object]]) -> None:
    path = tmp_path / "a.csv"
    lines = [",".join('"' + str(cell).replace('"', '""') + '"' for cell in row) for row in [HEADINGS, *rows]]
    path.write_bytes("\n".join(lines).encode("utf-8", "replace"))

    assert ends_well(path)


def test_it_survives_a_zip_without_parts(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/x.xml", "<x/>")

    assert ends_well(path)


@settings(quiet, max_examples=25)
@given(at=st.integers(8, 10**6), junk=st.binary(min_size=1, max_size=16))
def test_it_survives_any_bytes_in_an_old_workbook(tmp_path: Path, at: int, junk: bytes) -> None:
    path = write_xls(tmp_path / "a.xls", [list(row) for row in ledger([record(1), record(2)])])
    content = bytearray(path.read_bytes())
    content[at % len(content) : at % len(content) + len(junk)] = junk
    path.write_bytes(content)

    assert ends_well(path)


def test_it_survives_an_old_workbook_that_states_an_absurd_length(tmp_path: Path) -> None:
    path = write_xls(tmp_path / "a.xls", [["甲", 1]])
    content = bytearray(path.read_bytes())
    content[0x2C:0x30] = content[0x40:0x44] = content[0x48:0x4C] = b"\xff\xff\xff\x7f"
    path.write_bytes(content)

    assert ends_well(path)
