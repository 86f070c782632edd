"""settings.md: the environment variables that are read, with their defaults as the code has them and what they mean."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings

from shoushan.config.reference.markdown import code, page, table

MEANINGS: Final = {
    "SHOUSHAN_HOME": "folder of database, uploads, static files and keys; **back up `keys/` apart from the database**",
    "SHOUSHAN_DATABASE_URL": "`postgresql://user:password@host:port/name`; without it SQLite in the home",
    "SHOUSHAN_HOSTS": "host names that the site answers to, separated by commas",
    "SHOUSHAN_HTTPS": "1 behind a TLS proxy that sets X-Forwarded-Proto: secure cookies",
    "SHOUSHAN_SECRET_KEY": "secret of sessions; without it one is made at the first start and kept in `keys/django.key`",
    "SHOUSHAN_SESSION_MINUTES": "how long a sign-in lasts, at least 5",
    "SHOUSHAN_SIGN_IN_FAILURES": "wrong passwords after which an account is locked",
    "SHOUSHAN_SIGN_IN_LOCK_MINUTES": "how long it stays locked",
    "SHOUSHAN_MAIL_URL": "server that sends e-mail: `smtp://user:password@host:port`, `smtp+tls://` or `smtps://`; without it none is sent",
    "SHOUSHAN_MAIL_FROM": "sender of e-mail",
    "SHOUSHAN_ROBOT_HOSTS": "hosts of chat robots beside those of their makers, for platforms inside the net, separated by commas",
    "SHOUSHAN_SITE_ADDRESS": "address of the site, as messages outside it name it",
    "SHOUSHAN_PERSONAL_CIPHER": "cipher of personal data from now on: `AES` (AES-256-GCM) or `SM4` (SM4-GCM)",
    "SHOUSHAN_MAX_UPLOAD_MB": "largest file that the site takes",
    "SHOUSHAN_STEP_LOST_SECONDS": "after so long without a sign of life another worker takes an import up, at least 3",
    "SHOUSHAN_DISTRICT": "area code of the district; `370102` loads the reference district at set-up",
    "SHOUSHAN_DISTRICT_NAME": "name of the district as pages show it",
    "SHOUSHAN_LOG_LEVEL": "what goes to stderr: DEBUG, INFO, WARNING, ERROR or CRITICAL",
    "SHOUSHAN_SERVER_LOG_LEVEL": "the same for the web server, in small letters",
    "SHOUSHAN_LANGUAGE": "language of the command line, `zh` or `en`; without it that of the terminal when it is English, else Chinese",
    "SHOUSHAN_DEBUG": "1 shows tracebacks and serves unhashed files: for development only",
}
DEFAULTS: Final = {
    "SHOUSHAN_LANGUAGE": "that of the terminal",
    "SHOUSHAN_HOME": "`var/` in the checkout",
    "SHOUSHAN_DATABASE_URL": "SQLite in the home",
    "SHOUSHAN_SECRET_KEY": "made at the first start",
    "SHOUSHAN_MAIL_URL": "none",
    "SHOUSHAN_ROBOT_HOSTS": "none",
    "SHOUSHAN_SITE_ADDRESS": "none",
}
"""In words, where the code computes it."""

FOR_TESTS: Final = {
    "SHOUSHAN_TEST_NEXT": "1: `script/test --strict` also tests on the newest Python at hand",
    "SHOUSHAN_TEST_PG": "PostgreSQL that `script/test` uses (default: postgres on 127.0.0.1:5432)",
    "SHOUSHAN_TEST_WORKERS": "test processes (default: 2)",
    "SHOUSHAN_AUDIT_URL": "an OSV service that `script/audit` asks for known vulnerabilities",
    "SHOUSHAN_VENV": "folder of the environment that `script/bootstrap` makes (default: `.venv`)",
    "SHOUSHAN_BENCH_DETAILS": "folder for the details of `script/bench` (default: `var/bench`)",
    "SHOUSHAN_BENCH_PG": "PostgreSQL server for `script/bench`, as with `--pg`",
    "SHOUSHAN_BENCH_SKIP_BOOTSTRAP": "1: `script/bench` uses the environment as it is",
    "SHOUSHAN_CHROMIUM": "browser of the end-to-end tests and screenshots (default: /usr/bin/chromium)",
}
NAME: Final = re.compile(r"SHOUSHAN_[A-Z]+(?:_[A-Z]+)*")


class UndescribedVariableError(LookupError):
    """A variable is read that has no meaning in this module, or the other way round."""


class Variable(NamedTuple):
    """One environment variable."""

    name: str
    default: str
    meaning: str

    @property
    def row(self) -> tuple[str, str, str]:
        """Its line in a table."""
        return code(self.name), self.default, self.meaning


def render() -> str:
    """The page."""
    lead = "Environment variables. A value that cannot be used stops the start with a sentence that says why."
    headings = ("Variable", "Default", "Meaning")
    tests = table(headings[::2], ((code(name), meaning) for name, meaning in FOR_TESTS.items()))
    rows = table(headings, (each.row for each in variables()))
    return page("Settings", lead, [rows, f"## Tests only\n\n{tests}"])


def variables() -> list[Variable]:
    """Every variable that the product reads, in the order of MEANINGS."""
    read = defaults_in_code(Path(settings.PACKAGE) / "config")
    if read.keys() != MEANINGS.keys():
        names = ", ".join(sorted(read.keys() ^ MEANINGS.keys()))
        raise UndescribedVariableError(
            f"{names}: read without a line in MEANINGS (config/reference/variables.py), or not read"
        )
    return [Variable(name, DEFAULTS.get(name) or read[name], meaning) for name, meaning in MEANINGS.items()]


def defaults_in_code(folder: Path) -> dict[str, str]:
    """Variable -> default, as the calls that read it in the modules of a folder spell it; empty where it is computed."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = str(node.args[0].value)
                if NAME.fullmatch(name):
                    found[name] = _default(node)
    return found


def _default(call: ast.Call) -> str:
    given = [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "default")]
    if not given:
        return ""
    try:
        value = ast.literal_eval(given[0])
    except ValueError:
        return ""
    if isinstance(value, bool):
        return code(int(value))
    if isinstance(value, tuple):
        return code(value[0])
    return code(",".join(value) if isinstance(value, list) else value)
