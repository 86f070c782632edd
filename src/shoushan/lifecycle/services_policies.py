"""Entering documents, dated rules and risk levels: new versions only, with a preview of what they would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from shoushan.directory.access import check_permission
from shoushan.lifecycle import policies
from shoushan.lifecycle.errors import PolicyError
from shoushan.lifecycle.models import Document, RiskArea, Rule
from shoushan.lifecycle.seeds import Seed

if TYPE_CHECKING:
    from shoushan.directory.models import User

PERMISSION = "lifecycle.enter_rule"


@transaction.atomic
def enter_document(
    *, number: str, title: str, issuer: str, issued_on: date, published_on: date | None = None, note: str = ""
) -> Document:
    """The document of this number; entered at first mention, never changed afterwards."""
    number = number.strip()
    if not number or not title.strip():
        raise PolicyError(_("请写明发文字号和标题。"))
    document, is_new = Document.objects.get_or_create(
        number=number,
        defaults={
            "title": title.strip(),
            "issuer": issuer.strip(),
            "issued_on": issued_on,
            "published_on": published_on,
            "note": note,
        },
    )
    if not is_new and (document.title, document.issued_on) != (title.strip(), issued_on):
        words = {"number": number, "title": document.title}
        raise PolicyError(_("发文字号 %(number)s 已登记为《%(title)s》，请核对字号。") % words)
    return document


def checked_rows(code: str, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows as they are kept; raises PolicyError with one sentence for each wrong cell."""
    declaration = policies.declaration_of(code)
    if declaration is None:
        raise PolicyError(_("没有代码为 %(code)s 的规则。") % {"code": code})
    kept, problems = policies.clean_rows(declaration, rows)
    labels = {column.name: str(column.label) for column in declaration.columns}
    sentences = {
        "missing": _("第 %(row)d 行没有填写“%(column)s”。"),
        "not_a_choice": _("第 %(row)d 行的“%(column)s”不在可选的范围内。"),
        "not_a_number": _("第 %(row)d 行的“%(column)s”不是数字。"),
        "repeated": _("第 %(row)d 行的“%(column)s”与前面的行重复。"),
    }
    if problems:
        raise PolicyError(
            "".join(sentences[what] % {"row": row, "column": labels[name]} for row, name, what in problems)
        )
    if not kept:
        raise PolicyError(_("规则至少要有一行。"))
    return kept


def preview_rule(
    *, code: str, rows: Sequence[Mapping[str, Any]], valid_from: date, area_code: str
) -> list[policies.Change]:
    """The open records that the new version would judge otherwise; nothing is written."""
    kept = checked_rows(code, rows)
    declaration = policies.declaration_of(code)
    if declaration is None or declaration.preview is None:
        return []
    return declaration.preview(kept, valid_from, area_code)


@transaction.atomic
def enter_rule(
    *,
    code: str,
    rows: Sequence[Mapping[str, Any]],
    valid_from: date,
    document: Document,
    at: datetime,
    actor: User | None,
    area_code: str = "",
    valid_to: date | None = None,
    note: str = "",
) -> Rule:
    """A new version of a rule. What was judged before stays as it was; records are judged by their own dates."""
    if actor is not None:
        check_permission(actor, PERMISSION, on=at.date(), area=area_code)
    if valid_to is not None and valid_to < valid_from:
        raise PolicyError(_("最后一日早于施行日期，请核对。"))
    return Rule.objects.create(
        code=code,
        rows=checked_rows(code, rows),
        valid_from=valid_from,
        valid_to=valid_to,
        area_code=area_code,
        document=document,
        entered_at=at,
        entered_by=actor,
        note=note,
    )


@transaction.atomic
def enter_risk(
    *,
    area_code: str,
    name: str,
    level: str,
    valid_from: date,
    document: Document,
    at: datetime,
    actor: User | None,
    valid_to: date | None = None,
) -> RiskArea:
    """The risk level of an area as published."""
    if actor is not None:
        check_permission(actor, PERMISSION, on=at.date())
    if not (area_code.isascii() and area_code.isdecimal() and 2 <= len(area_code) <= 12):
        raise PolicyError(_("区划代码 %(code)s 应为 2 至 12 位数字。") % {"code": area_code})
    return RiskArea.objects.create(
        area_code=area_code,
        name=name,
        level=level,
        valid_from=valid_from,
        valid_to=valid_to,
        document=document,
        entered_at=at,
    )


@transaction.atomic
def load_policies(seeds: Sequence[Seed], *, at: datetime) -> int:
    """Enter the rules that the product brings along where none of that code, area and day is there; how many were new."""
    made = 0
    for seed in seeds:
        document = enter_document(**seed.document._asdict())
        for risk in seed.risks:
            there = RiskArea.objects.filter(area_code=risk.area_code, valid_from=risk.valid_from).exists()
            if not there:
                enter_risk(**risk._asdict(), document=document, at=at, actor=None)
                made += 1
        for rule in seed.rules:
            there = Rule.objects.filter(code=rule.code, area_code=rule.area_code, valid_from=rule.valid_from).exists()
            if not there:
                enter_rule(**rule._asdict(), document=document, at=at, actor=None)
                made += 1
    return made
