"""How documents about projects say values: amounts, shares, points, days, and what a section of a report is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from shoushan.apps.projects.enums.projects import Light, ProjectStage
from shoushan.apps.projects.selectors.reporting import Now
from shoushan.apps.projects.selectors.returns import older_than_due
from shoushan.lib.money import from_fen, rounded

NOTHING: Final = "—"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: its heading, sentences, and a table where there is one."""

    title: str
    paragraphs: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numbers_from: int = 0
    """The first column of numbers; those after it hold numbers too. 0 where there is none."""

    def as_dict(self) -> dict[str, Any]:
        """As it is frozen."""
        return asdict(self)


def yi(fen: int | None) -> str:
    """An amount in 亿元 with two places."""
    return NOTHING if fen is None else f"{rounded(from_fen(fen, '亿元'), 2)}"


def share(value: Fraction | None) -> str:
    """Per cent with one place."""
    return NOTHING if value is None else f"{rounded(value, 1)}%"


def points(value: Fraction | None) -> str:
    """Percentage points with their sign: +3.2."""
    return NOTHING if value is None else f"{rounded(value, 1):+}"


def day(value: date | None) -> str:
    """A day in a table."""
    return NOTHING if value is None else value.isoformat()


def stage(code: str) -> str:
    """A stage by name."""
    return str(ProjectStage(code).label) if code in ProjectStage.values else code


def light(now: Now, as_of: date) -> str:
    """The light by name, with its month where that isn't the month that is due."""
    name = str(Light(now.standing.light).label)
    if now.newest is None or now.standing.light == Light.NONE or not older_than_due(now.newest.month, as_of):
        return name
    return f"{name}（{now.newest.month.month}月）"


def standing_sentence(now: Now) -> str:
    """How the year's investment stands against plan and time; that nothing was reported where nothing was."""
    if now.newest is None:
        return "本年还没有报送月度投资。"
    said = f"截至{now.newest.month.month}月底，本年完成投资{yi(now.newest.year_fen)}亿元"
    if now.plan is not None and now.standing.share is not None:
        said += f"，占年度计划{yi(now.plan.year_fen)}亿元的{share(now.standing.share)}"
    if now.standing.ahead is not None:
        word = "快于" if now.standing.ahead >= 0 else "慢于"
        said += f"，{word}时间进度{rounded(abs(now.standing.ahead), 1)}个百分点"
    return f"{said}；自开始建设累计完成{yi(now.newest.total_fen)}亿元。"
