"""A status report as an official paper, from what was frozen, so that it says the same whenever it is printed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from shoushan.lib.days import document_day
from shoushan.lib.papers import Paper, PaperTable

if TYPE_CHECKING:
    from shoushan.apps.projects.models import StatusReport

NUMERALS: Final = "一二三四五六七八九十"
DIGEST: Final = 16
"""So many marks of the digest are printed; the whole is in the file."""


def paper_of(report: StatusReport) -> Paper:
    """The paper: judgement first, then the sections with their sentences, tables at the end."""
    said = report.said
    paragraphs = [f"截至{document_day(date.fromisoformat(said['as_of']))}，情况如下。"]
    parts: list[tuple[str, list[str], dict[str, Any] | None]] = [("总体判断", said["assessment"].splitlines(), None)]
    parts += [(each["title"], list(each["paragraphs"]), each) for each in said["sections"]]
    if said["next_steps"]:
        parts.append(("下步安排", said["next_steps"].splitlines(), None))
    tables = []
    for number, (title, sentences, section) in enumerate(parts):
        paragraphs += [f"{NUMERALS[number]}、{title}", *(each for each in sentences if each.strip())]
        if section is not None and section["rows"]:
            tables.append(_table(section))
            paragraphs.append(f"详见附表“{title}”。")
    if said["corrects"]:
        paragraphs.append(f"本期更正{said['corrects']}，原因：{said['reason']}。")
    return Paper(
        mark=said["issuer"] or "重点项目推进专班",
        number=report.number,
        title=report.title,
        paragraphs=tuple(paragraphs),
        signature=said["issuer"] or "重点项目推进专班",
        day=document_day(timezone.localtime(report.issued_at).date()),
        tables=tuple(tables),
        note=f"内容摘要{report.digest[:DIGEST]}，可凭通报文件核验",
    )


def _table(section: dict[str, Any]) -> PaperTable:
    return PaperTable(section["title"], tuple(section["headings"]), tuple(tuple(each) for each in section["rows"]))
