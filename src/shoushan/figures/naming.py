"""Names for codes: the ledger holds only codes, so those who own the names register here how to look them up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Resolver = Callable[[Collection[str]], dict[str, str]]
"""Codes without their type, to names; unknown ones are left out."""

_subjects: dict[str, Resolver] = {}
_breakdowns: dict[str, Callable[[], Mapping[str, StrOrPromise]]] = {}


def register_subject(kind: str, resolver: Resolver) -> None:
    """Names of subjects `kind:…`."""
    _subjects[kind] = resolver


def register_breakdown(by: str, names: Callable[[], Mapping[str, StrOrPromise]]) -> None:
    """Names of the lines of a breakdown (`area`, `category`), in the order in which they are shown."""
    _breakdowns[by] = names


def subject_names(subjects: Collection[str]) -> dict[str, str]:
    """Names of subjects, each kind looked up at once; a subject nobody knows keeps its code."""
    by_kind: dict[str, list[str]] = {}
    for subject in subjects:
        kind, _, code = subject.partition(":")
        by_kind.setdefault(kind, []).append(code)
    names = {subject: subject for subject in subjects}
    for kind, codes in by_kind.items():
        if kind in _subjects:
            names |= {f"{kind}:{code}": name for code, name in _subjects[kind](codes).items()}
    return names


def breakdown_names(by: str) -> Mapping[str, StrOrPromise]:
    """Names of the lines of a breakdown, in display order."""
    return _breakdowns[by]() if by in _breakdowns else {}
