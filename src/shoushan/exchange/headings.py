"""Matching the headings found in a file with the columns of a sheet, in any order and spelling."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Chosen
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache

from shoushan.exchange.columns import Column, Raw

ERROR_TITLE = "错误说明"
CHOSEN = -1
"""The rank of what the sender says, before every form of a heading."""
IGNORED = frozenset({"序号", "编号", "行号", "no", "no.", ERROR_TITLE})
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_DROPPED = re.compile(r"[\s:;,、。.·|/\\\-—_*()\[\]【】“”\"'《》?]+")
_UNITS = frozenset(
    [
        "元",
        "千元",
        "万元",
        "百万元",
        "亿元",
        "人",
        "家",
        "户",
        "个",
        "天",
        "日",
        "亩",
        "平方米",
        "万平方米",
        "万㎡",
        "㎡",
        "m2",
        "%",
        "吨",
        "件",
        "次",
        "人次",
        "小时",
    ]
)


@lru_cache(maxsize=4096)
def normal(heading: str) -> str:
    """The heading without blanks, punctuation, and differences of width and case."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", heading)).lower()


@lru_cache(maxsize=4096)
def without_brackets(heading: str) -> str:
    """The normal form after dropping what stands in brackets, such as a unit or 必填."""
    return normal(_BRACKETED.sub("", unicodedata.normalize("NFKC", heading)))


@lru_cache(maxsize=4096)
def stated_unit(heading: str) -> str:
    """The unit that a heading names in brackets, or nothing."""
    for bracketed in _BRACKETED.findall(unicodedata.normalize("NFKC", heading)):
        word = bracketed[1:-1].strip().removeprefix("单位:").strip().lower()
        if word in _UNITS:
            return str(word)
    return ""


@dataclass(slots=True)
class Mapping:
    """How the columns of a file and of a sheet fit together."""

    columns: dict[int, int] = field(default_factory=dict)
    """Position in the sheet -> position in the file."""
    missing: list[Column] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    doubled: list[tuple[Column, str, str]] = field(default_factory=list)
    """Two headings for one column."""
    units: list[tuple[Column, str]] = field(default_factory=list)
    """Columns whose heading states another unit than the declared one, in which they can't be read."""
    read_as: dict[int, Column] = field(default_factory=dict)
    """Position in the sheet -> the column in the unit that its heading states."""

    @property
    def score(self) -> int:
        return len(self.columns)


def spellings(column: Column) -> tuple[list[str], list[str]]:
    """The exact forms of a column (with its group) and the bare ones."""
    bare = [column.title, *column.synonyms]
    full = [column.group + spelling for spelling in bare] if column.group else []
    return [normal(spelling) for spelling in full], [normal(spelling) for spelling in bare]


def _dictionary(columns: Sequence[Column]) -> dict[str, int]:
    """Every accepted form -> position; a form with its group wins over a bare one, an earlier column over a later."""
    known: dict[str, int] = {}
    forms = [spellings(column) for column in columns]
    for part in (0, 1):
        for position, form in enumerate(forms):
            for spelling in form[part]:
                known.setdefault(spelling, position)
    return known


Known = Chosen[str, int]
_added: ContextVar[Chosen[int, tuple[Sequence[Column], Known]]] = ContextVar("added_headings", default={})  # noqa: B039 - never changed in place


@contextmanager
def also_known(added: Iterable[tuple[Sequence[Column], str, str]]) -> Iterator[None]:
    """While the block runs, columns (of a sheet, by name) are known by these headings too.

    They come after every form that the sheet itself declares, so that they can't take a heading away from another column.
    """
    merged: dict[int, tuple[Sequence[Column], dict[str, int]]] = {}
    for columns, name, heading in added:
        position = next((place for place, column in enumerate(columns) if column.name == name), None)
        if position is not None:
            _columns, forms = merged.setdefault(id(columns), (columns, dict(_declared(columns))))
            forms.setdefault(normal(heading), position)
    token = _added.set(merged)
    try:
        yield
    finally:
        _added.reset(token)


_dictionaries: dict[int, tuple[Sequence[Column], dict[str, int]]] = {}


def dictionary(columns: Sequence[Column]) -> Known:
    """Every accepted form of a sheet's columns, with those that the block around adds (`also_known`)."""
    more = _added.get().get(id(columns))
    return _declared(columns) if more is None else more[1]


def _declared(columns: Sequence[Column]) -> dict[str, int]:
    """What the declaration itself accepts, made once."""
    kept = _dictionaries.get(id(columns))
    if kept is None or kept[0] is not columns:
        kept = _dictionaries[id(columns)] = (columns, _dictionary(columns))
    return kept[1]


def candidates(heading: str) -> list[str]:
    """The forms to try for one heading, best first: whole, without brackets, the lower level alone."""
    forms = [normal(heading), without_brackets(heading)]
    if "|" in heading:
        child = heading.rsplit("|", 1)[1]
        forms += [normal(child), without_brackets(child)]
    return [form for form in forms if form]


def letters(place: int) -> str:
    """A place among the columns as Excel shows it: 0 is A, 26 is AA."""
    text, rest = "", place + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        text = chr(65 + digit) + text
    return text


def heading_keys(headings: Sequence[str]) -> list[str]:
    """What names each column of a file when its sender says what it is: the heading, its place where there is none.

    The second and third of one heading are told apart by a number.
    """
    seen: Counter[str] = Counter()
    keys = []
    for place, heading in enumerate(headings):
        key = normal(heading) or f"@{letters(place)}"
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}@{seen[key]}")
    return keys


def map_headings(headings: Sequence[str], columns: Sequence[Column], chosen: Chosen[str, str] | None = None) -> Mapping:
    """Fit the headings of a file (upper|lower for two levels) to the columns of a sheet.

    `chosen` (key of a heading -> name of a column, "" for none) is the sender's word and goes before any likeness.
    """
    known = dictionary(columns)
    mapping = Mapping()
    found, settled = _chosen_places(mapping, headings, columns, chosen or {})
    for place, heading in enumerate(headings):
        if place in settled:
            continue
        if not heading or normal(heading) in IGNORED or without_brackets(heading) in IGNORED:
            continue
        match = next(((rank, known[form]) for rank, form in enumerate(candidates(heading)) if form in known), None)
        if match is None:
            mapping.unknown.append(heading)
            continue
        _place(mapping, found, headings, columns, match, place)
    mapping.columns = {position: place for position, (_rank, place) in sorted(found.items())}
    mapping.missing = [column for index, column in enumerate(columns) if column.required and index not in found]
    for position, place in mapping.columns.items():
        unit = stated_unit(headings[place])
        if unit and columns[position].unit and unit != columns[position].unit.lower():
            other = columns[position].for_heading(unit)
            if other is None:
                mapping.units.append((columns[position], unit))
            else:
                mapping.read_as[position] = other
    return mapping


def _chosen_places(
    mapping: Mapping, headings: Sequence[str], columns: Sequence[Column], chosen: Chosen[str, str]
) -> tuple[dict[int, tuple[int, int]], set[int]]:
    """Sheet position -> (rank of the form, file position) as chosen, and the file positions that are settled by it."""
    found: dict[int, tuple[int, int]] = {}
    settled: set[int] = set()
    if not chosen:
        return found, settled
    positions = {column.name: position for position, column in enumerate(columns)}
    for place, key in enumerate(heading_keys(headings)):
        position = positions.get(chosen.get(key, ""))
        if position is None:
            if chosen.get(key) == "":
                settled.add(place)
            continue
        settled.add(place)
        if position in found:
            mapping.doubled.append((columns[position], headings[found[position][1]], headings[place]))
        else:
            found[position] = (CHOSEN, place)
    return found, settled


def _place(
    mapping: Mapping,
    found: dict[int, tuple[int, int]],
    headings: Sequence[str],
    columns: Sequence[Column],
    match: tuple[int, int],
    place: int,
) -> None:
    """Take a match; of two for one column the better form wins, of two equal ones neither is certain."""
    rank, position = match
    earlier = found.get(position)
    if earlier is None:
        found[position] = (rank, place)
    elif earlier[0] == CHOSEN:
        mapping.unknown.append(headings[place])
    elif (earlier[0] >= 2) == (rank >= 2):
        mapping.doubled.append((columns[position], headings[earlier[1]], headings[place]))
    else:
        kept, dropped = ((rank, place), earlier[1]) if rank < earlier[0] else (earlier, place)
        found[position] = kept
        mapping.unknown.append(headings[dropped])


def heading_text(raw: Raw) -> str:
    """A cell of a heading row as text without line breaks and doubled blanks."""
    return " ".join(str(raw).split()) if raw is not None else ""


def joined(upper: Sequence[Raw], lower: Sequence[Raw], spans: dict[int, int] | None = None) -> list[str]:
    """Two heading rows as one: `upper|lower` where both say something.

    `spans` (file position -> first position of its merged range in the upper row) is used where the file has merged
    ranges; without them an upper heading reaches over the blanks to its right as long as the lower row says something.
    """
    width = max(len(upper), len(lower))
    texts_above = [heading_text(upper[i]) if i < len(upper) else "" for i in range(width)]
    texts_below = [heading_text(lower[i]) if i < len(lower) else "" for i in range(width)]
    result, last = [], ""
    for place in range(width):
        above, below = texts_above[place], texts_below[place]
        if spans:
            above = above or texts_above[spans.get(place, place)]
        elif not above and below:
            above = last
        last = above if below else ""
        result.append(f"{above}|{below}" if above and below else above or below)
    return result
