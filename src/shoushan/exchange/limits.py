"""What a file may weigh, and the one error with which a whole file is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


class FileRefusedError(Exception):
    """The whole file is refused before anything is written; `sentence` tells the user where and how to mend it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings of one file; the defaults hold ten times the largest ledger that a district sends."""

    file_bytes: int = 50 * MEGABYTE
    unpacked_bytes: int = 600 * MEGABYTE
    unpacked_ratio: int = 300
    """Refused above this only when more than `ratio_from_bytes` come out: tables of repeated words pack very well."""
    ratio_from_bytes: int = 40 * MEGABYTE
    entries: int = 3000
    columns: int = 512
    rows: int = 300_000
    problems: int = 10_000


DEFAULT_LIMITS = Limits()
