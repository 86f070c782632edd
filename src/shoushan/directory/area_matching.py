"""Names of areas as people write them, matched in memory against names, aliases and suffix variants (handbook A2)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from shoushan.directory.enums import CODE_LENGTHS, AreaLevel
from shoushan.lib import texts
from shoushan.lib.readings import Cell

_ENDINGS: Final[dict[str, re.Pattern[str]]] = {
    AreaLevel.DISTRICT: re.compile(r"(?<=.)人民政府$"),
    AreaLevel.SUBDISTRICT: re.compile(r"(?<=.)(街道办事处|街道办|街办|办事处|街道)$"),
    # The official list has 社区居民居民委员会 and names without 社区, so every part of the ending is optional.
    AreaLevel.COMMUNITY: re.compile(r"(?<=.)((社区)?(居民)*(居民委员会|居委会|工作站)|社区)$"),
    AreaLevel.GRID: re.compile(r"(?<=.)网格$"),
}
_BRACKETED: Final = re.compile(r"(?<=.)\([^()]*\)")
_GOVERNMENT: Final = "人民政府"


class MatchedArea(NamedTuple):
    """The area that a text names."""

    code: str
    name: str
    level: str


class AreaMatcher:
    """Answers which area a text names; None when none does or when several could.

    The level asked for decides: 解放路社区 lies in 建新街道, so a community's name never stands for a subdistrict.
    """

    def __init__(self, names: Iterable[tuple[MatchedArea, str]], aliases: Iterable[tuple[MatchedArea, str]]) -> None:
        """`names` and `aliases` pair every area with one spelling; a name wins over the same alias of another area."""
        names = list(names)
        self._by_code = {area.code: area for area, _ in names}
        self._districts = sorted(
            {
                text
                for area, name in [*names, *aliases]
                if area.level == AreaLevel.DISTRICT
                for text in _short_forms(name)
            },
            key=len,
            reverse=True,
        )
        self._by_key: dict[tuple[str, str], MatchedArea | None] = {}
        self._memo: dict[tuple[Cell, str, str], MatchedArea | None] = {}
        own: dict[tuple[str, str], MatchedArea | None] = {}
        for table, pairs in ((own, names), (self._by_key, aliases)):
            for area, name in pairs:
                key = (area.level, self._key(name, area.level))
                # Two areas under one key: nobody can tell which is meant.
                table[key] = area if table.get(key, area) == area else None
        self._by_key |= own
        self._in_subdistricts = self._communities_by_subdistrict(names)

    def match(self, text: Cell, level: str = AreaLevel.SUBDISTRICT, within: str = "") -> MatchedArea | None:
        """The area of this level, inside the area `within` if given, that the text names by code, name or alias."""
        memo = (text, level, within)
        if memo not in self._memo:
            self._memo[memo] = self._find(texts.as_text(text), level, within)
        return self._memo[memo]

    def _find(self, raw: str, level: str, within: str) -> MatchedArea | None:
        text = texts.narrow(raw).replace(" ", "")
        area = self._by_code.get(_padded_off(text, level)) if text.isdecimal() else None
        if area is None and level == AreaLevel.COMMUNITY:
            area = self._community(text, within)
        elif area is None:
            area = self._by_key.get((level, self._key(text, level)))
        return area if area and area.level == level and area.code.startswith(within) else None

    def _community(self, text: str, within: str) -> MatchedArea | None:
        head, street, tail = text.partition("街道")
        if street and tail and not within:
            found = self._find(head + street, AreaLevel.SUBDISTRICT, "")
            text, within = (tail.removeprefix("办事处"), found.code) if found else (text, within)
        key = self._key(text, AreaLevel.COMMUNITY)
        if within:
            return self._in_subdistricts.get((within[: CODE_LENGTHS[AreaLevel.SUBDISTRICT]], key))
        return self._by_key.get((AreaLevel.COMMUNITY, key))

    def _key(self, text: str, level: str) -> str:
        key = _BRACKETED.sub("", texts.narrow(text).replace(" ", ""))
        if level != AreaLevel.DISTRICT:
            head = next((head for head in self._districts if key.startswith(head) and len(key) > len(head)), "")
            key = key.removeprefix(head)
            key = key.removeprefix(_GOVERNMENT) if len(key) > len(_GOVERNMENT) else key
        return _ENDINGS[level].sub("", key)

    def _communities_by_subdistrict(
        self, names: Iterable[tuple[MatchedArea, str]]
    ) -> dict[tuple[str, str], MatchedArea | None]:
        found: dict[tuple[str, str], MatchedArea | None] = {}
        for area, name in names:
            if area.level == AreaLevel.COMMUNITY:
                key = (area.code[: CODE_LENGTHS[AreaLevel.SUBDISTRICT]], self._key(name, area.level))
                found[key] = area if found.get(key, area) == area else None
        return found


def _short_forms(name: str) -> tuple[str, ...]:
    """A district is written with and without its last character: 历下区, 历下."""
    return (name, name[:-1]) if len(name) > 2 else (name,)


def _padded_off(code: str, level: str) -> str:
    """Statistics pad a code with zeros to twelve digits: 370102001000 is the subdistrict 370102001."""
    length = CODE_LENGTHS[level]
    return code[:length] if len(code) > length and not code[length:].strip("0") else code
