"""Around where a district lies: what is drawn far from it was drawn wrongly."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from shoushan.lib.outlines import CHINA, Frame


@cache
def frame_of(district: str) -> Frame:
    """The degrees around a district, as the file of frames says; the whole country where it says nothing."""
    text = (Path(__file__).parent / "data" / "frames.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    found = {row["code"]: row for row in csv.DictReader(lines)}.get(district)
    return CHINA if found is None else Frame(*(float(found[name]) for name in Frame._fields))
