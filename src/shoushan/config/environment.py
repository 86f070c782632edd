"""Typed readers of environment variables: a bad value stops the start with a sentence that says how to mend it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from shoushan.lib.languages import CHINESE, ENGLISH
from shoushan.lib.marking import noop

_ADDRESS: Final = noop("请写成 postgresql://user:password@host:port/name")


class SettingError(SystemExit):
    """A setting cannot be used. Stops the start with exit code 2 and one sentence on stderr.

    The settings, and with them Django's catalogues, are not there yet: the sentence is looked up without them.
    """

    def __init__(self, name: str, value: str, hint: str, **words: object) -> None:
        super().__init__(2)
        self.sentence = _said(noop("环境变量 %(name)s=%(value)r 无法使用：%(hint)s")) % {
            "name": name,
            "value": value,
            "hint": _said(hint) % words if words else _said(hint),
        }

    def __str__(self) -> str:
        return self.sentence


def _said(sentence: str) -> str:
    if guessed_language() != ENGLISH:
        return sentence
    from shoushan.config.messages import english_of  # only on the way out: a good start needs no catalogue

    return english_of(sentence)


def guessed_language() -> str:
    """The language of the command line: SHOUSHAN_LANGUAGE, else that of the terminal when it is English, else Chinese."""
    asked = text("SHOUSHAN_LANGUAGE") or text("LC_ALL") or text("LC_MESSAGES") or text("LANG")
    return ENGLISH if asked.lower().startswith("en") else CHINESE


def command_language(name: str) -> str:
    """As `guessed_language`, where a word that means neither language stops the start."""
    value = text(name)
    if value.lower() not in {"", "zh", CHINESE, ENGLISH}:
        raise SettingError(name, value, noop("请填 zh 或 en"))
    return guessed_language()


def text(name: str, default: str = "") -> str:
    """The variable as it stands, without surrounding blanks."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool) -> bool:
    """A yes/no variable: 1, true, yes, on or 0, false, no, off."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise SettingError(name, value, noop("请填 1 或 0"))


def whole(name: str, default: int, *, least: int = 0) -> int:
    """A whole number of at least `least`."""
    value = text(name)
    if not value:
        return default
    if not value.isdecimal() or int(value) < least:
        raise SettingError(name, value, noop("请填不小于 %(least)d 的整数"), least=least)
    return int(value)


def listing(name: str, default: list[str]) -> list[str]:
    """Values separated by commas."""
    value = text(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else default


def one_of(name: str, choices: tuple[str, ...]) -> str:
    """One of a few words, in capital letters; the first unless the variable says otherwise."""
    value = text(name).upper() or choices[0]
    if value not in choices:
        raise SettingError(name, value, noop("请填 %(choices)s 之一"), choices="、".join(choices))
    return value


def folder(name: str, default: Path) -> Path:
    """A folder that exists afterwards and can be written to."""
    value = text(name)
    path = Path(value).expanduser().resolve() if value else default
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(name, str(path), noop("不能建立目录（%(reason)s）"), reason=error.strerror) from error
    if not os.access(path, os.W_OK):
        raise SettingError(name, str(path), noop("目录不可写"))
    return path


def database(name: str, home: Path) -> dict[str, Any]:
    """The database: SQLite under the home folder unless the variable names a PostgreSQL address."""
    value = text(name)
    if not value:
        return sqlite(home / "shoushan.sqlite3")
    try:
        parts = urlsplit(value)
    except ValueError as error:
        raise SettingError(name, value, _ADDRESS) from error
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingError(name, value, _ADDRESS)
    try:
        port = parts.port
    except ValueError as error:
        raise SettingError(name, value, noop("端口必须是数字")) from error
    if not parts.path.strip("/"):
        raise SettingError(name, value, noop("缺少库名"))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite in WAL mode; writers queue for up to 30 s instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-65536;"
            "PRAGMA temp_store=MEMORY;PRAGMA mmap_size=268435456;",
        },
    }


class Mail(NamedTuple):
    """The server that takes messages; without a host there is none."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    is_ssl: bool = False
    is_starttls: bool = False


_MAIL_PORTS: Final = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail(name: str) -> Mail:
    """smtp://user:password@host:port; smtp+tls:// begins plain and turns to TLS, smtps:// is TLS from the start."""
    value = text(name)
    if not value:
        return Mail()
    parts = urlsplit(value)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in _MAIL_PORTS or not parts.hostname or port == -1:
        raise SettingError(name, value, noop("请写成 smtp://user:password@host:port、smtp+tls:// 或 smtps://"))
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    schemes = (parts.scheme == "smtps", parts.scheme == "smtp+tls")
    return Mail(parts.hostname, port or _MAIL_PORTS[parts.scheme], user, password, *schemes)
