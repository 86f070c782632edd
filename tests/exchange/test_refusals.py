"""Files that are refused as a whole, each with its own code and a sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from shoushan.exchange import files
from shoushan.exchange.limits import FileRefusedError, Limits
from tests.exchange.factories import HEADINGS, LINE, TITLE, bring_in, ledger, part, record, with_part, write_book

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def code_of(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(FileRefusedError) as refused:
        files.open_book(path, limits=limits or Limits())
    assert refused.value.sentence.endswith("。")
    return refused.value.code


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("空.xlsx", b"", "empty"),
        ("网页.xls", b"<html><table><tr><td>1</td></tr></table></html>", "html_as_xls"),
        ("网页.xls", "\ufeff\r\n <!DOCTYPE html><html>".encode(), "html_as_xls"),
        ("表.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:x"></Workbook>', "html_as_xls"),
        ("网页.xls", "<html>".encode("utf-16"), "html_as_xls"),
        ("文本.xls", "企业名称,职工总数\n甲,1\n".encode("gb18030"), "text_as_xls"),
        ("文本.xlsx", b"a\tb\n1\t2\n", "text_as_xls"),
        ("图.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d", "unknown_type"),
        ("文.csv", b"%PDF-1.7 abc", "unknown_type"),
        ("文.doc", b"hello", "unknown_type"),
        ("加密.xlsx", OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512, "encrypted"),
        ("宏.xls", OLE + b"\0" * 512 + "_VBA_PROJECT".encode("utf-16-le") + b"\0" * 512, "macros"),
        ("别的.xls", OLE + b"\0" * 1024, "unknown_type"),
        ("坏.xls", OLE + b"\0" * 512 + "Workbook".encode("utf-16-le") + b"\0" * 512, "broken"),
        ("坏.xlsx", b"PK\x03\x04" + b"\0" * 200, "broken"),
        ("坏.csv", b"\xff\xfea\xd8b\xd8", "encoding"),
        ("坏.csv", b"a,b\n\xff\xff\xff,\xff\n", "encoding"),
    ],
)
def test_it_refuses_by_content(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    assert code_of(path) == code


def test_it_refuses_a_file_over_the_size_limit(tmp_path: Path) -> None:
    path = write_book(tmp_path / "大.xlsx", [["甲"] * 100] * 100)

    assert code_of(path, Limits(file_bytes=1000)) == "too_large"


def test_it_refuses_a_macro_file(tmp_path: Path) -> None:
    path = with_part(write_book(tmp_path / "宏.xlsx", [["甲"]]), "xl/vbaProject.bin", b"x")

    assert code_of(path) == "macros"


def test_it_refuses_another_kind_of_zip(tmp_path: Path) -> None:
    path = tmp_path / "文档.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert code_of(path) == "unknown_type"


def test_it_refuses_a_zip_that_unpacks_to_too_much(tmp_path: Path) -> None:
    path = with_part(write_book(tmp_path / "炸弹.xlsx", [["甲"]]), "xl/media/big.bin", b"\0" * 3_000_000)

    assert code_of(path, Limits(unpacked_bytes=2_000_000)) == "zip_bomb"
    assert code_of(path, Limits(unpacked_ratio=20, ratio_from_bytes=1_000_000)) == "zip_bomb"


def test_it_refuses_a_zip_of_too_many_parts(tmp_path: Path) -> None:
    path = write_book(tmp_path / "碎.xlsx", [["甲"]])

    assert code_of(path, Limits(entries=3)) == "zip_bomb"


def test_it_refuses_a_part_that_lies_about_its_size(tmp_path: Path) -> None:
    path = write_book(tmp_path / "谎.xlsx", [["甲", "乙"]] * 500)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(bytes(content).replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))

    with pytest.raises(FileRefusedError) as refused:
        bring_in(path)

    assert refused.value.code == "broken"


def test_it_refuses_a_truncated_workbook(tmp_path: Path) -> None:
    path = write_book(tmp_path / "半.xlsx", ledger([record(1)]))
    path.write_bytes(path.read_bytes()[:-300])

    assert code_of(path) == "broken"


def test_it_refuses_damaged_rows(tmp_path: Path) -> None:
    path = write_book(tmp_path / "坏.xlsx", ledger([record(n) for n in range(1, 40)]))
    xml = part(path, "xl/worksheets/sheet1.xml")
    with_part(path, "xl/worksheets/sheet1.xml", xml[: len(xml) // 2])

    with pytest.raises(FileRefusedError) as refused:
        bring_in(path)

    assert refused.value.code == "broken"


def test_it_refuses_more_rows_than_allowed(tmp_path: Path) -> None:
    path = write_book(tmp_path / "多.xlsx", ledger([record(n) for n in range(1, 8)]))
    from shoushan.exchange import importing
    from tests.exchange.factories import AT, LedgerSheet

    with pytest.raises(FileRefusedError) as refused:
        importing.run(path, options=importing.Options(at=AT), sheet=LedgerSheet(), limits=Limits(rows=5))

    assert refused.value.code == "too_many_rows"


def test_it_refuses_more_columns_than_allowed(tmp_path: Path) -> None:
    path = write_book(tmp_path / "宽.xlsx", [["甲"] * 600])

    with pytest.raises(FileRefusedError) as refused:
        bring_in(path)

    assert refused.value.code == "too_many_columns"


def test_it_names_the_missing_column_and_what_it_found_instead(tmp_path: Path) -> None:
    headings = ["企业编号代码" if heading == "统一社会信用代码" else heading for heading in HEADINGS]
    path = write_book(tmp_path / "缺.xlsx", [[TITLE], [LINE], headings, record(1)])

    with pytest.raises(FileRefusedError) as refused:
        bring_in(path)

    assert refused.value.code == "missing_columns"
    assert "“统一社会信用代码”" in refused.value.sentence
    assert "“企业编号代码”" in refused.value.sentence


def test_it_refuses_two_headings_for_one_column(tmp_path: Path) -> None:
    headings = ["返岗人数", "企业名称", "信用代码", "到岗人数"]
    path = write_book(tmp_path / "双.xlsx", [headings, [1, "甲", "乙", 2]])

    with pytest.raises(FileRefusedError) as refused:
        bring_in(path)

    assert refused.value.code == "doubled_columns"
    assert "“到岗人数”" in refused.value.sentence


def test_it_refuses_a_heading_in_another_unit(tmp_path: Path) -> None:
    path = write_book(tmp_path / "元.xlsx", [["企业名称", "信用代码", "营业收入(元)"], ["甲", "乙", 2]])

    with pytest.raises(FileRefusedError) as refused:
        bring_in(path)

    assert refused.value.code == "unit_conflict"
    assert "万元" in refused.value.sentence


def test_it_refuses_a_file_without_a_table(tmp_path: Path) -> None:
    path = write_book(tmp_path / "无.xlsx", [["会议通知"], ["各街道", "请于周五前", "报送"]])

    with pytest.raises(FileRefusedError) as refused:
        bring_in(path)

    assert refused.value.code == "no_table"
    assert "请于周五前" in refused.value.sentence


def test_it_refuses_a_workbook_without_content(tmp_path: Path) -> None:
    path = write_book(tmp_path / "白.xlsx", [])

    with pytest.raises(FileRefusedError) as refused:
        bring_in(path)

    assert refused.value.code == "empty"
