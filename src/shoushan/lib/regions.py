"""Administrative division codes of GB/T 2260, the retired ones included, as far as other codes contain them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from stdnum import numdb

PROVINCES: Final = frozenset(
    map(str, (11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82))
)  # fmt: skip
RESIDENCE_PERMIT_REGIONS: Final = frozenset({"810000", "820000", "830000"})
"""Residence permits of people from Hong Kong, Macao and Taiwan."""


@lru_cache(maxsize=8192)
def is_known_region(code: str) -> bool:
    """Six digits that are, or once were, a division: 济阳县 (370125) still stands in numbers issued before 2018."""
    if code in RESIDENCE_PERMIT_REGIONS:
        return True
    return any("county" in properties for _part, properties in numdb.get("cn/loc").info(code))
