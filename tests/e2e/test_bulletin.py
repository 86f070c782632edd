"""The office's way in a real browser: sign in, bulletin, number, members, release."""

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
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = pytest.mark.e2e

CHROMIUM = os.environ.get("SHOUSHAN_CHROMIUM", "/usr/bin/chromium")
ROOT = Path(__file__).parents[2]
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --disable-background-networking"
    " --disable-component-update --disable-sync --no-first-run"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    generate(folder / "demo", dates=(date(2020, 3, 20), date(2020, 3, 23)))
    run(folder, "setup")
    run(folder, "demo-accounts")
    run(folder, "import", "--quiet", *map(str, sorted((folder / "demo").rglob("*.xlsx"))[:2]))
    ledgers = sorted(path for path in (folder / "demo" / "2020-03-23").iterdir())
    run(folder, "import", "--quiet", *map(str, ledgers))
    return folder


def run(home: Path, *arguments: str) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SHOUSHAN_", "DJANGO_"))}
    environment["SHOUSHAN_HOME"] = str(home)
    command = [sys.executable, "-m", "shoushan.config.cli", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
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
    for _attempt in range(100):
        try:
            urllib.request.urlopen(f"{address}/sign-in/", timeout=1).close()
            break
        except OSError:
            time.sleep(0.2)
    yield address
    server.terminate()
    server.wait(15)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield launched
        launched.close()


def sign_in(browser: Browser, site: str, username: str, width: int = 1440, *, scripts: bool = True) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN", java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{site}/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", "qiushi-2020-demo")
    page.click("main button[type=submit]")
    return page


@pytest.mark.parametrize("width", [1440, 390])
def test_it_opens_the_published_number_onto_its_members(browser: Browser, site: str, width: int) -> None:
    page = sign_in(browser, site, "leader", width)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)

    page.goto(f"{site}/resumption/bulletin/?as_of=2020-03-23")
    assert "累计复工1096家,累计开工总人数72556人" in page.inner_text("main")
    page.click("a[href*='people_at_work']")

    assert "72,556" in page.inner_text("main")
    assert "与数字一致" in page.inner_text("main")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert errors == []


def test_it_takes_a_file_through_the_wizard_in_the_browser(browser: Browser, site: str, home: Path) -> None:
    page = sign_in(browser, site, "yaojia")
    file = next((home / "demo" / "2020-03-20").glob("*姚家*"))

    page.goto(f"{site}/imports/new/")
    page.set_input_files("[name=file]", str(file))
    page.click("main button[type=submit]")
    page.click("text=下一步：确认导入", timeout=30_000)
    page.click("main button[type=submit]")
    page.wait_for_selector("text=已导入", timeout=30_000)

    assert "未变 0" in page.inner_text("main")


def test_it_releases_a_file_that_the_command_verifies(browser: Browser, site: str, home: Path, tmp_path: Path) -> None:
    page = sign_in(browser, site, "office")

    page.goto(f"{site}/resumption/bulletin/?as_of=2020-03-23")
    page.click("text=冻结并发布")
    with page.expect_download() as download:
        page.click("text=下载发布文件")
    download.value.save_as(tmp_path / "release.json")

    assert "1096家" in run(home, "verify", str(tmp_path / "release.json"))


def test_it_reads_the_list_without_scripts(browser: Browser, site: str) -> None:
    page = sign_in(browser, site, "zhiyuan", scripts=False)

    page.goto(f"{site}/resumption/ledger/?status=RESUMED")

    assert page.locator("tbody tr").count() == 50


def test_it_locks_an_account_after_five_wrong_passwords(browser: Browser, site: str) -> None:
    page = browser.new_context(locale="zh-CN").new_page()
    for _attempt in range(5):
        page.goto(f"{site}/sign-in/")
        page.fill("[name=username]", "auditor")
        page.fill("[name=password]", "wrong-password")
        page.click("main button[type=submit]")
    page.goto(f"{site}/sign-in/")
    page.fill("[name=username]", "auditor")
    page.fill("[name=password]", "qiushi-2020-demo")
    page.click("main button[type=submit]")

    page.goto(f"{site}/resumption/ledger/")
    assert "/sign-in/" in page.url
