"""The tower's case of February 2020 in a real browser, walked through in the roles concerned."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.hands import fits, sign_in, tell, text_of

pytestmark = pytest.mark.e2e
NAME = "绿地山东国际金融中心项目部"


@pytest.fixture(scope="module", autouse=True)
def _told(home: Path) -> None:
    tell(home, "demo.story")


def text(page: Page) -> str:
    """What the reader sees; nothing is cut off at the side."""
    assert fits(page)
    return page.inner_text("main")


def test_the_contact_reads_the_way_of_the_application_on_a_phone(browser: Browser, site: str) -> None:
    page = sign_in(browser, site, "ifc", 390)
    page.goto(f"{site}/resumption/mine/")
    assert NAME in text(page)
    page.click("main a:has-text('RES-')")
    found = text(page)
    for words in ("已批复", "2020-02-10", "2020-02-11"):
        assert words in found
    page.goto(f"{site}/resumption/workers/")
    assert "30" in text(page)
    page.context.close()


def test_the_subdistrict_sees_observation_tests_and_charters(browser: Browser, site: str) -> None:
    page = sign_in(browser, site, "yaojia2")
    page.goto(f"{site}/resumption/workers/?q=示例工01")
    page.click("main a:has-text('WRK-')")
    found = text(page)
    for words in ("观察14天", "济南市返济人员规定", "2020-02-24", "阴性", "经十路某酒店"):
        assert words in found
    assert "未报" not in found
    page.goto(f"{site}/resumption/trips/")
    page.click("main a:has-text('TRP-')")
    assert "按 50% 可安排" in text(page)
    page.goto(f"{site}/resumption/places/")
    assert "经十路某酒店" in text(page)
    page.context.close()


def test_department_working_group_and_public_see_the_permit(browser: Browser, site: str) -> None:
    for username in ("housing", "resumption"):
        page = sign_in(browser, site, username)
        page.goto(f"{site}/resumption/applications/?text={NAME}")
        page.click("main a:has-text('RES-')")
        assert "已批复" in text(page)
        page.context.close()
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN").new_page()
    page.goto(f"{site}/resumption/permits/")
    page.click(f"main tr:has-text('{NAME}') a")
    assert NAME in text(page)
    page.context.close()


def test_the_office_reads_a_week_of_difficulties_closed_in_time(browser: Browser, site: str) -> None:
    page = sign_in(browser, site, "callback")
    page.goto(f"{site}/matters/statistics/?as_of=2020-02-23")
    found = text(page)
    for words in ("区工信局", "区发改局", "姚家街道办", "100"):
        assert words in found
    page.goto(f"{site}/matters/?show=all")
    page.click("main a:has-text('DIF-370102-2020')")
    assert "回访满意，办结" in text(page)
    page.context.close()


def arrived(browser: Browser, site: str) -> str:
    """The contact registers a worker on a phone and records the arrival; the address of the record."""
    page = sign_in(browser, site, "ifc", 390)
    page.goto(f"{site}/resumption/workers/")
    page.click("main a:has-text('登记返岗人员')")
    words = {"name": "示例工九十", "document_no": "370102189003070017", "phone": "13800000090", "origin": "境外"}
    for name, typed in words.items():
        page.fill(f"[name={name}]", typed)
    page.click("main form[method=post] button[type=submit]")
    address = page.url
    assert "370102189003070017" not in text(page)
    page.click("main a:has-text('登记到达')")
    page.select_option("[name=charter]", "NO")
    page.select_option("[name=key_area]", "NO")
    page.fill("[name=temperature]", "36.5")
    page.click("main form[method=post] button[type=submit]")
    assert "隔离中" in text(page)
    page.context.close()
    return address


def test_a_worker_who_comes_today_is_observed_gets_a_bed_and_is_measured(browser: Browser, site: str) -> None:
    address = arrived(browser, site)
    page = sign_in(browser, site, "yaojia2")
    page.goto(address)
    page.select_option("[name=bed]", index=1)
    page.click("main button:has-text('安排床位')")
    assert "床位已安排。" in text_of(page)
    page.goto(f"{site}/resumption/workers/checks/")
    page.fill("input[inputmode=decimal] >> nth=1", "365")
    page.click("main button:has-text('保存体温')")
    assert "可能应为“36.5”" in text(page)
    page.fill("[aria-invalid=true]", "36.6")
    page.click("main button:has-text('保存体温')")
    assert "已登记体温 1 项。" in text_of(page)
    page.goto(address)
    page.click("main summary:has-text('显示完整个人信息')")
    page.fill("[name=purpose]", "核对入境信息")
    page.click("main button:has-text('显示')")
    assert "370102189003070017" in text(page)
    page.context.close()
