"""Body temperatures as they are written: 36.5, 36.5℃, 36。5, and 365 where the point was forgotten."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from shoushan.lib import numbers
from shoushan.lib.readings import Cell, Code, Reading, failure

LOWEST: Final = Decimal("34.0")
HIGHEST: Final = Decimal("42.0")


def read_temperature(raw: Cell) -> Reading:
    """Degrees Celsius with one place, between 34.0 and 42.0; 365 is refused with 36.5 to confirm, a word like 正常 as no number."""
    reading = numbers.read_decimal(raw, 1, unit="℃")
    value = reading.value
    if value is None or LOWEST <= value <= HIGHEST:
        return reading
    meant = value / 10
    is_likely = LOWEST <= meant <= HIGHEST
    return failure(Code.TEMPERATURE_RANGE, raw, str(meant.quantize(Decimal("0.1"))) if is_likely else "")
