"""Search from any page, by keyboard and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.e2e.hands import sign_in

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_it_finds_and_opens_without_a_mouse(browser: Browser, site: str, keys: str) -> None:
    page = sign_in(browser, site, "yaojia")
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{site}/resumption/bulletin/?as_of=2020-03-23")

    page.keyboard.press(keys)
    page.keyboard.type("qyrb")
    page.wait_for_selector(".search-panel a:has-text('企业日报')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/resumption/returns/")

    assert "企业日报" in page.inner_text("h1")
    assert errors == []


def test_on_a_phone_it_is_a_page(browser: Browser, site: str) -> None:
    page = sign_in(browser, site, "yaojia", 390, scripts=False)

    page.click("a.search-link")
    page.fill("main [name=q]", "gongzuotai")
    page.click("main button[type=submit]")

    assert page.locator(".found a").first.inner_text() == "工作台"
