"""What a test does as a person would: run a command, sign in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]


def run(home: Path, *arguments: str) -> str:
    """A command of the product."""
    return _python(home, "shoushan.config.cli", *arguments)


def tell(home: Path, *modules: str) -> None:
    """Put what the demonstration's modules tell into the site."""
    for module in modules:
        _python(home, module)


def told_into(home: Path, module: str, *arguments: str) -> None:
    """One module of the demonstration with its arguments."""
    _python(home, module, *arguments)


def _python(home: Path, *arguments: str) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SHOUSHAN_", "DJANGO_"))}
    environment["SHOUSHAN_HOME"] = str(home)
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout


def sign_in(
    browser: Browser,
    site: str,
    username: str,
    width: int = 1440,
    *,
    scripts: bool = True,
    password: str = "qiushi-2020-demo",
) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN", java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{site}/")
    enter(page, username, password)
    return page


def enter(page: Page, username: str, password: str = "qiushi-2020-demo") -> None:
    """Fill in the page that asks who it is."""
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")


def fits(page: Page) -> bool:
    """Whether a page, once it is all there, can be read without scrolling sideways."""
    page.wait_for_load_state()
    width = (page.viewport_size or {"width": 0})["width"]
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


def text_of(page: Page) -> str:
    """What a page says, once it is all there: a click goes on as soon as the answer begins."""
    page.wait_for_load_state()
    return page.inner_text("body")
