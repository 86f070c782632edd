"""A paper in the layout of official documents (党政机关公文格式, GB/T 9704-2012), as data; written as Word and as PDF elsewhere.

Lengths in millimetres, sizes in points. Paper A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm, 22 lines of 28 characters.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

TOP, LEFT, RIGHT, BOTTOM = 37, 28, 26, 35
MARK_DROP: Final = 35
"""From the top edge of the text to the top of the mark."""
SECOND, THIRD, FOURTH = 22, 16, 14
"""2号, 3号, 4号."""
LINE: Final = 28.95
"""Distance of lines: 3号 and seven eighths of it, so that 22 of them fill the page."""
TABLE: Final = 12
RED: Final = "D7000F"
FONTS: Final = {
    "mark": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "STZhongsong", "Noto Serif SC"),
    "body": ("FangSong_GB2312", "FangSong", "STFangsong", "Noto Serif SC"),
    "heading": ("SimHei", "STHeiti", "Noto Sans SC"),
    "second": ("KaiTi_GB2312", "KaiTi", "STKaiti", "Noto Serif SC"),
    "page": ("SimSun", "STSong", "Noto Serif SC"),
}
"""The faces that the standard names come first; they are not free, so each has a free one at its end."""


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table within a paper; the first column holds names, the others numbers as text."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands in it, from top to bottom. Everything is Chinese; `paragraphs` that begin with 一、 are headings."""

    mark: str
    """发文机关标志, in red."""
    number: str
    """发文字号, or the number of an issue."""
    title: str
    paragraphs: tuple[str, ...]
    signature: str
    day: str
    """成文日期, written as in documents."""
    tables: tuple[PaperTable, ...] = ()
    addressee: str = ""
    note: str = ""
    """附注, without its brackets."""

    @property
    def mark_size(self) -> float:
        """The mark stays on one line: 36 points, less where the name is long."""
        return min(36, (210 - LEFT - RIGHT) * 72 / 25.4 / max(1, len(self.mark)))

    def as_dict(self) -> dict[str, Any]:
        """The paper as plain values, for a template."""
        return asdict(self)


def level(paragraph: str) -> str:
    """The face of a paragraph by its number: 一、 heading, （一） second, everything else body."""
    head, mark, _rest = paragraph[:6].partition("、")
    if mark and head and set(head) <= set("一二三四五六七八九十"):
        return "heading"
    return "second" if paragraph[:1] == "（" and paragraph[1:2] in "一二三四五六七八九十" and paragraph[1:2] else "body"
