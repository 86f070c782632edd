"""The weekly table of a campaign (三个一批周报, handbook D4) as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any, Final

from shoushan.apps.projects.services.rooms import BatchLine, ItemLine, Room
from shoushan.exchange.exporting import SIGNATURE, Formats, plain_table
from shoushan.lib.days import document_day
from shoushan.lib.money import from_fen, rounded
from shoushan.lib.safe_cells import neutral

HEADINGS: Final = (
    ("批次", 14),
    ("目标数", 10),
    ("累计完成数", 12),
    ("本周新增", 10),
    ("完成率(占目标)", 14),
    ("完成项目总投资(亿元)", 18),
    ("未完成项目及原因", 80),
)


def write_weekly(out: IO[bytes], room: Room, obstacles: Mapping[int, str]) -> None:
    """Write the table as of the room's day; `obstacles` says by project what stood in its way."""
    line = f"截至时间:{document_day(room.as_of)}    第{room.day_number}天，还有{room.days_left}天"
    title = f"{room.campaign.name}周报"
    with plain_table(out, "三个一批周报", title=title, line=line, headings=HEADINGS) as (page, formats):
        for number, batch in enumerate(room.batches, start=3):
            _write(page, number, batch, formats, obstacles)
        page.write_string(3 + len(room.batches), 0, SIGNATURE, formats.line)


def _write(page: Any, row: int, batch: BatchLine, formats: Formats, obstacles: Mapping[int, str]) -> None:
    whole, text = formats.cell("0"), formats.cell("@")
    page.write_string(row, 0, batch.label, text)
    for place, value in enumerate((batch.target_count, batch.achieved, batch.this_week), start=1):
        page.write_number(row, place, value, whole)
    share = "—" if batch.share is None else f"{rounded(batch.share, 1)}%"
    page.write_string(row, 4, share, text)
    page.write_number(row, 5, float(rounded(from_fen(batch.achieved_fen, "亿元"), 2)), formats.cell("0.00"))
    words = [_unfinished(each, obstacles) for each in batch.open_lines]
    gone = "、".join(each.name for each in batch.gone_lines)
    page.write_string(row, 6, neutral("；".join([*words, *([f"已退出：{gone}"] if gone else [])])), text)


def _unfinished(line: ItemLine, obstacles: Mapping[int, str]) -> str:
    """Its name, its day and why: what was stated, else what stands in its way."""
    day = f"计划{line.planned_on.isoformat()}"
    late = f"，逾期{line.days_late}天" if line.days_late else ""
    return f"{line.name}（{day}{late}）：{why(line, obstacles) or '未说明'}"


def why(line: ItemLine, obstacles: Mapping[int, str]) -> str:
    """Why an item is not achieved: the reason stated for it, else the obstacles of its project that stood open."""
    if line.reason:
        return line.reason
    standing = obstacles.get(line.item.project_id, "")
    return f"堵点：{standing}" if standing else ""
