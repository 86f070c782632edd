"""The rows of a sheet as the file that a reader asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from io import BytesIO

from django.http import HttpResponse

from shoushan.exchange.declarations import Sheet
from shoushan.exchange.exporting import Record, write_csv, write_xlsx
from shoushan.ui.downloads import download


def sheet_download(
    sheet: Sheet,
    records: Iterable[Record],
    *,
    title: str = "",
    as_csv: bool = False,
    as_of: date | None = None,
    area_names: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The official layout as a workbook, or the columns alone as csv, named by its title."""
    out, name = BytesIO(), title or sheet.title
    if as_csv:
        write_csv(out, sheet, records, area_names=area_names)
    else:
        write_xlsx(out, sheet, records, title=name, as_of=as_of, area_names=area_names)
    return download(out.getvalue(), f"{name}.{'csv' if as_csv else 'xlsx'}")
