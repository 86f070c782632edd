"""What every benchmark shares: a fresh database, fair timing, one line of result, details kept beside it."""

from __future__ import annotations

import json
import os
import resource
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DISTRICT = "370102"
AREAS = tuple(f"{DISTRICT}{number:03d}" for number in range(1, 14))


@contextmanager
def instance() -> Iterator[Path]:
    """A fresh instance: its home folder and an empty database, PostgreSQL where SHOUSHAN_BENCH_PG names a server.

    Where SHOUSHAN_BENCH_TEMPLATE names the home of a ready instance, it is a copy of that one.
    """
    server = os.environ.get("SHOUSHAN_BENCH_PG", "")
    ready = os.environ.get("SHOUSHAN_BENCH_TEMPLATE", "")
    with tempfile.TemporaryDirectory(prefix="shoushan-bench-") as home:
        os.environ |= {"SHOUSHAN_HOME": home, "DJANGO_SETTINGS_MODULE": "bench.settings", "SHOUSHAN_LOG_LEVEL": "ERROR"}
        if ready:
            shutil.copytree(ready, home, dirs_exist_ok=True)
        with _database(server, is_copy=bool(ready)):
            prepare()
            from django.db import connections

            if not ready:
                _fill()
            try:
                yield Path(home)
            finally:
                connections.close_all()


@contextmanager
def template() -> Iterator[None]:
    """While it lasts, instances are copies of one that is made here once: the migrations run once for all benchmarks."""
    with instance() as home:
        from django.db import connections

        connections.close_all()  # PostgreSQL copies only a database that nobody is connected to
        os.environ["SHOUSHAN_BENCH_TEMPLATE"] = str(home)
        try:
            yield
        finally:
            del os.environ["SHOUSHAN_BENCH_TEMPLATE"]


@contextmanager
def _database(server: str, *, is_copy: bool) -> Iterator[None]:
    """A database on `server`, empty or a copy of the one that SHOUSHAN_DATABASE_URL names; none for SQLite, whose file is in the home."""
    if not server:
        os.environ["SHOUSHAN_DATABASE_URL"] = ""
        yield
        return
    import psycopg

    name = f"shoushan_bench_{secrets.token_hex(4)}"
    copied = f' TEMPLATE "{os.environ["SHOUSHAN_DATABASE_URL"].rsplit("/", 1)[1]}"' if is_copy else ""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{copied}')
    os.environ["SHOUSHAN_DATABASE_URL"] = f"{server.rsplit('/', 1)[0]}/{name}"
    try:
        yield
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _fill() -> None:
    """The tables, and the reference district in them."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)  # the peers' tables refer to ours
    from shoushan.directory.services import load_reference_district

    load_reference_district()


def prepare() -> None:
    """Django, with the environment that `instance` has set (also in child processes)."""
    import django

    django.setup()


def cookie_of(user: Any) -> str:
    """The cookie of an account that is signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def seconds(work: Callable[[], Any]) -> float:
    """Wall seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def alternating(ours: Callable[[], float], peer: Callable[[], float], rounds: int) -> tuple[list[float], list[float]]:
    """Both sides measured in turn, so that a slow moment of the machine falls on both."""
    mine, theirs = [], []
    for _round in range(rounds):
        mine.append(ours())
        theirs.append(peer())
    return mine, theirs


def median(values: list[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def peak_megabytes() -> float:
    """Most memory that this process has had."""
    status = Path("/proc/self/status")
    if status.exists():  # unlike ru_maxrss it does not count what the parent had before the process became itself
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        return int(lines["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def child(module: str, *arguments: str) -> dict[str, Any]:
    """Run one side in a process of its own; it answers with one line of JSON."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], capture_output=True, text=True, cwd=ROOT, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def report(name: str, ratio: float, floor: str, details: dict[str, Any]) -> None:
    """One line of exactly three fields; the details go to a file where SHOUSHAN_BENCH_DETAILS names a folder."""
    print(f"{name} {ratio:.2f} {floor}", flush=True)
    folder = os.environ.get("SHOUSHAN_BENCH_DETAILS")
    if folder:
        path = Path(folder) / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            json.dumps({"name": name, "ratio": ratio, "floor": floor, **details}, ensure_ascii=False, indent=1)
        )
