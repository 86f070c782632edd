"""The national code of an investment project (投资项目统一代码): five blocks, of two styles (handbook D2)."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal

from shoushan.lib import texts
from shoushan.lib.readings import Cell

OLD: Final = re.compile(r"(?P<year>20\d\d)-(?P<region>\d{6})-\d\d-0[123]-\d{6}")
"""Until 2020: year, region, industry, type (01 approval, 02 verification, 03 filing), serial number."""
NEW: Final = re.compile(r"(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])-(?P<region>\d{6})-\d\d-\d\d-\d{5}[0-9A-Z]")
"""From 2020-11: year and month, region, department, type, five digits and a check mark whose rule is not published."""
FIRST_NEW: Final = (20, 11)


def clean(raw: Cell) -> str:
    """The code in half width and capitals, with plain hyphens; "" for none."""
    text = texts.narrow(texts.as_text(raw)).upper().replace(" ", "")
    return text.translate(texts.DASHES) if text else ""


def style(code: str) -> Literal["old", "new", ""]:
    """Of which style a code is: the first block 2013 to 2020 can only be a year, as there is no month 13 to 20.

    "" for a text that is no code of either.
    """
    old, new = OLD.fullmatch(code), NEW.fullmatch(code)
    if old and 2013 <= int(old["year"]) <= 2020:
        return "old"
    if new and (int(new["year"]), int(new["month"])) >= FIRST_NEW:
        return "new"
    return ""


def is_ahead(code: str, on: date) -> bool:
    """Does the first block name a month more than a year after a day? Such a code can't have been given yet."""
    new = NEW.fullmatch(code) if style(code) == "new" else None
    return new is not None and (2000 + int(new["year"]), int(new["month"])) > (on.year + 1, on.month)


def region(code: str) -> str:
    """The six digits of the region in a code of either style."""
    return code.split("-")[1] if style(code) else ""
