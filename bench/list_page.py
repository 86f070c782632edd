"""The staff list page: 50 of 10,000 rows, filtered, signed in, eight clients.

Peer: the change list of Django's admin site over the same table, on the same server.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

from bench import harness

CLIENTS = 8


def run(*, full: bool) -> None:
    """Both sites served by granian with the same options, asked in turn."""
    rows, requests, rounds = (10_000, 400, 3) if full else (1_000, 40, 1)
    with harness.instance() as home:
        cookie = fill(home, rows)
        own = f"/resumption/ledger/?area={harness.AREAS[10]}&order=-at_work"
        theirs_path = f"/peer-admin/resumption/enterprisestanding/?area_code={harness.AREAS[10]}&o=-8"
        with Server("shoushan.config.settings") as product, Server("bench.admin_settings") as admin:
            mine, theirs = harness.alternating(
                lambda: load(product.port, own, cookie, requests, CLIENTS)[0],
                lambda: load(admin.port, theirs_path, cookie, requests, CLIENTS)[0],
                rounds,
            )
            alone = load(product.port, own, cookie, max(40, requests // 2), 1)[1]
        ratio = harness.median([me / them for me, them in zip(mine, theirs, strict=True)])
        harness.report("list_page", ratio, ">=3", {"rows": rows, "ours_per_s": mine, "peer_per_s": theirs})
        harness.report(
            "list_page_p95_ms", harness.percentile(alone, 0.95) * 1000, "<=60", {"ms": [a * 1000 for a in alone]}
        )


def fill(home: Path, rows: int) -> str:
    """Import the rows, open an account for the district's office and sign it in; returns its cookie."""
    from django.core.management import call_command
    from django.utils import timezone

    from bench import workbook
    from shoushan.directory.enums import Role
    from shoushan.directory.services import create_user, grant_role
    from shoushan.exchange.declarations import sheet
    from shoushan.exchange.services import bring_in

    path = home / "list.xlsx"
    workbook.write(path, rows)
    now = timezone.now()
    bring_in(path, at=now, sheet=sheet("resumption.ledger"), as_of=workbook.AS_OF, commit=True)
    user = create_user(username="office", password="long-enough-2020", display_name="办公室（演示）", at=now)
    grant_role(user=user, role=Role.HQ_OFFICE, area_code=harness.DISTRICT, valid_from=now.date() - timedelta(days=1))
    call_command("collectstatic", verbosity=0, interactive=False)
    return harness.cookie_of(user)


class Server:
    """A granian with two workers on a free port."""

    def __init__(self, settings: str) -> None:
        self.settings = settings
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def __enter__(self) -> Server:
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
        ]
        command += [
            "--workers",
            "2",
            "--blocking-threads",
            "1",
            "--backpressure",
            "64",
            "--no-ws",
            "--log-level",
            "warning",
        ]
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": self.settings}
        self.process = subprocess.Popen([*command, "bench.wsgi:application"], env=environment, cwd=harness.ROOT)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return self
        raise RuntimeError("the server did not start")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()


def load(port: int, path: str, cookie: str, requests: int, clients: int) -> tuple[float, list[float]]:
    """Requests a second and the seconds of each, over keep-alive connections; any answer but 200 is an error."""
    times: list[float] = []
    wrong: list[int] = []

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for number in range(requests // clients + 2):
            start = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": cookie, "Host": "127.0.0.1"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                wrong.append(answer.status)
            if number >= 2:  # the first two warm the connection and the worker up
                times.append(time.perf_counter() - start)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    took = harness.seconds(lambda: ([thread.start() for thread in threads], [thread.join() for thread in threads]))
    if wrong:
        raise AssertionError(f"{path} answered {wrong[0]}")
    return (requests // clients + 2) * clients / took, times
