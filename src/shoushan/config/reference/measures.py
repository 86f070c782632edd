"""measures.md: every figure that can be asked for, as it is declared."""

from __future__ import annotations

from shoushan.config.reference.markdown import code, codes, page, table
from shoushan.config.reference.wording import NONE, chinese, english
from shoushan.figures.measures import Measure, all_measures


def render() -> str:
    """The page."""
    lead = "Questions to the ledger (`shoushan figure CODE --as-of DATE`). Rates are computed on unrounded parts."
    return page("Measures", lead, [_overview(), *(_measure(each) for each in all_measures().values())])


def _overview() -> str:
    rows = ((code(each.code), chinese(each.name), chinese(each.unit)) for each in all_measures().values())
    return table(("Code", "名称", "单位"), rows)


def _measure(each: Measure) -> str:
    facts = [
        ("Chinese name", chinese(each.name)),
        ("English name", english(each.name)),
        ("Unit", f"{chinese(each.unit)} ({english(each.unit)})" if english(each.unit) != NONE else chinese(each.unit)),
        ("Definition", chinese(each.definition)),
        ("Owner", chinese(each.owner)),
        ("Numerator", codes(each.numerator)),
        ("Denominator", codes(each.denominator) or "none: it is a stock"),
        ("Base", chinese(each.base) or NONE),
        ("Decimals", str(each.decimals) if each.is_rate or each.scale > 1 else "whole"),
    ]
    if each.scale > 1:
        facts.append(("Scale", f"one {chinese(each.unit)} holds {each.scale:,} of the ledger's units"))
    if each.days_back:
        facts.append(("Change against", f"{each.days_back} day(s) before"))
    if each.frame_kind:
        facts.append(("Frame in force by", f"the newest entry {code(each.frame_kind)}"))
    return f"## {each.code}\n\n" + table(("", ""), facts)
