"""Questions about sheets: what the district calls their columns, what senders said of headings, which files came in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db.models import Count, Max

from shoushan.exchange import headings
from shoushan.exchange.declarations import Sheet, all_sheets
from shoushan.exchange.enums import UploadState
from shoushan.exchange.models import SheetHeading, SourceFile, Upload

if TYPE_CHECKING:
    from django.db.models import QuerySet

LOOKED_BACK: Final = 200
"""So many of the last imports of a sheet are asked which headings they had."""


class Pointed(NamedTuple):
    """A heading that no rule knew and that senders put to a column by hand, and how many files did."""

    heading: str
    column: str
    title: str
    files: int


@contextmanager
def known_headings(*, on: date) -> Iterator[None]:
    """While the block runs, files are read with the headings that the district added and that hold on the day."""
    columns = {each.code: each.columns for each in all_sheets()}
    rows = SheetHeading.objects.valid_on(on).order_by("id").values_list("sheet", "column", "heading")
    with headings.also_known((columns[sheet], name, text) for sheet, name, text in rows if sheet in columns):
        yield


def added_headings(sheet: Sheet) -> list[SheetHeading]:
    """All headings that were ever added to a sheet, the newest first within a column."""
    return list(
        SheetHeading.objects.filter(sheet=sheet.code)
        .select_related("entered_by")
        .order_by("column", "-valid_from", "-id")
    )


def counts_by_sheet() -> dict[str, dict[str, Any]]:
    """How many files came in of each sheet, and when the last did."""
    found = SourceFile.objects.order_by().values("sheet").annotate(files=Count("pk"), last=Max("imported_at"))
    return {each["sheet"]: dict(each) for each in found}


def imports_of(sheet: Sheet) -> QuerySet[SourceFile]:
    """The files that were brought in as this sheet, the newest first."""
    found = SourceFile.objects.filter(sheet=sheet.code).select_related("imported_by").defer("control_differences")
    return found.order_by("-imported_at", "-id")


class Seen(NamedTuple):
    """What the last imports of a sheet had for headings: files by form of a heading, and what senders said of them."""

    files: Counter[str]
    pointed: list[Pointed]


def headings_seen(sheet: Sheet) -> Seen:
    """The headings of the last imports that were finished, and those of them that senders had to point out."""
    uploads = Upload.objects.filter(sheet=sheet.code, state=UploadState.DONE).order_by("-sent_at", "-id")
    known, titles = headings.dictionary(sheet.columns), {column.name: column.title for column in sheet.columns}
    files: Counter[str] = Counter()
    pointed: Counter[tuple[str, str]] = Counter()
    for preview, chosen in uploads.values_list("preview", "chosen")[:LOOKED_BACK]:
        told = {
            column["key"]: column["heading"] for tab in preview.get("tabs", ()) for column in tab.get("columns", ())
        }
        files.update({headings.normal(text) for text in told.values() if text})
        for key, text in told.items():
            column = chosen.get(key, "")
            if column in titles and text and not any(form in known for form in headings.candidates(text)):
                pointed[text, column] += 1
    found = [Pointed(text, column, titles[column], count) for (text, column), count in pointed.most_common()]
    return Seen(files, found)
