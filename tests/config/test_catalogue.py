"""The English catalogue: complete, in order, and what the program says now."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.utils import translation

from shoushan.config import catalogues, extraction, messages

PO = catalogues.ENGLISH


def catalogue_of(text: str, tmp_path: Path) -> Catalog:
    path = tmp_path / "django.po"
    path.write_text(extraction.HEADER + text, encoding="utf-8")
    return messages.read_catalogue(path)


def test_it_has_a_good_english_sentence_for_every_chinese_one() -> None:
    kept = messages.read_catalogue(PO)

    found = extraction.merged(extraction.extracted(catalogues.PACKAGE), kept)

    missing = extraction.problems(found) + extraction.problems(kept)
    assert not missing, "Run script/messages and translate in " + PO.name + ":\n" + "\n".join(missing)


def test_it_changes_nothing_when_it_runs_again(capsys: pytest.CaptureFixture[str]) -> None:
    code = catalogues.main(["--check"])

    assert code == 0, capsys.readouterr().err


def test_it_writes_no_line_numbers_and_no_dates() -> None:
    text = PO.read_text(encoding="utf-8")

    assert "Creation-Date" not in text
    assert not [line for line in text.splitlines() if line.startswith("#: ") and ".py:" in line]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('msgid "街道"\nmsgstr ""\n', "has no English: 街道"),
        ('msgid "街道"\nmsgstr "街道 office"\n', "has Chinese left in its English, outside “…”: 街道"),
        ('msgid "街道"\nmsgstr "Subdistrict，"\n', "has Chinese left in its English, outside “…”: 街道"),
        ('msgid "第 %(n)d 行"\nmsgstr "row %(m)d"\n', "has other placeholders in its English: 第 %(n)d 行"),
        ('msgid "缺少 %s"\nmsgstr "missing"\n', "has other placeholders in its English: 缺少 %s"),
        ('#, fuzzy\nmsgid "街道"\nmsgstr "Subdistrict"\n', "is marked fuzzy: 街道"),
        ('#~ msgid "街道"\n#~ msgstr "Subdistrict"\n', "is obsolete: 街道"),
        ('msgctxt "unit"\nmsgid "家"\nmsgid_plural "家"\nmsgstr[0] "enterprise"\nmsgstr[1] ""\n', "has no English: 家"),
    ],
)
def test_it_names_what_is_not_in_order(text: str, problem: str, tmp_path: Path) -> None:
    assert extraction.problems(catalogue_of(text, tmp_path)) == [problem]


def test_it_allows_chinese_that_is_to_be_written_into_a_chinese_table(tmp_path: Path) -> None:
    text = 'msgid "请写“截至”"\nmsgstr "Write “截至”"\n'

    assert extraction.problems(catalogue_of(text, tmp_path)) == []


def test_it_finds_sentences_in_code_and_templates(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        "def f(n):\n    noop('表')\n    _(n)\n    npgettext('unit', '家', '家', n)\n    pgettext_lazy('role', '发布')\n"
    )
    (tmp_path / "b.html").write_text(
        "  {% trans '甲' %}{{ x }}\n{% trans name %}{% if a %}\n      {% blocktrans with b=c %}乙 {{ b }}{% endblocktrans %}\n"
        "   {% blocktrans count n=n %}丙 {{ n }}{% plural %}丙 {{ n }}{% endblocktrans %}{% endif %}"
    )

    found = {(message.id, message.context) for message in extraction.extracted(tmp_path) if message.id}

    assert found == {
        ("表", None),
        (("家", "家"), "unit"),
        ("发布", "role"),
        ("甲", None),
        ("乙 %(b)s", None),
        (("丙 %(n)s", "丙 %(n)s"), None),
    }


def test_it_collects_every_marked_sentence_of_the_program() -> None:
    """One inside an f-string, or put together from pieces, would be lost."""
    found = {text for message in extraction.extracted(catalogues.PACKAGE) for text in forms_of(message.id)}

    for path in extraction.sources(catalogues.PACKAGE):
        for node in ast.walk(ast.parse(path.read_text())) if path.suffix == ".py" else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in extraction.KEYWORDS:
                first = node.args[0] if node.args else None
                assert not isinstance(first, (ast.JoinedStr, ast.BinOp)), f"{path.name}:{node.lineno}"
                if isinstance(first, ast.Constant) and not node.func.id.removeprefix("n").startswith("pgettext"):
                    assert first.value in found, f"{path.name}:{node.lineno}"


def forms_of(said: object) -> list[str]:
    return list(said) if isinstance(said, tuple) else [str(said)]


def test_it_keeps_translations_and_drops_what_is_gone(tmp_path: Path) -> None:
    found = Catalog()
    found.add(("丙", "丙"), locations=[("b.py", 0), ("a.py", 0)])
    found.add("新")
    kept = catalogue_of('msgid "丙"\nmsgstr "C"\n\nmsgid "旧"\nmsgstr "Old"\n', tmp_path)

    merged = extraction.merged(found, kept)

    assert merged.get("丙").string == ("C", "")
    assert merged.get("新").string == ""
    assert merged.get("旧") is None
    assert "#: a.py b.py\n" in extraction.as_text(merged)


def test_it_says_plainly_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "src" / "shoushan"
    package.mkdir(parents=True)
    (package / "a.py").write_text("_('请填写街道。')\n")
    monkeypatch.setattr(catalogues, "PACKAGE", package)
    monkeypatch.setattr(catalogues, "ENGLISH", package / "locale" / "en.po")

    checked = catalogues.main(["--check"])
    said = capsys.readouterr().err
    written = catalogues.main([])

    assert (checked, written) == (1, 0)
    assert "has no English: 请填写街道。\n" in said
    assert catalogues.STALE in said
    with (package / "locale" / "en.po").open("rb") as file:
        assert read_po(file).get("请填写街道。") is not None


def test_it_compiles_once_and_again_when_the_source_changed(tmp_path: Path) -> None:
    assert messages.compile_messages(tmp_path) == 1
    assert messages.compile_messages(tmp_path) == 0
    compiled = tmp_path / "en" / "LC_MESSAGES" / "django.mo"
    compiled.write_bytes(b"old")

    assert messages.compile_messages(tmp_path, only_missing=True) == 0
    assert messages.compile_messages(tmp_path) == 1
    assert compiled.read_bytes() != b"old"
    assert compiled.read_bytes().count(b"-Date: 2020-01-01") == 2  # not the minute in which it was compiled
    assert [path.name for path in compiled.parent.iterdir()] == ["django.mo"]


def test_it_works_in_english_before_it_is_compiled(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    from django.utils.translation import trans_real

    settings.LOCALE_PATHS = [tmp_path / "nothing"]  # type: ignore[attr-defined]

    found = trans_real.DjangoTranslation("en")

    assert found.gettext("街道办事处") == "街道办事处"


def test_it_translates_without_django() -> None:
    assert messages.english_of("请填 1 或 0") == "write 1 or 0"
    assert messages.english_of("没有登记的句子") == "没有登记的句子"
    with translation.override("en"):
        assert translation.gettext("街道办事处") == "Subdistrict office"
