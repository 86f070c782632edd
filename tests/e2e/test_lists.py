"""A list as somebody wants it: columns chosen, kept under a name, found again by its address."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.e2e.hands import sign_in

pytestmark = pytest.mark.e2e


def test_columns_and_filters_are_kept_under_a_name(browser: Browser, site: str) -> None:
    page = sign_in(browser, site, "office")
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{site}/resumption/ledger/?status=RESUMED")

    page.click(".columns-choice summary")
    with page.expect_navigation():
        page.uncheck(".columns-choice label:has-text('统一社会信用代码') input")
    assert "hide=2" in page.url
    assert not page.is_visible("main th:has-text('统一社会信用代码')")
    page.click(".view-save summary")
    page.fill("#view-name", "已复工（不含代码）")
    with page.expect_navigation():
        page.click(".view-save button")

    page.goto(f"{site}/resumption/ledger/")
    assert page.is_visible("main th:has-text('统一社会信用代码')")
    page.click("a.view:has-text('已复工（不含代码）')")
    assert "status=RESUMED" in page.url
    assert not page.is_visible("main th:has-text('统一社会信用代码')")
    assert page.get_attribute("a.view:has-text('已复工')", "aria-current") == "page"
    assert page.locator("main tbody tr").first.locator("td, th").nth(1).is_hidden()
    assert errors == []
