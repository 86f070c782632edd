"""Rules that the product brings along, as plain values; apps list theirs by document."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple


class SeedDocument(NamedTuple):
    """A document as printed."""

    number: str
    title: str
    issuer: str
    issued_on: date
    published_on: date | None = None
    note: str = ""


class SeedRule(NamedTuple):
    """One version of a rule."""

    code: str
    valid_from: date
    rows: tuple[dict[str, Any], ...]
    area_code: str = ""
    valid_to: date | None = None
    note: str = ""


class SeedRisk(NamedTuple):
    """One published risk level."""

    area_code: str
    name: str
    level: str
    valid_from: date
    valid_to: date | None = None


class Seed(NamedTuple):
    """A document with what it orders."""

    document: SeedDocument
    rules: tuple[SeedRule, ...] = ()
    risks: tuple[SeedRisk, ...] = ()


_seeds: list[Seed] = []


def register(*seeds: Seed) -> None:
    """Make seeds known; apps do so when they are ready. The very same one again changes nothing."""
    _seeds.extend(seed for seed in seeds if seed not in _seeds)


def registered() -> list[Seed]:
    """All of them, in the order of the documents."""
    return sorted(_seeds, key=lambda seed: (seed.document.issued_on, seed.document.number))
