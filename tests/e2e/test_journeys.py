"""Every role walks its way through the demonstration, on a desk and on a phone, in Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e import journeys
from tests.e2e.hands import run, sign_in, tell, told_into

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module", autouse=True)
def _demonstration(home: Path) -> None:
    """What script/demo puts into a site, with the two days of ledgers that the fixture of the site holds."""
    tell(home, "demo.leaders", "demo.story", "demo.desk")
    if not (home / "demo" / "projects").exists():
        run(home, "demo-accounts")
        tell_projects(home)


def tell_projects(home: Path) -> None:
    """The list of key projects, a month of it, and the campaign."""
    told_into(home, "demo.projects", str(home / "demo"))
    for pattern in ("*清单*.xlsx", "*月调度表*.xlsx"):
        run(home, "import", "--quiet", *map(str, sorted((home / "demo" / "projects").glob(pattern))))
    tell(home, "demo.campaign")
    run(home, "bulletin", "--as-of", journeys.DAY, "--release", str(home / "bulletin.json"))


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    ("username", "journey"), journeys.JOURNEYS, ids=[each.__name__ for _who, each in journeys.JOURNEYS]
)
def test_it_walks_its_way(browser: Browser, site: str, username: str, journey: journeys.Journey, width: int) -> None:
    if username:
        page = sign_in(browser, site, username, width)
    else:
        page = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN").new_page()
    walk = journeys.Walk(page, site)
    journey(walk)

    assert walk.errors == []
    page.context.close()
