"""The tower's way to its permit in February 2020, every step clicked in a browser on its day by those concerned.

The enterprise and the officers are there; hotel, workers, charter, certificates, tests, papers, checks and the decision
are entered through the pages. On 5 March the same wish is refused an approval and becomes a report.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from demo.ifc import SITE, USCC, VALUES, number
from playwright.sync_api import Browser, Page

from tests.e2e.hands import ROOT, fits, run, sign_in, text_of

pytestmark = pytest.mark.e2e

CASE = "绿地山东国际金融中心项目部"
OPENING = """
import django
django.setup()
from datetime import date
from demo.cast import open_accounts, YAOJIA
from demo.ifc import NAME, NINTH, USCC, moment
from shoushan.registry.enums import Source
from shoushan.registry.services import NewEnterprise, register_enterprise
open_accounts(moment(date(2020, 2, 1)))
register_enterprise(row=NewEnterprise(NAME, YAOJIA, USCC), source=Source.SUBDISTRICT, on=NINTH, at=moment(NINTH, 8))
"""
PAPERS = {"plan": "复工方案", "emergency_plan": "应急预案", "commitment": "承诺书", "roster": "名册"}


@dataclass
class February:
    """The site of those days."""

    browser: Browser
    address: str
    clock: Path
    folder: Path

    def at(self, moment: str) -> None:
        """It is that moment in the district now."""
        self.clock.write_text(f"{moment}+08:00", encoding="utf-8")

    def as_(self, username: str, width: int = 1440) -> Page:
        """Somebody signs in."""
        return sign_in(self.browser, self.address, username, width)

    def open(self, username: str, address: str, width: int = 1440) -> Page:
        """Somebody signs in, sessions having ended overnight, and opens a page."""
        page = self.as_(username, width)
        page.goto(address)
        return page

    def paper(self, name: str) -> str:
        """A paper as a file."""
        path = self.folder / f"{name}.pdf"
        path.write_bytes(f"%PDF-1.4 {name}".encode())
        return str(path)


@pytest.fixture
def february(browser: Browser, tmp_path: Path) -> Iterator[February]:
    home, clock = tmp_path / "home", tmp_path / "clock"
    run(home, "setup")
    keep = {key: value for key, value in os.environ.items() if not key.startswith(("SHOUSHAN_", "DJANGO_"))}
    environment = keep | {"SHOUSHAN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "shoushan.config.settings"}
    subprocess.run([sys.executable, "-c", OPENING], env=environment, check=True, cwd=ROOT)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    days = February(browser, f"http://127.0.0.1:{port}", clock, tmp_path)
    days.at("2020-02-09T08:30:00")
    command = [sys.executable, "-m", "tests.e2e.clock", str(port), str(clock)]
    server = subprocess.Popen(command, env=environment, cwd=ROOT)
    for _attempt in range(100):
        try:
            urllib.request.urlopen(f"{days.address}/sign-in/", timeout=1).close()
            break
        except OSError:
            time.sleep(0.2)
    yield days
    server.terminate()
    server.wait(15)


def press(page: Page, words: str = "") -> None:
    """The form's button."""
    page.click(
        f"main form[method=post] button:has-text('{words}')" if words else "main form[method=post] button[type=submit]"
    )


def step(page: Page, label: str, **fields: str) -> None:
    """A step of the record whose page is open, with what it asks for."""
    page.click(f"main a.btn:has-text('{label}')")
    for name, value in fields.items():
        box = page.locator(f"[name={name}]")
        box.select_option(value) if box.evaluate("e => e.tagName") == "SELECT" else box.fill(value)
    press(page)


def said(page: Page) -> str:
    """What the reader sees; nothing is cut off at the side."""
    assert fits(page)
    return text_of(page)


def registered(days: February) -> Page:
    """The contact registers on a phone, the subdistrict confirms."""
    days.at("2020-02-09T09:00:00")
    page = days.browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN").new_page()
    page.goto(f"{days.address}/resumption/register/")
    words = {"uscc": USCC, "display_name": "项目部疫情防控专员", "duty": "专员", "username": "ifc"}
    for name, value in (words | {"password": "qiushi-2020-demo"}).items():
        page.fill(f"[name={name}]", value)
    press(page)
    page.context.close()
    street = days.as_("yaojia2")
    street.goto(f"{days.address}/resumption/contacts/?state=CLAIMED")
    street.click("tbody a")
    step(street, "确认联络人")
    assert "已确认" in said(street)
    return street


def expected(days: February) -> list[str]:
    """Two workers are registered on the contact's phone; their records."""
    page = days.as_("ifc", 390)
    addresses = []
    for serial in (1, 2):
        page.goto(f"{days.address}/resumption/workers/")
        page.click("main a:has-text('登记返岗人员')")
        words = {
            "name": f"示例工0{serial}",
            "document_no": number(serial),
            "phone": f"1380000000{serial}",
            "origin": "河南省商丘市",
            "planned_on": "2020-02-10",
            "party": "A1",
        }
        for name, value in words.items():
            page.fill(f"[name={name}]", value)
        press(page)
        assert number(serial) not in said(page)
        addresses.append(page.url)
    page.context.close()
    return addresses


def driven(days: February, street: Page) -> Page:
    """Hotel and charter are arranged by the subdistrict; the bus leaves and arrives on the tenth."""
    street.goto(f"{days.address}/resumption/places/")
    for name, value in {"name": "经十路某酒店（项目租用）", "address": "历下区经十路", "rooms": "30"}.items():
        street.fill(f"[name={name}]", value)
    street.select_option("[name=area_code]", "370102011")
    press(street)
    assert "经十路某酒店" in said(street)

    plan = f"{days.address}/resumption/trips/plan/?area=370102011&first=2020-02-10&last=2020-02-10&flexible_days=0"
    street.goto(plan)
    assert "费用下限" in said(street)
    press(street, "采用勾选的车次")
    street.click("main a:has-text('TRP-')")
    trip = street.url
    words = {"vehicle_no": "鲁A演0001", "operator": "示例客运公司", "escort": "项目部一人", "fee_bearer": "项目部"}
    step(street, "确认", **words)
    for moment, label in (("2020-02-10T07:00:00", "发车"), ("2020-02-10T19:00:00", "到达")):
        days.at(moment)
        street = days.open("yaojia2", trip)
        step(street, label)
    assert "示例工02" in said(street)
    return street


def received(days: February, workers: list[str], street: Page) -> None:
    """On arrival: with a certificate there is no observation, without one fourteen days in the hotel; both are tested."""
    page = days.as_("ifc", 390)
    for address, certificate in zip(workers, ("JKTX-0001", ""), strict=True):
        page.goto(address)
        arrival = {"charter": "YES", "certificate_no": certificate, "key_area": "NO", "temperature": "36.4"}
        step(page, "登记到达", **arrival)
    assert "观察14天" in said(page)
    page.goto(workers[0])
    assert "待岗" in said(page)
    page.context.close()
    for address in workers:
        street.goto(address)
        street.click("main summary:has-text('登记核酸检测')")
        for name, value in {"sampled_on": "2020-02-10", "laboratory": "区疾控中心"}.items():
            street.fill(f"[name={name}]", value)
        street.select_option("[name=result]", label="阴性")
        street.fill("[name=resulted_on]", "2020-02-10")
        press(street, "登记核酸检测")
        assert "阴性" in said(street)
    street.select_option("[name=bed]", index=1)
    press(street, "安排床位")
    assert "床位已安排。" in said(street)


def handed_in(days: February, contact: Page, planned_on: str) -> None:
    """The application is drafted on the phone."""
    contact.goto(f"{days.address}/resumption/mine/")
    contact.click("main a:has-text('申请复工')")
    for name, value in (VALUES | {"planned_on": planned_on}).items():
        box = contact.locator(f"[name={name}]")
        text = str(value)
        box.select_option(text) if name == "accommodation" else box.fill(text)
    press(contact)
    assert SITE in said(contact)


def permitted(days: February, street: Page) -> str:
    """Papers, acceptance, both checks, approval on the eleventh; the record's address."""
    days.at("2020-02-10T20:00:00")
    contact = days.as_("ifc", 390)
    handed_in(days, contact, "2020-02-12")
    contact.click("main a.btn:has-text('提交申请')")
    for name, title in PAPERS.items():
        contact.set_input_files(f"[name={name}]", days.paper(title))
    press(contact)
    assert "已提交" in said(contact)
    record = contact.url
    contact.context.close()

    street.goto(record)
    step(street, "受理")
    days.at("2020-02-11T09:00:00")
    street = days.open("yaojia2", record)
    for inspector in (street, days.open("housing", record)):
        inspector.click("main a.btn:has-text('现场核验')")
        for box in inspector.locator("input[type=radio][value=PASSED]").all():
            box.check()
        press(inspector)
    street.goto(record)
    step(street, "核验合格")
    days.at("2020-02-11T16:00:00")
    group = days.open("resumption", record)
    step(group, "批复同意")
    found = said(group)
    assert "已批复" in found
    assert "PMT-370102-2020" in found
    return record


def test_the_tower_is_permitted_on_the_eleventh_and_refused_an_approval_in_march(february: February) -> None:
    street = registered(february)
    workers = expected(february)
    street = driven(february, street)
    received(february, workers, street)
    record = permitted(february, street)

    visitor = february.browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN").new_page()
    visitor.goto(f"{february.address}/resumption/permits/")
    visitor.click(f"main tr:has-text('{CASE}') a")
    assert "许可有效" in said(visitor)
    assert CASE in said(visitor)

    february.at("2020-02-12T08:00:00")
    contact = february.open("ifc", workers[0], 390)
    step(contact, "上岗")
    assert "已返岗" in said(contact)
    contact.goto(record)
    assert "2020-02-11" in said(contact)

    february.at("2020-03-05T09:00:00")
    contact = february.as_("ifc", 390)
    handed_in(february, contact, "2020-03-06")
    assert "国办发明电〔2020〕6号" in said(contact)
    assert not contact.locator("main a.btn:has-text('提交申请')").count()
    contact.click("main a.btn:has-text('报告复工')")
    contact.set_input_files("[name=commitment]", february.paper("承诺书"))
    press(contact)
    assert "已报告" in said(contact)
