"""The workbench without a mouse: choose, open, decide, go on; and without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.hands import fits, sign_in, tell, text_of

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module", autouse=True)
def _desk(home: Path) -> None:
    tell(home, "demo.story", "demo.desk")


def waiting(page: Page, queue: str = "all") -> int:
    """What the list says there is to do."""
    return int(page.inner_text(f"[data-count='{queue}']"))


def test_an_officer_decides_from_the_list_with_the_keyboard(browser: Browser, site: str) -> None:
    page = sign_in(browser, site, "industry")
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{site}/workbench/")
    before, to_sign = waiting(page), waiting(page, "casework.sign")

    # To the first row by Tab alone, down and up again, to its first button, pressed.
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('work-list tbody tr')"):
            break
    first = page.evaluate("document.activeElement.querySelector('small').textContent")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("1")
    assert page.evaluate("document.activeElement.textContent.trim()") == "签收"
    page.keyboard.press("Enter")
    page.wait_for_selector(f".work-said:has-text('{first}')")

    assert (waiting(page), waiting(page, "casework.sign")) == (before - 1, to_sign - 1)
    assert page.evaluate("document.activeElement.matches('work-list tbody tr')")
    # The next one asks for words: its page opens, and afterwards the list is there again.
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    page.wait_for_url("**/steps/hand_back/**")
    page.fill("[name=reason]", "属于交通部门职责。")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/workbench/")
    assert "已退回分派" in text_of(page)
    assert first in page.inner_text("main")
    assert errors == []


def test_a_refusal_says_why_beside_the_row(browser: Browser, site: str) -> None:
    page = sign_in(browser, site, "health", 390)
    page.goto(f"{site}/workbench/")
    # Somebody else has been quicker: the list shows an older revision.
    page.evaluate("document.querySelectorAll('work-list [name=seen]').forEach(function (each) { each.value = '99'; })")
    page.locator("work-list form button").first.click()
    page.wait_for_selector(".work-refused:not([hidden])")
    assert "已经有人办理过" in page.inner_text(".work-refused:not([hidden])")
    assert fits(page)


def test_without_scripts_every_button_is_a_form(browser: Browser, site: str) -> None:
    page = sign_in(browser, site, "reform", scripts=False)
    page.goto(f"{site}/workbench/")
    page.click("main a:has-text('更新进展')")
    page.fill("[name=progress]", "已联系三家银行。")
    page.fill("[name=next_step]", "周五前反馈。")
    page.click("main button[type=submit]")

    assert page.url == f"{site}/workbench/"
    assert "更新进展" in text_of(page)
