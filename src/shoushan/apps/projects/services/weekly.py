"""The weekly table of a campaign (三个一批周报, handbook D4) as a workbook."""

from __future__ import annotations

from typing import IO, Any, Final

import xlsxwriter

from shoushan.apps.projects.services.rooms import BatchLine, Room
from shoushan.exchange.exporting import OPTIONS, SIGNATURE, Formats, target
from shoushan.exchange.safe_cells import neutral
from shoushan.lib.days import document_day
from shoushan.lib.money import from_fen, rounded

HEADINGS: Final = ("批次", "目标数", "累计完成数", "本周新增", "完成率", "完成项目总投资(亿元)", "未完成项目及计划日期")
WIDTHS: Final = (14, 10, 12, 10, 10, 18, 60)


def write_weekly(out: IO[bytes], room: Room) -> None:
    """Write the table as of the room's day."""
    book = xlsxwriter.Workbook(target(out), OPTIONS)
    try:
        page = book.add_worksheet("三个一批周报")
        formats = Formats(book)
        page.merge_range(0, 0, 0, len(HEADINGS) - 1, f"{neutral(room.campaign.name)}周报", formats.title)
        line = f"截至时间:{document_day(room.as_of)}    第{room.day_number}天，还有{room.days_left}天"
        page.merge_range(1, 0, 1, len(HEADINGS) - 1, line, formats.line)
        for place, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            page.write_string(2, place, heading, formats.heading)
            page.set_column(place, place, width)
        for number, batch in enumerate(room.batches, start=3):
            _write(page, number, batch, formats)
        page.write_string(3 + len(room.batches), 0, SIGNATURE, formats.line)
    finally:
        book.close()


def _write(page: Any, row: int, batch: BatchLine, formats: Formats) -> None:
    whole, text = formats.cell("0"), formats.cell("@")
    page.write_string(row, 0, batch.label, text)
    for place, value in enumerate((batch.target_count, batch.achieved, batch.this_week), start=1):
        page.write_number(row, place, value, whole)
    share = "—" if batch.share is None else f"{rounded(batch.share, 1)}%"
    page.write_string(row, 4, share, text)
    page.write_number(row, 5, float(rounded(from_fen(batch.achieved_fen, "亿元"), 2)), formats.cell("0.00"))
    names = [f"{each.item.project.name}（{each.item.planned_on.isoformat()}）" for each in batch.open_lines]
    page.write_string(row, 6, neutral("、".join(names)), text)
