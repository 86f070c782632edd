"""A release in the layout of official documents, as Word and PDF: the measures of GB/T 9704-2012, the frozen numbers."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from pypdf import PdfReader

from shoushan.apps.resumption.services import release_bulletin
from shoushan.directory.enums import Role
from shoushan.figures.measures import measure
from shoushan.figures.papers import paper_of
from shoushan.figures.services import publish_release
from shoushan.lib.papers import Paper, level
from shoushan.lib.papers_pdf import write_pdf
from shoushan.lib.papers_word import write_word
from tests.apps.resumption.factories import AT, JANUARY, frame, report
from tests.directory.factories import a_user
from tests.kept import district

DAY = date(2020, 2, 17)
PAPER = Paper(
    mark="区企业复工复产工作专班",
    number="历下复工专报〔2020〕1号",
    title="企业复工复产日报",
    paragraphs=("截至2月17日，复工2家。", "一、总体情况", "（一）分街道", "1.姚家街道"),
    signature="区企业复工复产工作专班",
    day="2020年2月18日",
    addressee="区领导小组",
    note="此件公开发布",
)


def word(paper: Paper) -> Any:
    out = BytesIO()
    write_word(out, paper)
    return Document(BytesIO(out.getvalue()))


def pdf(paper: Paper) -> PdfReader:
    out = BytesIO()
    write_pdf(out, paper)
    return PdfReader(BytesIO(out.getvalue()))


def text_of(reader: PdfReader) -> str:
    return "".join(page.extract_text() for page in reader.pages).replace("\n", "").replace(" ", "")


# ---- the layout ---------------------------------------------------------------------------------------------
def test_word_has_the_measures_of_the_standard() -> None:
    document = word(PAPER)
    section = document.sections[0]

    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(each.mm) for each in margins] == [37, 35, 28, 26]
    mark, *_others = document.paragraphs
    assert mark.text == PAPER.mark
    assert str(mark.runs[0].font.color.rgb) == "D7000F"
    body = next(each for each in document.paragraphs if each.text.startswith("截至"))
    assert (body.runs[0].font.size, body.paragraph_format.first_line_indent) == (Pt(16), Pt(32))
    assert body.paragraph_format.line_spacing == Pt(28.95)
    faces = [
        each.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia"))
        for each in document.paragraphs
        if each.text in PAPER.paragraphs
    ]
    assert faces == ["FangSong_GB2312", "SimHei", "KaiTi_GB2312", "FangSong_GB2312"]
    footer = "".join(each.text for each in section.footer.paragraphs)
    assert footer.startswith("— ")
    assert document.settings.odd_and_even_pages_header_footer


def test_pdf_says_the_same_on_a4_and_is_the_same_bytes_again() -> None:
    reader = pdf(PAPER)

    assert [round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:]] == [210, 297]
    said = text_of(reader)
    for part in (
        PAPER.mark,
        PAPER.number,
        PAPER.title,
        "区领导小组：",
        *PAPER.paragraphs,
        PAPER.day,
        "（此件公开发布）",
        "—1—",
    ):
        assert part in said, part
    one, other = BytesIO(), BytesIO()
    write_pdf(one, PAPER)
    write_pdf(other, PAPER)
    assert one.getvalue() == other.getvalue()


def test_a_long_mark_stays_on_one_line() -> None:
    assert PAPER.mark_size == 36
    long = Paper(mark="区" * 24, number="", title="", paragraphs=(), signature="", day="")
    assert long.mark_size * 24 <= 156 / 25.4 * 72 + 0.01


@pytest.mark.parametrize(
    ("paragraph", "face"),
    [
        ("一、情况", "heading"),
        ("十二、情况", "heading"),
        ("（三）情况", "second"),
        ("复工、复产", "body"),
        ("", "body"),
        ("（注）", "body"),
    ],
)
def test_levels_are_told_by_their_numbers(paragraph: str, face: str) -> None:
    assert level(paragraph) == face


# ---- a release ------------------------------------------------------------------------------------------------
@pytest.fixture
def _facts(tmp_path: Path) -> None:
    district()
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})
    report(tmp_path, DAY, [[1, 50, "2020-02-10", 30], [2, 20, "2020-02-14", 11]])


@pytest.mark.django_db
@pytest.mark.usefixtures("_facts")
def test_it_says_what_was_frozen(tmp_path: Path) -> None:
    release = release_bulletin(as_of=DAY, at=AT, actor=None)
    before = paper_of(release)
    report(tmp_path, DAY, [[1, 50, "2020-02-10", 44]])

    assert paper_of(release) == before
    assert "累计开工总人数41人" in before.paragraphs[0]
    assert "复工率100.0%（基数：统计局在库“四上”企业名册）" in before.paragraphs[0]
    assert before.paragraphs[1] == "以上以四上企业在库名单（2020年1月）为准。"
    by_area, by_category = before.tables
    assert by_area.rows[0][:3] == ("姚家街道", "2", "2")
    assert by_area.rows[-1][0] == "合计"
    assert [row[0] for row in by_category.rows] == ["规模以上工业", "限额以上零售业", "合计"]
    again = release_bulletin(as_of=DAY, at=AT, actor=None, corrects=release, reason="补报")
    assert paper_of(again).paragraphs[-1] == f"本期更正{release.number}，原因：补报。"
    assert "累计开工总人数55人" in text_of(pdf(paper_of(again)))


@pytest.mark.django_db
def test_a_day_on_which_nothing_was_reported_has_no_tables_and_no_rates() -> None:
    district()
    measures = [measure("resumption.people_at_work"), measure("resumption.resumption_rate")]

    paper = paper_of(publish_release(measures=measures, as_of=DAY, title="日报", at=AT, actor=None))

    assert "复工率—%" in paper.paragraphs[0]
    assert "累计开工总人数0人" in paper.paragraphs[0]
    assert len(paper.paragraphs) == 1
    assert paper.tables == ()


@pytest.mark.django_db
@pytest.mark.usefixtures("_facts")
def test_it_is_downloaded_from_the_release() -> None:
    release = release_bulletin(as_of=DAY, at=AT, actor=None)
    client = Client()
    client.force_login(a_user("leader", (Role.DISTRICT_LEADER, "370102")))
    page = client.get(reverse("figures:release-detail", args=[release.number])).content.decode()

    for form, magic in (("docx", b"PK"), ("pdf", b"%PDF-")):
        address = reverse("figures:release-paper", args=[release.number, form])
        assert address in page
        answer = client.get(address)
        assert answer.content.startswith(magic)
        assert form in answer.headers["Content-Disposition"]
    assert client.get(reverse("figures:release-paper", args=[release.number, "doc"])).status_code == 404
