"""`shoushan verify`: is a released file whole and true to the ledger? Needs the file alone, no database."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from shoushan.figures.publications import RELEASE_FORMAT, REPORT_FORMAT, canonical_json
from shoushan.figures.releases import computed
from shoushan.ledger import api as ledger


def problems_of_text(text: str, *, trusted_key: str = "") -> list[str]:
    """What is wrong with a released file; an empty list means that every digit is as it was published.

    Whoever has the district's public key passes it as `trusted_key`: a file signed by another key is then refused.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return [_("这不是发布文件：内容不是 JSON。")]
    if not isinstance(document, dict) or not isinstance(document.get("content"), dict):
        return [_("这不是发布文件：缺少 content。")]
    if document["content"].get("format") not in {RELEASE_FORMAT, REPORT_FORMAT}:
        return [_("不认识的发布文件格式 %(format)s。") % {"format": document["content"].get("format")}]
    try:
        if trusted_key and document["public_key"] != trusted_key.lower():
            return [_("文件是用另一公钥 %(key)s 签署的。") % {"key": document["public_key"]}]
        return _problems(document)
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        return [_("发布文件缺少内容或写法不对：%(what)s。") % {"what": error}]


def summary_of_text(text: str) -> str:
    """What a file that holds says, for the reader of the check."""
    document = json.loads(text)
    content = document["content"]
    lines = [_("%(number)s 核验成立：%(title)s") % {"number": content["number"], "title": content["title"]}]
    for figure in content.get("figures", ()):
        definition = figure["definition"]
        value = "—" if figure["value"] is None else figure["value"]
        lines.append(f"  {definition['name']} {value}{definition['unit']}")
    lines.append(
        _("  封存 %(size)d 条分录，签署公钥 %(key)s")
        % {"size": document["receipt"]["seal"]["size"], "key": document["public_key"]}
    )
    return "\n".join(lines)


def _problems(document: dict[str, Any]) -> list[str]:
    problems = []
    signed = {key: part for key, part in document.items() if key not in {"signature", "public_key"}}
    if not ledger.is_signed(canonical_json(signed).encode(), document["signature"], document["public_key"]):
        problems.append(_("文件的签名不成立：签署之后有改动。"))
    content = document["content"]
    if hashlib.sha256(canonical_json(content).encode()).hexdigest() != document["digest"]:
        problems.append(_("内容与摘要不符：数字、定义或名单有改动。"))
    if content["format"] == RELEASE_FORMAT:
        problems += _figures(content)
    problems += _receipt(document)
    return problems


def _figures(content: dict[str, Any]) -> list[str]:
    """Every value is computed again from the frozen members by its own definition."""
    problems = []
    as_of = date.fromisoformat(content["as_of"])
    for figure in content["figures"]:
        again = computed(figure["definition"], as_of, content["holdings"])
        for part, right in again.items():
            if figure[part] != right:
                words = {"name": figure["definition"]["name"], "part": part, "stated": figure[part], "right": right}
                problems.append(_("指标“%(name)s”的 %(part)s 写为 %(stated)s，由名单重算为 %(right)s。") % words)
    return problems


def _receipt(document: dict[str, Any]) -> list[str]:
    receipt = document["receipt"]
    problem = ledger.problem_of_receipt(receipt["content"], receipt["leaf"], receipt["path"], receipt["seal"])
    problems = [problem] if problem else []
    details = json.loads(receipt["content"].split("\x1f")[7])
    if details.get("digest") != document["digest"]:
        problems.append(_("台账里登记的摘要与文件的摘要不同：这不是当时发布的内容。"))
    if not receipt["seal"]["public_key"] == document["content"]["seal"]["public_key"] == document["public_key"]:
        problems.append(_("文件与封存不是同一密钥签署的。"))
    return problems
