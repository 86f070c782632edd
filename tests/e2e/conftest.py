"""A site with the reference district's facts in a folder of its own, and a browser that opens it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from demo.generate import generate
from playwright.sync_api import Browser, sync_playwright

from tests import migrated
from tests.e2e.hands import ROOT, run

CHROMIUM = os.environ.get("SHOUSHAN_CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --disable-background-networking"
    " --disable-component-update --disable-sync --no-first-run"
)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    generate(folder / "demo", dates=(date(2020, 3, 20), date(2020, 3, 23)))
    migrated.put_into(folder)
    run(folder, "setup")
    run(folder, "demo-accounts")
    run(folder, "import", "--quiet", *map(str, sorted((folder / "demo").rglob("*.xlsx"))[:2]))
    ledgers = sorted(path for path in (folder / "demo" / "2020-03-23").iterdir())
    run(folder, "import", "--quiet", *map(str, ledgers))
    return folder


@pytest.fixture(scope="session")
def site(home: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SHOUSHAN_", "DJANGO_"))}
    environment["SHOUSHAN_HOME"] = str(home)
    server = subprocess.Popen(
        [sys.executable, "-m", "shoushan.config.cli", "serve", "--port", str(port), "--workers", "1"],
        env=environment,
        cwd=ROOT,
    )
    address = f"http://127.0.0.1:{port}"
    for _attempt in range(300):  # a busy machine takes its time
        try:
            urllib.request.urlopen(f"{address}/sign-in/", timeout=5).close()
            break
        except OSError:
            time.sleep(0.2)
    else:
        server.kill()
        pytest.fail("the site does not answer")
    yield address
    server.terminate()
    server.wait(15)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield launched
        launched.close()
