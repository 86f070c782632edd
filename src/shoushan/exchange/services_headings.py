"""What the district calls columns: headings are added with a reason and a first day, and ended by a last day."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.directory.access import check_permission
from shoushan.directory.enums import AdministrativeAct
from shoushan.directory.errors import DirectoryError
from shoushan.directory.services_administration import keep_act
from shoushan.exchange import headings
from shoushan.exchange.declarations import Sheet, sheet
from shoushan.exchange.models import SheetHeading

if TYPE_CHECKING:
    from shoushan.directory.models import User

ENTER: Final = "exchange.enter_heading"


class HeadingError(DirectoryError):
    """The heading can't be taken; the sentence says why."""


@transaction.atomic
def add_heading(
    *, declared: Sheet, column: str, heading: str, valid_from: date, reason: str, actor: User, at: datetime
) -> SheetHeading:
    """From a day on, files may name a column by this heading too. Raises NotAllowedError, HeadingError."""
    check_permission(actor, ENTER, on=timezone.localtime(at).date(), area=settings.DISTRICT_CODE)
    text = headings.heading_text(heading)
    _check_heading(declared, column, text, valid_from)
    if not reason.strip():
        raise HeadingError(_("请写明依据，如来文名称或哪个街道的表。"))
    made = SheetHeading.objects.create(
        sheet=declared.code,
        column=column,
        heading=text,
        form=headings.normal(text),
        reason=reason.strip(),
        valid_from=valid_from,
        entered_by=actor,
        entered_at=at,
    )
    _keep(AdministrativeAct.HEADING_ADDED, made, declared, actor=actor, at=at, since=valid_from.isoformat())
    return made


def _check_heading(declared: Sheet, column: str, text: str, valid_from: date) -> None:
    """A heading is new to its sheet: what another column is called would be taken away from it."""
    titles = {each.name: each.title for each in declared.columns}
    form = headings.normal(text)
    if column not in titles:
        raise HeadingError(_("这张表没有这一列，请从列表中选择。"))
    if not form or form in headings.IGNORED or headings.without_brackets(text) in headings.IGNORED:
        raise HeadingError(_("“%(heading)s”不能作为表头别名，请填写文件中实际使用的列名。") % {"heading": text})
    known = headings.dictionary(declared.columns)
    position = next((known[each] for each in headings.candidates(text) if each in known), None)
    if position is not None:
        words = {"heading": text, "column": declared.columns[position].title}
        raise HeadingError(_("“%(heading)s”已经认作“%(column)s”，不必再登记。") % words)
    taken = SheetHeading.objects.select_for_update().filter(sheet=declared.code, form=form)
    found = taken.overlapping(valid_from, None).first()
    if found is not None:
        words = {"heading": text, "column": titles.get(found.column, found.column)}
        raise HeadingError(_("“%(heading)s”已登记为“%(column)s”的别名，请先停用原来的登记。") % words)


@transaction.atomic
def end_heading(*, heading: SheetHeading, last_day: date, actor: User, at: datetime) -> None:
    """The last day on which files are read with this heading; what was brought in with it stays."""
    check_permission(actor, ENTER, on=timezone.localtime(at).date(), area=settings.DISTRICT_CODE)
    row = SheetHeading.objects.select_for_update().get(pk=heading.pk)
    if row.valid_to is not None:
        raise HeadingError(_("这个表头别名已经停用。"))
    if last_day < row.valid_from:
        words = {"to": last_day, "since": row.valid_from}
        raise HeadingError(_("最后一日 %(to)s 早于开始日期 %(since)s，请核对日期。") % words)
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    _keep(AdministrativeAct.HEADING_ENDED, row, sheet(row.sheet), actor=actor, at=at, until=last_day.isoformat())


def _keep(act: AdministrativeAct, row: SheetHeading, declared: Sheet, *, actor: User, at: datetime, **day: str) -> None:
    titles = {each.name: each.title for each in declared.columns}
    words: dict[str, Any] = {"sheet": declared.title, "column": titles.get(row.column, row.column)}
    words |= {"heading": row.heading, **day, "reason": row.reason}
    keep_act(act, actor=actor, at=at, **words)
