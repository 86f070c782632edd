"""What a step of the wizard keeps with an upload: the account of the file, and every finding to be looked through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from shoushan.exchange.declarations import Problem
from shoushan.exchange.importing import ImportResult

ROW = ""
"""Stands for the column of a finding about a whole row."""
ERROR, WARNING = "error", "warning"


def report_of(result: ImportResult) -> dict[str, Any]:
    """Plain JSON: the agreed account, with the findings in the order of the file, warnings among them."""
    report = result.as_dict()
    report.pop("warnings")
    report["problems"] = [_finding(problem) for problem in result.problems]
    report["tabs"] = [
        {"name": tab.name, "rows": tab.rows, "heading_rows": list(tab.heading_rows), "skipped": tab.skipped}
        for tab in result.tabs
    ]
    return report


def _finding(problem: Problem) -> dict[str, Any]:
    return problem._asdict()


def findings(report: Mapping[str, Any], *, column: str | None = None, kind: str = "") -> list[dict[str, Any]]:
    """The findings of a column (`ROW`: of whole rows) and of a kind: `error`, `warning`, or one code."""
    return [
        each
        for each in report.get("problems", ())
        if (column is None or each["column"] == column) and (not kind or kind in (each["level"], each["code"]))
    ]


def columns_found(report: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Columns with findings and how many, most first; whole rows are `ROW`."""
    return Counter(each["column"] for each in report.get("problems", ())).most_common()


def codes_found(report: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """Kinds of findings: code, a sentence as an example, and how many, most first."""
    counts = Counter(each["code"] for each in report.get("problems", ()))
    example = {each["code"]: each["message"] for each in reversed(report.get("problems", ()))}
    return [(code, example[code], count) for code, count in counts.most_common()]


def what_is_new(report: Mapping[str, Any]) -> str:
    """One sentence for the page on which the sender agrees."""
    words = {name: report.get(name, 0) for name in ("new", "changed", "unchanged", "rejected")}
    sentence = _(
        "将写入新增 %(new)d 行、变更 %(changed)d 行；未变 %(unchanged)d 行不再写入，退回 %(rejected)d 行不写入。"
    )
    return sentence % words
