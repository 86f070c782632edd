"""An enterprise's way back to work in a real browser, in the roles concerned: contact, subdistrict, department, public."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.hands import fits, sign_in

pytestmark = pytest.mark.e2e

SECRET = "spring-water-72"


def today() -> date:
    """The day in the district."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def paper(folder: Path) -> str:
    """A sealed commitment as a file."""
    path = folder / "承诺书.pdf"
    path.write_bytes(b"%PDF-1.4 commitment")
    return str(path)


def press(page: Page) -> None:
    """The one button that submits the page's form."""
    page.click("main form[method=post] button[type=submit]")


def registered(browser: Browser, site: str, code: str) -> Page:
    """A contact registers on a phone and signs in."""
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN").new_page()
    page.goto(f"{site}/sign-in/")
    page.click("text=企业联络人注册")
    for name, text in (("uscc", code), ("display_name", "测试联络人"), ("duty", "办公室主任"), ("username", "firm")):
        page.fill(f"[name={name}]", text)
    page.fill("[name=password]", SECRET)
    press(page)
    page.fill("[name=username]", "firm")
    page.fill("[name=password]", SECRET)
    press(page)
    return page


def drafted(page: Page, site: str) -> None:
    """The application is filled in and saved."""
    page.goto(f"{site}/resumption/mine/")
    page.click("text=申请复工")
    page.select_option("[name=accommodation]", "HOME")
    planned = (today() + timedelta(days=2)).isoformat()
    words = {"site": "经十路某大厦", "planned_on": planned, "staff_total": "60", "staff_planned": "40"}
    words |= {"masks": "600", "masks_daily": "60", "disinfectant": "40", "disinfectant_daily": "4"}
    for name, text in words.items():
        page.fill(f"[name={name}]", text)
    press(page)


def took(page: Page, label: str, **fields: str) -> None:
    """A step of the record whose page is open."""
    page.click(f"a.btn:has-text('{label}')")
    for name, text in fields.items():
        page.fill(f"[name={name}]", text)
    press(page)


def checked(page: Page) -> None:
    """All items of the check list are in place."""
    page.click("a.btn:has-text('现场核验')")
    for box in page.locator("input[type=radio][value=PASSED]").all():
        box.check()
    press(page)


def reopened(browser: Browser, site: str, folder: Path) -> tuple[Page, str]:
    """From registration to the first day of work; the officer's browser and the address of the record."""
    street = sign_in(browser, site, "yaojia")
    street.goto(f"{site}/resumption/ledger/?status=RESUMED")
    code = street.locator("tbody tr td").first.inner_text()
    contact = registered(browser, site, code)
    assert "待确认" in contact.inner_text("main")
    assert fits(contact)

    street.goto(f"{site}/resumption/contacts/?state=CLAIMED")
    street.click("tbody a")
    took(street, "确认联络人")
    assert "已确认" in street.inner_text("main")

    drafted(contact, site)
    contact.click("a.btn:has-text('报告复工')")
    contact.set_input_files("[name=commitment]", paper(folder))
    press(contact)
    assert "PMT-370102-" in contact.inner_text("main")
    assert fits(contact)
    took(contact, "申报复工首日", declared_on=today().isoformat())
    record = contact.url

    street.goto(record)
    took(street, "确认复工")
    assert "已复工" in street.inner_text("main")
    return street, record


def test_it_leads_a_contact_from_registration_to_the_permit_and_through_a_violation(
    browser: Browser, site: str, tmp_path: Path
) -> None:
    street, record = reopened(browser, site, tmp_path)

    visitor = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN").new_page()
    visitor.goto(f"{site}/resumption/permits/")
    visitor.click("tbody a")
    permit = visitor.url
    assert "许可有效" in visitor.inner_text("main")
    visitor.fill("[name=text]", "今天上午入口无人测温")
    visitor.click("text=提交举报")
    street.goto(f"{site}/resumption/violations/")
    street.click("tbody a")
    took(street, "情况属实", finding="现场属实")
    visitor.goto(permit)
    assert "许可目前无效" in visitor.inner_text("main")

    department = sign_in(browser, site, "statistics")
    for inspector in (street, department):
        inspector.goto(record)
        checked(inspector)
    visitor.goto(permit)
    assert "许可有效" in visitor.inner_text("main")
