from pathlib import Path
from typing import Any

import pytest

from shoushan.config import environment
from shoushan.config.environment import SettingError

NAME = "SHOUSHAN_TEST_VARIABLE"


def refusal(function: Any, *arguments: Any, **more: Any) -> str:
    with pytest.raises(SettingError) as caught:
        function(NAME, *arguments, **more)
    assert caught.value.code == 2
    return str(caught.value)


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("Yes", True), (" on ", True), ("0", False), ("FALSE", False), ("", True)]
)
def test_it_reads_a_flag(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv(NAME, value)

    assert environment.flag(NAME, default=True) is expected


def test_it_refuses_another_word_for_a_flag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "maybe")

    assert refusal(environment.flag, default=False) == f"环境变量 {NAME}='maybe' 无法使用：请填 1 或 0"


def test_it_reads_a_whole_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    assert environment.whole(NAME, 7) == 7

    monkeypatch.setenv(NAME, "12")
    assert environment.whole(NAME, 7) == 12


@pytest.mark.parametrize("value", ["0", "-3", "1.5", "many"])
def test_it_refuses_a_number_that_is_too_small_or_none(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)

    assert "不小于 1 的整数" in refusal(environment.whole, 7, least=1)


def test_it_reads_a_listing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "a, b,,c ")
    assert environment.listing(NAME, ["x"]) == ["a", "b", "c"]

    monkeypatch.setenv(NAME, " ")
    assert environment.listing(NAME, ["x"]) == ["x"]


def test_it_reads_one_of_a_few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "info")
    assert environment.one_of(NAME, ("WARNING", "INFO")) == "INFO"

    monkeypatch.setenv(NAME, "")
    assert environment.one_of(NAME, ("WARNING", "INFO")) == "WARNING"

    monkeypatch.setenv(NAME, "LOUD")
    assert "WARNING、INFO" in refusal(environment.one_of, ("WARNING", "INFO"))


def test_it_makes_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(NAME, str(tmp_path / "a" / "b"))

    assert environment.folder(NAME, tmp_path).is_dir()


def test_it_refuses_a_folder_that_can_not_be(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(NAME, str(tmp_path / "file" / "below"))

    assert "不能建立目录" in refusal(environment.folder, tmp_path)


def test_it_takes_sqlite_in_the_home_unless_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(NAME, raising=False)
    own = environment.database(NAME, tmp_path)
    monkeypatch.setenv(NAME, "sqlite:////srv/%E9%A6%96%E5%96%84.sqlite3")
    other = environment.database(NAME, tmp_path)

    assert own["NAME"] == str(tmp_path / "shoushan.sqlite3")
    assert other["NAME"].endswith("/srv/首善.sqlite3")
    assert own["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_it_reads_a_postgresql_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(NAME, "postgresql://clerk:p%40ss@db.local:5433/district?sslmode=require")

    found = environment.database(NAME, tmp_path)

    parts = {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    assert parts == {
        "NAME": "district",
        "USER": "clerk",
        "PASSWORD": "p@ss",
        "HOST": "db.local",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("mysql://localhost/x", "postgresql://user"),
        ("postgresql://[bad", "postgresql://user"),
        ("postgresql://localhost:port/x", "端口必须是数字"),
        ("postgresql://localhost", "缺少库名"),
    ],
)
def test_it_refuses_another_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: str, hint: str) -> None:
    monkeypatch.setenv(NAME, value)

    assert hint in refusal(environment.database, tmp_path)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ("", 25, "", "", False, False)),
        ("smtp://mail.example.org", ("mail.example.org", 25, "", "", False, False)),
        ("smtp+tls://a%40b:p%3Aw@mail.example.org", ("mail.example.org", 587, "a@b", "p:w", False, True)),
        ("smtps://u:p@mail.example.org:994", ("mail.example.org", 994, "u", "p", True, False)),
    ],
)
def test_it_reads_a_mail_server(monkeypatch: pytest.MonkeyPatch, value: str, expected: tuple[Any, ...]) -> None:
    monkeypatch.setenv(NAME, value)

    assert environment.mail(NAME) == expected


@pytest.mark.parametrize("value", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:port"])
def test_it_refuses_what_is_no_mail_server(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)

    assert "smtp://user:password@host:port" in refusal(environment.mail)
