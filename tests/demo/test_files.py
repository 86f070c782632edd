"""The files are the same on every run, differ between subdistricts as in life, and hold synthetic enterprises only."""

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from demo.generate import generate, main

from tests.demo import reading

DAY = "2020-03-23"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WIDE_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def passes_both_checks(code: str) -> bool:
    outer = (
        sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(code[:17])) + ALPHABET.index(code[17])
    ) % 31
    weights = (3, 7, 9, 10, 5, 8, 4, 2, 1)
    inner = [10 if place == 8 and char == "X" else WIDE_ALPHABET.index(char) for place, char in enumerate(code[8:17])]
    # Both check characters bring their sum to 0, each with weight 1.
    return outer == 0 and sum(value * weight for value, weight in zip(inner, weights, strict=True)) % 11 == 0


def ledger(district: Path, street: str, day: str = DAY) -> Path:
    return next(path for path in (district / day).iterdir() if street in path.name)


def test_it_writes_the_same_bytes_again(district: Path, tmp_path: Path) -> None:
    generate(tmp_path, dates=(date(2020, 3, 23),))

    first = {path.name: path.read_bytes() for path in sorted((district / DAY).iterdir())}
    second = {path.name: path.read_bytes() for path in sorted((tmp_path / DAY).iterdir())}

    assert len(first) == 13
    assert first == second


def test_it_reaches_the_same_totals_from_another_seed(tmp_path: Path, district: Path) -> None:
    generate(tmp_path, seed=7, dates=(date(2020, 3, 23),))

    other = (tmp_path / "manifest.json").read_text(encoding="utf-8")

    assert '"enterprises_resumed": 1096' in other
    assert '"people_at_work": 72556' in other
    assert ledger(tmp_path, "智远").read_bytes() != ledger(district, "智远").read_bytes()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("91350100M000100Y43", True),
        ("93370102MA3N000113", True),
        ("91350100M000100Y44", False),
        ("91370102MA9004960Q", False),
    ],
)
def test_it_checks_codes_as_the_standard_does(code: str, expected: object) -> None:
    assert passes_both_checks(code) is expected


def test_it_gives_every_enterprise_a_valid_synthetic_code_and_a_marked_name(district: Path) -> None:
    rows = [row for path in (district / "2020-02-10").iterdir() for row in reading.rows(path)]

    failing = [row.code for row in rows if not passes_both_checks(row.code)]
    strange = [row.code for row in rows if row.code[8:11] not in {"MA9", "000"}]
    unmarked = [row.name for row in rows if "示例" not in row.name or "演示" not in row.name]

    assert len({row.code for row in rows}) == len(rows) == 1_355
    assert (failing, strange, unmarked) == ([], [], [])
    assert {row.code[2:8] for row in rows} == {"370102", "370100", "370105", "370000"}


def test_it_lists_every_enterprise_on_every_date(district: Path) -> None:
    first = {row.code for path in (district / "2020-02-10").iterdir() for row in reading.rows(path)}
    later = {row.code for path in (district / "2020-03-22").iterdir() for row in reading.rows(path)}

    assert first == later


def test_it_writes_a_text_file_that_only_gb18030_can_read(district: Path) -> None:
    content = ledger(district, "大明湖").read_bytes()

    for encoding in ("utf-8", "gbk"):
        with pytest.raises(UnicodeDecodeError):
            content.decode(encoding)
    assert "𬭎泉" in content.decode("gb18030")


def test_it_marks_the_unicode_files(district: Path) -> None:
    assert ledger(district, "建新").read_bytes().startswith(b"\xef\xbb\xbf")
    assert ledger(district, "甸柳").read_bytes().startswith(b"\xff\xfe")
    assert ledger(district, "趵突泉").read_bytes().startswith(b"\xd0\xcf\x11\xe0")


def test_it_merges_headings_hides_rows_and_leaves_ghost_rows(district: Path) -> None:
    filtered = openpyxl.load_workbook(ledger(district, "泉城路")).active
    ghostly = openpyxl.load_workbook(ledger(district, "东关")).active
    assert filtered is not None
    assert ghostly is not None

    hidden = [row for row, size in filtered.row_dimensions.items() if size.hidden]
    headings = [cell.value for cell in filtered[3]]

    assert len(hidden) > 10
    assert all(filtered.cell(row, headings.index("实际复工时间") + 1).value is None for row in hidden)
    assert {str(area) for area in ghostly.merged_cells.ranges} >= {"A1:X1", "A2:X2", "P3:Q3", "A3:A4"}
    assert ghostly.max_row == 5_000
    assert "楼宇名称" in headings


def test_it_spells_days_and_numbers_as_each_subdistrict_does(district: Path) -> None:
    spelled = {
        street: {type(row.resumed) for row in reading.rows(ledger(district, street)) if row.resumed}
        for street in ("姚家", "龙洞")
    }
    people = [row.people for row in reading.rows(ledger(district, "东关")) if row.people]
    staff = [row.staff for row in reading.rows(ledger(district, "文东"))]

    assert spelled == {"姚家": {date, str}, "龙洞": {float}}
    assert all(text.endswith("人") for text in people)
    assert any("," in str(cell) for cell in staff)


def test_it_writes_a_row_of_totals_and_its_parts(district: Path) -> None:
    cells = reading.grid(ledger(district, "文东"))
    staff = [str(cell) for cell in cells[2]].index("职工总数")

    parts = [line[staff] for line in cells if line[0] == "小计"]
    total = next(line[staff] for line in cells if line[0] == "合计")

    assert len(parts) == 8
    assert sum(parts) == total


def test_it_stores_no_time_of_the_machine_in_a_workbook(district: Path) -> None:
    with zipfile.ZipFile(ledger(district, "智远")) as archive:
        stamps = {entry.date_time for entry in archive.infolist()}
        core = archive.read("docProps/core.xml").decode()

    assert stamps == {(1980, 1, 1, 0, 0, 0)}
    assert core.count("2020-03-30T17:00:00Z") == 2


def test_it_refuses_a_directory_that_is_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("taken", encoding="utf-8")

    code = main([str(blocked)])

    assert code == 1
    assert "请换一个可以写入的目录" in capsys.readouterr().err
