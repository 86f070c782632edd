"""A release as an official paper: composed from what was frozen, so that it says the same whenever it is printed."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from shoushan.lib.days import document_day
from shoushan.lib.papers import Paper, PaperTable

if TYPE_CHECKING:
    from shoushan.figures.models import Release

BREAKDOWNS: Final = (("area", "街道"), ("category", "类别"))
NOTHING: Final = "—"
DIGEST: Final = 16
"""So many marks of the digest are printed; the whole is in the released file."""


def paper_of(release: Release) -> Paper:
    """The paper of a release: its figures as a sentence each, a table a breakdown, how to verify it."""
    content: dict[str, Any] = json.loads(release.content)
    figures = content["figures"]
    owners = Counter(str(figure["definition"]["owner"]) for figure in figures)
    owner = owners.most_common(1)[0][0]
    paragraphs = [f"截至{document_day(release.as_of)}，{_sentence(figures)}。"]
    frames = dict.fromkeys(figure["frame"] for figure in figures if figure["frame"])
    if frames:
        paragraphs.append(f"以上以{'、'.join(frames)}为准。")
    if release.corrects is not None:
        paragraphs.append(f"本期更正{release.corrects.number}，原因：{release.reason}。")
    return Paper(
        mark=owner,
        number=release.number,
        title=release.title,
        paragraphs=tuple(paragraphs),
        signature=owner,
        day=document_day(timezone.localtime(release.published_at).date()),
        tables=tuple(table for by, word in BREAKDOWNS if (table := _table(content, by, word)) is not None),
        note=f"内容摘要{release.digest[:DIGEST]}，可凭发布文件核验",
    )


def _sentence(figures: list[dict[str, Any]]) -> str:
    said = []
    for figure in figures:
        definition = figure["definition"]
        base = f"（基数：{definition['base']}）" if definition["base"] else ""
        said.append(f"{definition['name']}{_shown(figure['value'], definition)}{definition['unit']}{base}")
    return "；".join(said)


def _table(content: dict[str, Any], by: str, word: str) -> PaperTable | None:
    """One line a part, in the order in which the parts are named; none where nothing is broken down."""
    figures = content["figures"]
    names: dict[str, str] = content["breakdown_names"].get(by, {})
    keys = {key for figure in figures for key in figure["by"].get(by, {}) if key}
    if not keys:
        return None
    order = [key for key in names if key in keys] + sorted(keys - names.keys())
    rows: list[tuple[str, ...]] = [
        (
            str(names.get(key, key)),
            *(_shown(figure["by"].get(by, {}).get(key), figure["definition"]) for figure in figures),
        )
        for key in order
    ]
    whole = ("合计", *(_shown(figure["value"], figure["definition"]) for figure in figures))
    headings = (word, *(f"{each['definition']['name']}（{each['definition']['unit']}）" for each in figures))
    return PaperTable(f"分{word}情况", headings, (*rows, whole))


def _shown(value: float | None, definition: dict[str, Any]) -> str:
    """A frozen value as documents write it: a rate with its decimals, a stock without needless zeros."""
    if value is None:
        return NOTHING
    exact = Decimal(str(value))
    return f"{exact:.{definition['decimals']}f}" if definition["denominator"] else f"{exact.normalize():f}"
