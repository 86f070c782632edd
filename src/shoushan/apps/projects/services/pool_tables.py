"""The ideas of a list as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import IO, Final

from shoushan.apps.projects.enums.pool import IdeaState
from shoushan.apps.projects.models import Idea
from shoushan.exchange.exporting import plain_table, write_plain
from shoushan.lib.days import document_day
from shoushan.lib.languages import official
from shoushan.lib.money import from_fen

HEADINGS: Final = (
    ("编号", 24),
    ("策划项目名称", 40),
    ("主题", 12),
    ("所属街道", 14),
    ("片区", 24),
    ("行业", 18),
    ("策划内容", 60),
    ("预计总投资(亿元)", 14),
    ("预计年税收(万元)", 14),
    ("预计就业(人)", 12),
    ("来源", 12),
    ("策划单位", 20),
    ("入库日期", 12),
    ("状态", 14),
    ("转化为项目", 40),
    ("转化日期", 12),
)
NUMBERS: Final = dict.fromkeys((7, 8, 9), "0.######")


def write_pool(out: IO[bytes], ideas: Iterable[Idea], *, on: date, names: Mapping[str, str]) -> None:
    """Write the ideas, one a line, as of a day."""
    line = f"截至时间:{document_day(on)}"
    table = plain_table(out, "策划项目", title="策划项目库", line=line, headings=HEADINGS)
    with official(), table as (page, formats):
        write_plain(page, formats, (tuple(_cells(each, names)) for each in ideas), NUMBERS)


def _cells(idea: Idea, names: Mapping[str, str]) -> Iterator[str]:
    yield from (idea.code, idea.name, str(idea.get_theme_display()), names.get(idea.area_code, idea.area_code))
    yield from (str(idea.zone or ""), idea.industry, idea.content)
    yield from (str(from_fen(idea.invest_fen, "亿元")), str(from_fen(idea.tax_fen, "万元")), str(idea.jobs))
    yield from (str(idea.get_source_display()), str(idea.lead), idea.proposed_on.isoformat())
    yield str(IdeaState(idea.state).label)
    yield idea.project.name if idea.project else ""
    yield idea.became_on.isoformat() if idea.became_on else ""
