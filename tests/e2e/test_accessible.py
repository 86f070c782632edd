"""Every page that a role can reach is open to everybody: axe-core finds nothing, in the light and in the dark.

The walk starts at the navigation and follows links; of addresses that differ by a code or a number alone it opens one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.e2e.hands import ROOT, sign_in, tell

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
AXE: Final = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ONE_OF: Final = re.compile(r"/(?:[A-Z]{2,}[A-Z0-9]*-[^/]+|[A-Z][0-9A-Z]{8,}|[0-9a-f]{20,}|\d+|[a-z]+\.[a-z_.]+)(?=/)")
FILES: Final = re.compile(r"/(files?|export|templates?|static)/|format=|\.xlsx|/sign-out/")


@pytest.fixture(scope="module", autouse=True)
def _records(home: Path) -> None:
    tell(home, "demo.story", "demo.desk")


def kind_of(address: str) -> str:
    """The address with codes and numbers taken out; pages of the guide are of one kind a folder."""
    return re.sub(r"^(/help/[a-z-]+)/.*", r"\1/*", ONE_OF.sub("/*", urlsplit(address).path))


def links(page: Page, site: str) -> list[str]:
    """Where the page leads within the site."""
    addresses = "all => all.map(each => new URL(each.getAttribute('href'), location.href).href)"
    found = page.eval_on_selector_all("a[href]", addresses)
    return [each.split("#")[0] for each in found if each.startswith(site) and not FILES.search(each)]


def findings(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe-core says of the page."""
    page.evaluate(AXE)
    said = page.evaluate("rules => axe.run(document, rules)", rules | {"resultTypes": ["violations"]})
    return [
        f"{each['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for each in said["violations"]
        for node in each["nodes"]
    ]


def walk(page: Page, site: str, start: list[str], seen: set[str]) -> list[str]:
    """Opens one page of each kind that was not seen yet, in both themes; what is wrong, with the page."""
    wrong, ahead = [], list(start)
    while ahead:
        address = ahead.pop(0)
        kind = kind_of(address)
        if kind in seen:
            continue
        seen.add(kind)
        try:
            answer = page.goto(address)
        except Error as error:
            if "Download is starting" in str(error):  # a file is no page
                continue
            raise
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        assert answer.status == 200, address
        rules = {"runOnly": {"type": "tag", "values": RULES}}
        wrong += [f"{address} {each}" for each in findings(page, rules)]
        ahead += links(page, site)
        page.evaluate("document.documentElement.setAttribute('data-bs-theme', 'dark')")
        rules = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
        wrong += [f"{address} (dark) {each}" for each in findings(page, rules)]
    return wrong


def test_every_page_is_accessible_in_both_themes(browser: Browser, site: str) -> None:
    seen: set[str] = set()
    wrong: list[str] = []
    for username in ("leader", "office", "yaojia2", "industry", "ifc", "auditor"):
        page = sign_in(browser, site, username)
        page.emulate_media(reduced_motion="reduce")  # a colour on its way to another theme is no colour to judge
        wrong += walk(page, site, [f"{site}/?{username}", f"{site}/ui/", f"{site}/search/?q=姚家"], seen)
        seen.discard("/")  # everybody's first page is another one
        page.context.close()

    assert not wrong, "\n".join(wrong)
    assert len(seen) > 30


def test_pages_without_an_account_are_accessible_on_a_phone(browser: Browser, site: str) -> None:
    page = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", reduced_motion="reduce"
    ).new_page()

    wrong = walk(page, site, [f"{site}/sign-in/"], set())

    assert not wrong, "\n".join(wrong)


def test_it_would_find_something_that_is_wrong(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/sign-in/")
    page.evaluate("document.querySelector('label').remove()")

    assert any(each.startswith("label:") for each in findings(page, {"runOnly": {"type": "tag", "values": RULES}}))
