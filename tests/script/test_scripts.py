"""What the scripts say and how they end, where a full run of them would not show it."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.outside import ROOT, surroundings


def run(script: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "script" / script), *map(str, arguments)]
    return subprocess.run(
        command, env=surroundings(**environment), cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


def lock(folder: Path, text: str) -> Path:
    file = folder / "some.lock"
    file.write_text(text)
    return file


# ---- audit --------------------------------------------------------------------------------------
class Service(BaseHTTPRequestHandler):
    """A vulnerability service that knows of one package, and of `known`."""

    known = ""

    def do_POST(self) -> None:
        name = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["package"]["name"]
        ranges = [{"type": "ECOSYSTEM", "events": [{"fixed": "5.2.20"}]}]
        affected = [{"package": {"name": name, "ecosystem": "PyPI"}, "ranges": ranges}]
        answer = {"vulns": [{"id": "PYSEC-1", "affected": affected}]} if name in self.known.split() else {}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def service(known: str) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Service,), {"known": known})) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()


def audit(folder: Path, text: str, address: str) -> subprocess.CompletedProcess[str]:
    return run("audit", lock(folder, text), SHOUSHAN_AUDIT_URL=address, HOME=str(folder))


DJANGO = f"django==5.2.19 --hash=sha256:{'0' * 64}\n"


@pytest.mark.parametrize(
    ("known", "sentence", "code"),
    [
        ("jinja2", "some.lock：没有已知漏洞。\n", 0),
        ("jinja2 django", "django 5.2.19 有已知漏洞 PYSEC-1，已在 5.2.20 修复。\n", 1),
        ("", "说明：所连的服务没有漏洞数据（可能只是镜像），已知漏洞没有核对（不算错误）。\n", 0),
    ],
)
def test_it_says_what_the_vulnerability_service_knows(tmp_path: Path, known: str, sentence: str, code: int) -> None:
    with service(known) as address:
        done = audit(tmp_path, DJANGO, address)

    assert (done.stdout + done.stderr, done.returncode) == (sentence, code)


def test_it_only_notes_that_the_service_can_not_be_reached(tmp_path: Path) -> None:
    done = audit(tmp_path, DJANGO, "http://127.0.0.1:9/v1/query")

    assert done.stdout == "说明：查询不到登记漏洞的服务，已知漏洞没有核对（不算错误）。\n"
    assert done.returncode == 0


def test_it_does_not_take_an_unreadable_lock_for_a_silent_service(tmp_path: Path) -> None:
    with service("jinja2") as address:
        done = audit(tmp_path, "django=5.2.19\n", address)

    assert "说明" not in done.stdout
    assert done.returncode == 1


# ---- licences -----------------------------------------------------------------------------------
ALLOWED = '[allowed]\nMIT = "keep the notice"\n[read]\n{read}\n[named]\n{named}\n'


def licences(folder: Path, names: str, *, read: str = "", named: str = "") -> subprocess.CompletedProcess[str]:
    rules = folder / "licences.toml"
    rules.write_text(ALLOWED.format(read=read, named=named))
    return run("../.venv/bin/python", "script/licences", lock(folder, f"{names}==1\n"), rules)


@pytest.mark.parametrize(
    ("package", "sentence"),
    [
        ("psycopg", "psycopg 的许可证 LGPL-3.0-only 不在许可证清单内。\n"),
        ("numpy", "不在许可证清单内。\n"),
        ("six", "six 没有写明许可证：请读它的许可证文件，写入许可证清单的 [read]。\n"),
    ],
)
def test_it_refuses_a_licence_that_is_not_listed(tmp_path: Path, package: str, sentence: str) -> None:
    done = licences(tmp_path, package)

    assert done.stderr.endswith(sentence)
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("package", "rules"),
    [
        ("whitenoise", {}),
        ("psycopg", {"named": 'psycopg = "used unchanged"'}),
        ("six", {"read": 'six = "MIT"'}),
        ("six", {"read": 'six = "GPL-3.0-only OR MIT"'}),
        ("not-installed-here", {}),
    ],
)
def test_it_lets_a_listed_licence_pass(tmp_path: Path, package: str, rules: dict[str, str]) -> None:
    done = licences(tmp_path, package, **rules)

    assert (done.stderr, done.returncode) == ("", 0)


def test_it_wants_the_list_of_licences_without_leftovers(tmp_path: Path) -> None:
    done = licences(tmp_path, "whitenoise", named='psycopg = "used unchanged"')

    assert done.stderr == "许可证清单中的 psycopg 已不是依赖，请删去。\n"
    assert done.returncode == 1


# ---- the first line of a commit message --------------------------------------------------------
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("ledger: Verify inner nodes and stated levels.", 0),
        ("Merge branch 'a'", 0),
        ("ledger: verify inner nodes.", 1),
        ("ledger: Verify inner nodes", 1),
        ("Verify inner nodes.", 1),
        (f"ledger: Verify {'very ' * 12}much.", 1),
    ],
)
def test_it_holds_commit_messages_to_one_form(tmp_path: Path, line: str, code: int) -> None:
    message = tmp_path / "message"
    message.write_text(f"{line}\n\nWhy.\n")

    assert run("subject", message).returncode == code


# ---- the second Python --------------------------------------------------------------------------
def test_it_finds_no_newer_python_where_there_is_none(tmp_path: Path) -> None:
    for tool in ("env", "bash", "dirname", "sort", "tail", "cut"):
        (tmp_path / tool).symlink_to(f"/usr/bin/{tool}")

    done = run("newest-python", PATH=str(tmp_path), PYENV_ROOT=str(tmp_path))

    assert (done.stdout, done.returncode) == ("", 0)


@pytest.mark.parametrize("script", ["check", "test", "demo", "bootstrap", "audit", "lock", "newest-python", "subject"])
def test_it_stops_at_the_first_failure(script: str) -> None:
    assert "\nset -euo pipefail\n" in (ROOT / "script" / script).read_text()
