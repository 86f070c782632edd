"""The district's daily report: its layout, its sums by trade and by subdistrict, on any day (handbook C5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from shoushan.apps.resumption.services.daily_reports import (
    ENTERPRISES,
    HEADINGS,
    PEOPLE,
    ReportLine,
    SumCheck,
    check_line,
    compose_report,
    write_report,
)
from shoushan.directory.enums import Role
from tests.apps.resumption.factories import JANUARY, frame, report
from tests.directory.factories import a_user
from tests.kept import district

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2020, 2, 10), date(2020, 2, 11)


@pytest.fixture(autouse=True)
def _returns(tmp_path: Path) -> None:
    district()
    kinds = {1: "规上工业", 2: "限上零售", 3: "限上批发", 4: "规上服务业"}
    frame(tmp_path, JANUARY, kinds)
    report(tmp_path, FIRST, [[1, 100, "2020-02-10", 40], [2, 50, "", 0], [3, 60, "2020-02-10", 10], [4, 10, "", 0]])
    report(
        tmp_path,
        SECOND,
        [[1, 100, "2020-02-10", 45], [2, 50, "2020-02-11", 20], [3, 60, "2020-02-10", 5], [4, 10, "", 0]],
    )


def test_it_shows_the_trades_and_the_subdistricts_of_the_day() -> None:
    found = compose_report(as_of=SECOND)

    lines = {line.name: line.cells for line in found.by_trade}
    assert lines["批零"] == (2, 2, 1, Decimal("100.0"), 110, 25, Decimal("22.7"), 15)
    assert lines["工业"] == (1, 1, 0, Decimal("100.0"), 100, 45, Decimal("45.0"), 5)
    assert lines["服务业"] == (1, 0, 0, Decimal("0.0"), 10, 0, Decimal("0.0"), 0)
    assert lines["建筑业"][3] is None
    assert [(line.name, line.sums[PEOPLE]) for line in found.by_area] == [("姚家街道", 70)]
    assert found.total.cells == (4, 3, 1, Decimal("75.0"), 220, 70, Decimal("31.8"), 20)
    assert found.is_right
    assert "各列一致" in check_line(found)


def test_it_says_the_same_of_a_past_day_whatever_came_later() -> None:
    assert compose_report(as_of=FIRST).total.sums[ENTERPRISES] == 2


def test_it_names_the_column_whose_sums_differ() -> None:
    found = compose_report(as_of=SECOND)
    wrong = SumCheck("累计复工", 3, 3, 2)
    changed = type(found)(found.as_of, found.frame, found.total, found.by_trade, found.by_area, (wrong,))
    assert not changed.is_right
    assert check_line(changed) == "核对不一致：累计复工 分类别3、分街道2、合计3"
    assert ReportLine("x", found.total.sums).cells == found.total.cells


def test_the_workbook_has_the_layout_with_numbers_as_numbers() -> None:
    out = BytesIO()
    write_report(out, compose_report(as_of=SECOND))
    out.seek(0)
    rows = CalamineWorkbook.from_filelike(out).get_sheet_by_index(0).to_python()

    assert rows[0][0] == "企业复工复产日报"
    assert "截至2020年2月11日" in str(rows[1][0])
    assert [rows[2][0], *rows[2][1:9]] == ["类别", *HEADINGS]
    assert [row[0] for row in rows[3:10]] == ["工业", "建筑业", "批零", "住餐", "房地产", "服务业", "合计"]
    assert rows[9][1:9] == [4.0, 3.0, 1.0, 75.0, 220.0, 70.0, 31.8, 20.0]
    assert any("各列一致" in str(row[0]) for row in rows)


def test_the_page_shows_it_and_hands_it_out() -> None:
    client = Client()
    client.force_login(a_user("office", (Role.HQ_OFFICE, "370102")))
    address = reverse("resumption:daily-report")

    page = client.get(address, {"as_of": "2020-02-11"}).content.decode()
    assert "各列一致" in page
    assert "22.7" in page
    book = client.get(address, {"as_of": "2020-02-11", "format": "xlsx"})
    assert CalamineWorkbook.from_filelike(BytesIO(book.content)).sheet_names == ["复工日报"]
    assert "还没有在库企业" in client.get(address, {"as_of": "2019-01-01"}).content.decode()
