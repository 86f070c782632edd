"""The language of the command line: Chinese, or English when the terminal or SHOUSHAN_LANGUAGE says so."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from shoushan.config import environment
from shoushan.config.cli import Parser
from shoushan.config.commands import build_parser
from shoushan.config.environment import SettingError
from shoushan.lib.languages import chosen

CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
COMMANDS = (
    ["--help"],
    ["serve", "--help"],
    ["import"],
    ["nothing"],
    ["serve", "--port", "0"],
    ["figure", "x", "--as-of", "2020-13-01"],
    ["verify", "missing.json"],
    ["ledger", "verify"],
)


@pytest.fixture
def clean(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("SHOUSHAN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "zh-hans"),
        ({"LANG": "C.UTF-8"}, "zh-hans"),
        ({"LANG": "de_DE.UTF-8"}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "en_US.UTF-8", "SHOUSHAN_LANGUAGE": "zh"}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8", "SHOUSHAN_LANGUAGE": "EN"}, "en"),
    ],
)
def test_it_follows_the_setting_then_the_terminal(
    clean: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    for name, value in variables.items():
        clean.setenv(name, value)

    assert environment.command_language("SHOUSHAN_LANGUAGE") == expected


def test_it_refuses_another_language(clean: pytest.MonkeyPatch) -> None:
    clean.setenv("SHOUSHAN_LANGUAGE", "tlh")

    with pytest.raises(SettingError, match="请填 zh 或 en"):
        environment.command_language("SHOUSHAN_LANGUAGE")


def test_it_says_a_bad_setting_in_english(clean: pytest.MonkeyPatch) -> None:
    clean.setenv("LANG", "en_US.UTF-8")
    clean.setenv("SHOUSHAN_HTTPS", "maybe")

    with pytest.raises(SettingError) as refused:
        environment.flag("SHOUSHAN_HTTPS", default=False)

    assert str(refused.value) == "Environment variable SHOUSHAN_HTTPS='maybe' cannot be used: write 1 or 0"


def test_it_helps_in_english_with_every_command() -> None:
    with chosen("en"):
        (commands,) = [each for each in build_parser(Parser)._actions if isinstance(each.choices, dict)]
        helps = {name: parser.format_help() for name, parser in commands.choices.items()}

    assert len(helps) > 10
    assert {name for name, text in helps.items() if CHINESE.search(text)} == set()


def run(home: Path, language: str, *arguments: str) -> str:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SHOUSHAN_", "DJANGO_", "LC_"))}
    kept |= {"SHOUSHAN_HOME": str(home), "LANG": language, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "shoushan.config.cli", *arguments]
    done = subprocess.run(command, env=kept, capture_output=True, text=True, check=False, encoding="utf-8")
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


@pytest.mark.slow
def test_it_speaks_one_language_even_before_setup(tmp_path: Path) -> None:
    for command in COMMANDS:
        assert not CHINESE.search(run(tmp_path, "en_US.UTF-8", *command)), command
    assert "用法：shoushan" in run(tmp_path, "C.UTF-8", "--help")
    assert "usage:" not in run(tmp_path, "C.UTF-8", "import")
