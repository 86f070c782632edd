"""A paper as a Word document."""

from __future__ import annotations

from typing import IO, Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from shoushan.lib.papers import (
    BOTTOM,
    FONTS,
    FOURTH,
    LEFT,
    LINE,
    MARK_DROP,
    RED,
    RIGHT,
    SECOND,
    TABLE,
    THIRD,
    TOP,
    Paper,
    PaperTable,
    level,
)

CENTRE, TO_RIGHT, TO_LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT


def write_word(out: IO[bytes], paper: Paper) -> None:
    """Write the paper as .docx."""
    document = Document()
    _page(document)
    mark = _line(document, paper.mark, "mark", paper.mark_size, CENTRE, colour=RED)
    mark.paragraph_format.space_before = Mm(MARK_DROP)
    mark.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    _blank(document)
    number = _line(document, paper.number, "body", THIRD, CENTRE)
    _rule_below(number)
    _blank(document)
    _line(document, paper.title, "mark", SECOND, CENTRE)
    _blank(document)
    if paper.addressee:
        _line(document, f"{paper.addressee}：", "body", THIRD, TO_LEFT)
    for paragraph in paper.paragraphs:
        _indented(_line(document, paragraph, level(paragraph), THIRD, WD_ALIGN_PARAGRAPH.JUSTIFY))
    for table in paper.tables:
        _table(document, table)
    _blank(document)
    for text in (paper.signature, paper.day):
        _line(document, text, "body", THIRD, TO_RIGHT).paragraph_format.right_indent = Pt(4 * THIRD)
    if paper.note:
        _indented(_line(document, f"（{paper.note}）", "body", THIRD, TO_LEFT))
    document.save(out)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.footer_distance = Mm(BOTTOM - 7 - 5)
    document.settings.odd_and_even_pages_header_footer = True
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(LINE * 20)))
    section._sectPr.append(grid)  # noqa: SLF001 - python-docx has no name for the grid
    for footer, side in ((section.footer, TO_RIGHT), (section.even_page_footer, TO_LEFT)):
        footer.is_linked_to_previous = False
        _page_number(footer.paragraphs[0], side)


def _page_number(paragraph: Any, side: Any) -> None:
    paragraph.alignment = side
    indent = "right_indent" if side == TO_RIGHT else "left_indent"
    setattr(paragraph.paragraph_format, indent, Pt(FOURTH))
    _run(paragraph, "— ", "page", FOURTH)
    run = _run(paragraph, "", "page", FOURTH)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text
        run._r.append(part)  # noqa: SLF001 - python-docx has no name for fields
    _run(paragraph, " —", "page", FOURTH)


def _line(document: Any, text: str, face: str, size: float, side: Any, colour: str = "") -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = side
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(max(LINE, size * 1.3))
    _run(paragraph, text, face, size, colour)
    return paragraph


def _run(paragraph: Any, text: str, face: str, size: float, colour: str = "") -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), FONTS[face][0]
    run._r.rPr.rFonts.set(qn("w:eastAsia"), FONTS[face][0])  # noqa: SLF001 - python-docx names Latin faces only
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    return run


def _indented(paragraph: Any) -> None:
    paragraph.paragraph_format.first_line_indent = Pt(2 * THIRD)


def _blank(document: Any) -> None:
    _line(document, "", "body", THIRD, TO_LEFT)


def _rule_below(paragraph: Any) -> None:
    """The red line, 4 mm below the number."""
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "11"), ("color", RED)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001 - python-docx has no name for borders


def _table(document: Any, table: PaperTable) -> None:
    title = _line(document, table.title, "second", THIRD, TO_LEFT)
    title.paragraph_format.keep_with_next = True
    _indented(title)
    grid = document.add_table(rows=1, cols=len(table.headings))
    grid.style = "Table Grid"
    _cells(grid.rows[0], table.headings, "heading")
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(repeat)  # noqa: SLF001 - python-docx has no name for repeated headings
    for row in table.rows:
        _cells(grid.add_row(), row, "body")


def _cells(row: Any, texts: tuple[str, ...], face: str) -> None:
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.alignment = TO_LEFT if place == 0 else CENTRE if face == "heading" else TO_RIGHT
        paragraph.paragraph_format.space_after = Pt(0)
        _run(paragraph, text, face, TABLE)
