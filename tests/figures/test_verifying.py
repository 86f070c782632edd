"""Files made up by someone who knows the format: each is refused in words, none with a traceback."""

import copy
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shoushan.apps.resumption.services import release_bulletin
from shoushan.figures.publications import canonical_json, document_text
from shoushan.figures.verifying import problems_of_text
from tests.apps.resumption.factories import AT, JANUARY, frame, report
from tests.kept import district

pytestmark = pytest.mark.django_db

DAY = date(2020, 2, 10)


@pytest.fixture
def document(tmp_path: Path) -> dict[str, Any]:
    district()
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})
    report(tmp_path, DAY, [[1, 50, "2020-02-10", 30], [2, 20, "2020-02-09", 11]])
    loaded: dict[str, Any] = json.loads(document_text(release_bulletin(as_of=DAY, at=AT, actor=None)))
    return loaded


def problems(document: dict[str, Any], **more: str) -> str:
    return "".join(problems_of_text(json.dumps(document, ensure_ascii=False), **more))


def sign_again(document: dict[str, Any]) -> None:
    """What a forger with a key of his own can make right: digest, signature, public key."""
    key = Ed25519PrivateKey.from_private_bytes(b"f" * 32)
    document["digest"] = hashlib.sha256(canonical_json(document["content"]).encode()).hexdigest()
    signed = {name: part for name, part in document.items() if name not in {"signature", "public_key"}}
    document["signature"] = key.sign(canonical_json(signed).encode()).hex()
    document["public_key"] = key.public_key().public_bytes_raw().hex()


def test_it_reads_the_file_however_it_is_laid_out(document: dict[str, Any]) -> None:
    assert problems_of_text(json.dumps(document)) == []
    assert problems_of_text(canonical_json(document)) == []


def test_it_is_not_taken_in_by_a_forger_who_signs_again(document: dict[str, Any]) -> None:
    document["content"]["title"] = "另一个标题"
    sign_again(document)

    found = problems(document)

    assert "签名不成立" not in found
    assert "台账里登记的摘要与文件的摘要不同" in found
    assert "不是同一密钥" in found


def test_it_computes_every_value_again(document: dict[str, Any]) -> None:
    figure = next(each for each in document["content"]["figures"] if each["value"] == 41)
    figure["value"] = 42
    sign_again(document)

    assert "value 写为 42，由名单重算为 41" in problems(document)


def test_it_refuses_the_receipt_of_another_release(document: dict[str, Any]) -> None:
    report_of_later = release_bulletin(as_of=DAY, at=AT, actor=None)
    later = json.loads(document_text(report_of_later))

    document["receipt"] = later["receipt"]

    assert "台账里登记的摘要与文件的摘要不同" in problems(document)


def test_it_refuses_a_part_of_another_kind(document: dict[str, Any]) -> None:
    for part in ("content", "digest", "receipt", "signature", "public_key"):
        for value in (None, 7, "", "zz", [], {}, [[]], True, -1.5):
            assert problems(document | {part: value}), (part, value)


def test_it_refuses_content_without_one_of_its_parts(document: dict[str, Any]) -> None:
    for part in document["content"]:
        rest = {name: value for name, value in document["content"].items() if name != part}
        assert problems(document | {"content": rest}), part


def test_it_refuses_a_definition_that_can_not_be_computed(document: dict[str, Any]) -> None:
    wrong = {"decimals": [10**9, -(10**9)], "days_back": [10**30, "1"], "numerator": [5], "denominator": [None]}
    for part, values in wrong.items():
        for value in values:
            altered = copy.deepcopy(document)
            for figure in altered["content"]["figures"]:
                figure["definition"][part] = value
            assert problems(altered), (part, value)


def test_it_refuses_a_member_that_is_none(document: dict[str, Any]) -> None:
    for row in ([], ["enterprise:A"], "text", 5, None, ["a", "b", "c", "d", "e"], [1, 2, 3, 4, {}]):
        altered = copy.deepcopy(document)
        altered["content"]["holdings"]["2020-02-10"].append(row)
        assert problems(altered), row


def test_it_refuses_numbers_that_json_does_not_know(document: dict[str, Any]) -> None:
    text = json.dumps(document, ensure_ascii=False)

    for word in ("NaN", "Infinity", "1e999", "9" * 5000):
        assert problems_of_text(text.replace('"value": 41', f'"value": {word}'))


def test_it_refuses_a_part_that_is_nested_without_end(document: dict[str, Any]) -> None:
    deep: list[Any] = []
    for _ in range(400):
        deep = [deep]
    altered = copy.deepcopy(document)
    altered["content"]["title"] = deep

    assert problems(altered)
    assert problems_of_text('{"content":' * 50_000)


def test_it_refuses_a_file_of_another_district(document: dict[str, Any]) -> None:
    assert "另一公钥" in problems(document, trusted_key="ab" * 32)
    assert problems(document, trusted_key=document["public_key"].upper()) == ""
