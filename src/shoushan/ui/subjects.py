"""Where the record behind a typed code (`enterprise:E1`) is shown: apps register theirs, lists of codes become links."""

from __future__ import annotations

from collections.abc import Callable

_pages: dict[str, Callable[[str], str]] = {}


def register_page(kind: str, address: Callable[[str], str]) -> None:
    """Make known where records of a kind are shown; `address` is asked with the code behind the colon."""
    _pages[kind] = address


def address_of(subject: str) -> str:
    """The page of a record, "" for a kind that has none."""
    kind, _colon, code = subject.partition(":")
    page = _pages.get(kind)
    return page(code) if page else ""
