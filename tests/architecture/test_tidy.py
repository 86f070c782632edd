"""Sizes and manners of the code, as the house style sets them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import MODULES, ROOT, name, tree


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_it_keeps_modules_and_functions_small(path: Path) -> None:
    assert path.read_text().count("\n") <= 600
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 70, node.name
        if isinstance(node, ast.ImportFrom):
            assert "*" not in [alias.name for alias in node.names]
            assert node.module != "django.dispatch", "no receivers"


@pytest.mark.parametrize("path", sorted((ROOT / "src").rglob("*.html")), ids=name)
def test_it_keeps_templates_small_and_self_contained(path: Path) -> None:
    text = path.read_text()

    assert text.count("\n") <= 160  # one element a line
    assert "<script>" not in text
    assert "style=" not in text
    assert "//" not in text.replace("{{ ", "").replace("http://www.w3.org", "")


def test_it_names_no_machine_and_no_registry() -> None:
    hosts = ["py" + "pi.org", "python" + "hosted", "registry.npm" + "js", "/" + "root/", "/" + "work/"]
    for path in [*ROOT.glob("requirements*"), *ROOT.glob("script/*"), *MODULES, *ROOT.glob("*.md")]:
        text = path.read_text()
        assert not [host for host in hosts if host in text], name(path)


CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "noop"}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_it_writes_sentences_with_full_width_marks(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS):
            continue
        for text in (each.value for each in node.args if isinstance(each, ast.Constant)):
            assert not re.search(r"[一-龥][,;:?!]|[,;?!][一-龥]", str(text)), text
