"""The list of a page as a plain file: what is read of the markup, and what the file says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import openpyxl
import pytest
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template import Context, Template
from django.test import RequestFactory

from shoushan.ui import listing
from shoushan.ui.listing import TooManyRowsError, asked_form, page_of, writing_file
from shoushan.ui.plain_files import PlainFileMiddleware, content
from shoushan.ui.tables import Percentage, Table, read

PAGE = """<body><header><h1 class="name">首善</h1><table><tr><td>页眉</td></tr></table></header>
<main><h1> 诉求
 办理 </h1>
<table class="other"><tr><th>别的表</th></tr></table>
<div class="table-wrap"><table>
<thead><tr><th>编号</th><th><a href="?sort=n">金额<span aria-hidden="true">↕</span></a></th><th>日期</th><th class="no-file">办理</th></tr></thead>
<tbody>
<tr><th><input type="checkbox" name="code">A1</th><td class="numeric"><data value="1234.565" data-unit="亿元">1,234.57</data></td>
<td>2020-03-23</td><td><form><button>办理</button></form></td></tr>
<tr><th><a href="/x">A2</a> <small>二</small></th><td class="numeric">−1,200</td><td>2020-13-40</td><td><a class="btn">x</a></td></tr>
<tr><th>A3<br>三</th><td class="numeric"><data value="66.6666" data-unit="%">66.7%</data></td><td>—</td><td></td></tr>
</tbody></table></div>
<nav class="pages"></nav>
<table><tr><th>后面的表</th></tr></table></main></body>"""


def test_the_table_above_the_links_to_pages_is_the_list() -> None:
    found = read(PAGE)

    assert found.title == "诉求 办理"
    assert found.table is not None
    assert found.table.headings == ["编号", "金额", "日期"]
    assert found.table.rows == [
        ["A1", Decimal("1234.565"), date(2020, 3, 23)],
        ["A2 二", Decimal(-1200), "2020-13-40"],
        ["A3 三", Percentage(Decimal("66.6666")), ""],
    ]


def test_without_links_to_pages_it_is_the_first_table_of_the_text() -> None:
    found = read(PAGE.replace('<nav class="pages"></nav>', ""))

    assert found.table == Table(["别的表"], [])
    assert read("<main><h1>空</h1><p>没有</p></main>").table is None


def test_headings_of_two_levels_become_one_and_wide_cells_keep_their_columns() -> None:
    markup = """<main><table><thead><tr><th rowspan="2">街道</th><th colspan="2">企业</th></tr><tr><th>户数</th><th>人数</th></tr></thead>
    <tbody><tr><td colspan="2">合计</td><td class="numeric">12,345,678</td></tr></tbody></table></main>"""

    assert read(markup).table == Table(["街道", "企业:户数", "企业:人数"], [["合计", "", Decimal(12345678)]])


def test_columns_that_are_not_shown_stay_out() -> None:
    table = Table(["甲", "乙", "丙"], [["1", "2", "3"], ["4"]])

    assert table.without({2, 9}) == Table(["甲", "丙"], [["1", "3"], ["4"]])


def test_a_workbook_has_numbers_days_and_texts_that_stay_texts() -> None:
    table = Table(
        ["编号", "数", "率", "日"],
        [["=1+1", Decimal("1234.565"), Percentage(Decimal("66.6666")), date(2020, 3, 23)], [""]],
    )

    page = openpyxl.load_workbook(BytesIO(content(table, "xlsx"))).active

    assert page is not None
    assert [cell.value for cell in page[1]] == ["编号", "数", "率", "日"]
    assert page["A2"].value == "'=1+1"
    assert page["B2"].value == 1234.565
    assert page["C2"].value == pytest.approx(0.666666)
    assert page["C2"].number_format == "0.0%"
    assert page["D2"].value.date() == date(2020, 3, 23)  # type: ignore[union-attr]
    assert page["A3"].value is None
    assert page.auto_filter.ref == "A1:D3"


def test_a_csv_says_the_same() -> None:
    row = [
        "91370102MA3ABCDE12",
        "370102199001011234",
        Decimal("0.10"),
        Percentage(Decimal("66.6666")),
        date(2020, 3, 23),
    ]
    table = Table(["代码", "号码", "数", "率", "日"], [row, ["@x"]])

    text = content(table, "csv").decode("utf-8-sig").splitlines()

    assert text[0] == "代码,号码,数,率,日"
    assert text[1] == "91370102MA3ABCDE12,\t370102199001011234,0.10,66.6666%,2020-03-23"
    assert text[2] == "'@x"


def asked(query: str, method: str = "GET") -> HttpRequest:
    return RequestFactory().generic(method, f"/list/?{query}")


def test_only_what_is_known_and_only_reading_asks_for_a_file() -> None:
    assert [asked_form(asked(query)) for query in ("as=csv", "as=xlsx", "as=exe", "")] == ["csv", "xlsx", "", ""]
    assert asked_form(asked("as=csv", "POST")) == ""


def test_a_file_has_all_rows_in_one_page_and_says_when_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = list(range(120))

    assert len(page_of(asked("page=3"), rows)) == 20
    assert list(page_of(asked("page=none"), rows)) == rows[:50]
    assert list(page_of(asked("page=3&as=csv"), rows)) == rows
    monkeypatch.setattr(listing, "MOST", 100)
    with pytest.raises(TooManyRowsError, match="找到 120 条，一次最多导出 100 条"):
        page_of(asked("as=csv"), rows)


NUMBERS = """{% load ui %}{% number a "%" %}|{% number b "户" %}|{% yi c %}|{% percent d %}|{% number e %}|{{ f|shortened:3 }}"""
VALUES = {"a": Fraction(200, 3), "b": 1234, "c": 123456789012, "d": Fraction(1, 8), "e": None, "f": "一二三四五"}


def test_in_a_file_numbers_are_exact_and_texts_whole() -> None:
    with writing_file():
        text = Template(NUMBERS).render(Context(VALUES))

    assert [part.partition('">')[0] for part in text.split("|")[:4]] == [
        '<data value="66.66666667" data-unit="%',
        '<data value="1234" data-unit="户',
        '<data value="12.3456789012" data-unit="',
        '<data value="12.5" data-unit="%',
    ]
    assert text.endswith("—</span>|一二三四五")
    assert "<data" not in Template(NUMBERS).render(Context(VALUES))
    assert Template(NUMBERS).render(Context(VALUES)).endswith("|...")


def answer(query: str, given: HttpResponseBase) -> HttpResponseBase:
    return PlainFileMiddleware(lambda _request: given)(asked(query))


def test_a_page_becomes_its_list_without_the_columns_hidden() -> None:
    found = answer("as=csv&hide=2.x", HttpResponse(PAGE))

    assert isinstance(found, HttpResponse)
    assert found.content.decode("utf-8-sig").splitlines()[:2] == ["编号,日期", "A1,2020-03-23"]
    assert found.headers["Content-Disposition"].endswith("%E8%AF%89%E6%B1%82%20%E5%8A%9E%E7%90%86.csv")


def test_what_is_no_page_with_a_list_stays_what_it_is() -> None:
    refused = HttpResponse(PAGE, status=403)
    stream = StreamingHttpResponse([b"x"])
    data = HttpResponse(b"{}", content_type="application/json")

    assert answer("as=csv", refused) is refused
    assert answer("as=csv", stream) is stream
    assert answer("as=csv", data) is data
    page = HttpResponse(PAGE)
    assert answer("", page) is page


def test_a_page_without_a_list_is_shown_itself() -> None:
    empty = answer("as=csv&area=1", HttpResponse("<main><h1>空</h1></main>"))

    assert (empty.status_code, empty.headers["Location"]) == (302, "/list/?area=1")
    assert answer("as=xlsx", HttpResponse("<main></main>")).headers["Location"] == "/list/"
    assert QueryDict("as=csv")  # the parameter is an ordinary one


def test_too_many_rows_are_answered_by_a_page_with_the_sentence() -> None:
    middleware = PlainFileMiddleware(lambda _request: HttpResponse())

    found = middleware.process_exception(asked("as=csv"), TooManyRowsError(10_001))

    assert found is not None
    assert found.status_code == 400
    assert "一次最多导出 10,000 条" in found.content.decode()
    assert middleware.process_exception(asked("as=csv"), ValueError()) is None
