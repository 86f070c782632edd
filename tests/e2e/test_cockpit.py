"""The cockpit in a real browser: numbers are doors, and a screen on the wall goes on by itself for hours."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Route

from tests.e2e.hands import fits, sign_in

pytestmark = pytest.mark.e2e
MINUTES = 60
RENEWED = "main:not([data-before]) data-chart.drawn svg"


@pytest.mark.parametrize("width", [1440, 390])
def test_it_opens_a_number_of_the_cockpit_onto_its_receipt(browser: Browser, site: str, width: int) -> None:
    page = sign_in(browser, site, "leader", width)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)

    page.goto(f"{site}/cockpit/?as_of=2020-03-23&measure=resumption.people_at_work")
    page.locator("data-chart").scroll_into_view_if_needed()
    page.wait_for_selector("data-chart.drawn svg")
    page.click(".tiles a:has-text('姚家')")

    assert "area=370102011" in page.url
    assert "姚家街道" in page.inner_text("h1")
    page.click(".tiles a:has-text('窑头')")
    assert "area=370102011" in page.url
    assert "累计开工总人数" in page.inner_text("h1")
    assert fits(page)
    assert errors == []


def _a_minute_passes(page: Page) -> None:
    page.evaluate("document.querySelector('main').setAttribute('data-before', '')")
    page.clock.run_for(60_000)


def _state(session: CDPSession) -> tuple[float, float]:
    """Bytes of the heap and number of nodes once what nobody holds is gone."""
    session.send("HeapProfiler.collectGarbage")
    found = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    return found["JSHeapUsedSize"], found["Nodes"]


def test_the_wall_stays_as_light_after_an_hour_as_it_was(browser: Browser, site: str) -> None:
    page = sign_in(browser, site, "leader", 1920)
    page.clock.install()
    page.goto(f"{site}/cockpit/?as_of=2020-03-23&wall=1")
    page.clock.run_for(1000)
    page.wait_for_selector("data-chart.drawn svg")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    states = []
    for _minute in range(MINUTES):
        _a_minute_passes(page)
        page.locator(RENEWED).wait_for()
        states.append(_state(session))

    (heap_then, nodes_then), (heap_now, nodes_now) = states[4], states[-1]
    assert heap_now < heap_then * 1.1
    assert nodes_now < nodes_then * 1.1
    assert "1,096" in page.inner_text("main")


def test_the_wall_keeps_its_last_numbers_while_the_server_is_away(browser: Browser, site: str) -> None:
    page = sign_in(browser, site, "leader", 1920)
    page.clock.install()
    page.goto(f"{site}/cockpit/?as_of=2020-03-23&wall=1")

    def cut(route: Route) -> None:
        route.abort()

    page.route("**/cockpit/**", cut)
    page.clock.run_for(60_000)
    page.wait_for_selector("#wall-state:not([hidden])")
    assert "连接中断" in page.inner_text("#wall-state")
    assert "1,096" in page.inner_text("main")

    page.unroute("**/cockpit/**", cut)
    _a_minute_passes(page)
    page.wait_for_selector("#wall-state", state="hidden")
    assert "1,096" in page.inner_text("main")
