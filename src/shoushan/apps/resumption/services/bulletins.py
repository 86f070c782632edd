"""The bulletin of work resumption: composed from figures alone, nothing in it is typed; released by freezing them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from shoushan.apps.resumption.measures import BULLETIN
from shoushan.directory.access import check_permission
from shoushan.directory.models import User
from shoushan.figures import naming
from shoushan.figures.arithmetic import days_before
from shoushan.figures.models import Release
from shoushan.figures.services import publish_release
from shoushan.figures.values import Compared, Figure, compared, evaluate, evaluate_many
from shoushan.lib.days import document_day
from shoushan.lib.languages import official_text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ENTERPRISES: Final = "resumption.enterprises_resumed"
PEOPLE: Final = "resumption.people_at_work"
TODAY: Final = "resumption.enterprises_resumed_today"
FRAME: Final = "resumption.enterprises_in_frame"
RATE: Final = "resumption.resumption_rate"
RETURN_RATE: Final = "resumption.staff_return_rate"
LINE_CODES: Final = (FRAME, ENTERPRISES, TODAY, RATE, PEOPLE, RETURN_RATE)
"""The columns of the bulletin's tables, in order."""


class BulletinError(ValueError):
    """A bulletin that can't be released."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: a subdistrict or a 四上 type with its figures, in the order of LINE_CODES."""

    key: str
    name: StrOrPromise
    values: tuple[int | Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The figures of one day with their two breakdowns. What it says is a document: Chinese for every reader."""

    as_of: date
    figures: dict[str, Figure]
    by_area: list[Line]
    by_category: list[Line]

    @property
    def headline(self) -> str:
        """The sentence for the press (handbook Appendix 1 no. 2)."""
        enterprises, people = self.figures[ENTERPRISES].value, self.figures[PEOPLE].value
        day = f"{self.as_of.month}月{self.as_of.day}日"
        return f"截至{day},全区“四上”企业累计复工{enterprises}家,累计开工总人数{people}人"

    @property
    def has_fallen(self) -> bool:
        """Fewer enterprises than the day before: a cumulative number that falls has a reason (handbook C7)."""
        return (self.figures[TODAY].value or 0) < 0

    @property
    def sentences(self) -> list[str]:
        """What stands below the headline: base, rates, new today, each with its base named."""
        frame, rate, back = self.figures[FRAME], self.figures[RATE], self.figures[RETURN_RATE]
        name = frame.frame or "尚未导入名单"
        today, base = self.figures[TODAY].value, official_text(back.measure.base)
        return [
            f"在库“四上”企业{frame.value}家（{name}），复工率{_percent(rate.value)}，当日新增{today}家；",
            f"返岗率{_percent(back.value)}（基数：{base}）。",
        ]

    def text(self) -> str:
        """The bulletin as plain text: headline, sentences, the table by subdistrict, the table by type."""
        lines = [self.headline, *self.sentences, ""]
        names = [official_text(self.figures[code].measure.name) for code in LINE_CODES]
        for title, table in (("街道", self.by_area), ("四上类别", self.by_category)):
            lines.append("\t".join([title, *names]))
            lines += [
                "\t".join([official_text(line.name), *(_shown(value) for value in line.values)]) for line in table
            ]
            lines.append("\t".join(["合计", *(_shown(self.figures[code].value) for code in LINE_CODES)]))
            lines.append("")
        return "\n".join(lines).rstrip()


def _percent(value: int | Decimal | None) -> str:
    return "—" if value is None else f"{value}%"


def _shown(value: int | Decimal | None) -> str:
    return "—" if value is None else str(value)


def compose_bulletin(*, as_of: date, areas: tuple[str, ...] = ()) -> Bulletin:
    """Ask the ledger for the day's figures, whole and by subdistrict and type, within area prefixes."""
    by_code = {measure.code: measure for measure in BULLETIN}
    wanted = [by_code[code] for code in LINE_CODES]
    by_area = evaluate_many(wanted, as_of=as_of, areas=areas, by="area")
    by_category = evaluate_many(wanted, as_of=as_of, areas=areas, by="category")
    return Bulletin(as_of, by_area, _lines(by_area, "area"), _lines(by_category, "category"))


def beside_the_day_before(bulletin: Bulletin, *, areas: tuple[str, ...] = ()) -> list[Compared]:
    """The bulletin's figures with those of the day before, in the order of LINE_CODES."""
    figures = [bulletin.figures[code] for code in LINE_CODES]
    return compared(figures, with_day=days_before(bulletin.as_of, 1), areas=areas)


def _lines(figures: dict[str, Figure], by: str) -> list[Line]:
    names: dict[str, StrOrPromise] = {}
    cells: dict[tuple[str, str], int | Decimal | None] = {}
    for code, figure in figures.items():
        for part in figure.parts:
            names[part.key] = part.name
            cells[part.key, code] = part.value
    is_rate = {code: figure.measure.is_rate for code, figure in figures.items()}
    official = {key: place for place, key in enumerate(naming.breakdown_names(by))}
    return [
        Line(key, name, tuple(cells.get((key, code), None if is_rate[code] else 0) for code in figures))
        for key, name in sorted(names.items(), key=lambda each: (official.get(each[0], len(official)), each[0]))
    ]


@transaction.atomic
def release_bulletin(
    *, as_of: date, at: datetime, actor: User | None, corrects: Release | None = None, reason: str = ""
) -> Release:
    """Freeze the resumption figures as of a day. `actor` is None when the command line does it on the server."""
    if actor is not None:
        check_permission(actor, "resumption.release_bulletin", on=at.date(), area=settings.DISTRICT_CODE)
    if not evaluate(BULLETIN[0], as_of=as_of).numerator:
        sentence = _("截至 %(day)s 台账里还没有在库企业，请先导入统计局名单和各街道台账。")
        raise BulletinError(sentence % {"day": as_of.isoformat()})
    title = f"企业复工复产日报（截至{document_day(as_of)}）"
    return publish_release(
        measures=BULLETIN, as_of=as_of, title=title, at=at, actor=actor, corrects=corrects, reason=reason
    )
