"""Text tables in every encoding and separator that offices send."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Any

import pytest

from shoushan.exchange import files
from tests.exchange.factories import HEADINGS, bring_in, codes, record

TEXT = '企业名称,职工总数\n"𬭎㛃(演示)有限公司","1,096"\n\n乙,5\n'


def rows_of(path: Path) -> list[tuple[int, list[Any]]]:
    with files.open_book(path) as book:
        return list(book.rows(book.tabs[0]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_it_finds_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    text = TEXT.replace("称,", f"称{separator}").replace('","', f'"{separator}"').replace("乙,", f"乙{separator}")
    path = tmp_path / "表.csv"
    path.write_bytes(text.encode(encoding))

    assert rows_of(path) == [(1, ["企业名称", "职工总数"]), (2, ["𬭎㛃(演示)有限公司", "1,096"]), (4, ["乙", "5"])]


def test_it_reads_big5_last(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes("企業名稱,職工總數\n甲公司,5\n".encode("big5"))

    assert rows_of(path)[0] == (1, ["企業名稱", "職工總數"])


def test_it_reads_a_tab_separated_txt_in_utf16(tmp_path: Path) -> None:
    path = tmp_path / "姚家街道复工台账(3.23).txt"
    lines = [HEADINGS, record(1), record(2)]
    text = "\r\n".join("\t".join("" if cell is None else str(cell) for cell in line) for line in lines)
    path.write_bytes(codecs.BOM_UTF16_LE + text.encode("utf-16-le"))

    result = bring_in(path, year=2020)

    assert (result.rows, result.new, codes(result)) == (2, 2, [])
    assert str(result.as_of) == "2020-03-23"
    assert result.unit == "姚家街道"


def test_it_keeps_line_breaks_inside_quotes(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes('名称,备注\n甲,"一\n二"\n乙,三\n'.encode())

    assert rows_of(path)[1:] == [(2, ["甲", "一\n二"]), (3, ["乙", "三"])]


def test_it_reads_a_gb18030_file_that_gbk_cannot(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    content = "企业名称,职工总数\n𬭎㛃有限公司,5\n".encode("gb18030")
    path.write_bytes(content)

    with pytest.raises(UnicodeDecodeError):
        content.decode("gbk")
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    assert rows_of(path)[1] == (2, ["𬭎㛃有限公司", "5"])


def test_it_reads_a_file_longer_than_one_piece(tmp_path: Path) -> None:
    path = tmp_path / "长.csv"
    path.write_bytes(("名称,数\n" + "".join(f"企业{n},{n}\n" for n in range(40_000))).encode("gb18030"))

    found = rows_of(path)

    assert len(found) == 40_001
    assert found[-1] == (40_001, ["企业39999", "39999"])
