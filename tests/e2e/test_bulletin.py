"""The office's way in a real browser: sign in, bulletin, number, members, release."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.hands import fits, run, sign_in

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("width", [1440, 390])
def test_it_opens_the_published_number_onto_its_members(browser: Browser, site: str, width: int) -> None:
    page = sign_in(browser, site, "leader", width)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)

    page.goto(f"{site}/resumption/bulletin/?as_of=2020-03-23")
    assert "累计复工1096家,累计开工总人数72556人" in page.inner_text("main")
    page.click("a[href*='people_at_work']")

    assert "72,556" in page.inner_text("main")
    assert "与数字一致" in page.inner_text("main")
    assert fits(page)
    assert errors == []


def test_it_takes_a_file_through_the_wizard_in_the_browser(browser: Browser, site: str, home: Path) -> None:
    page = sign_in(browser, site, "yaojia")
    file = next((home / "demo" / "2020-03-20").glob("*姚家*"))

    page.goto(f"{site}/imports/new/")
    page.set_input_files("[name=file]", str(file))
    page.click("main button[type=submit]")
    page.click("text=下一步：确认导入", timeout=30_000)
    page.click("main button[type=submit]")
    page.wait_for_selector("text=已导入", timeout=30_000)

    assert "未变 0" in page.inner_text("main")


def test_it_releases_a_file_that_the_command_verifies(browser: Browser, site: str, home: Path, tmp_path: Path) -> None:
    page = sign_in(browser, site, "office")

    page.goto(f"{site}/resumption/bulletin/?as_of=2020-03-23")
    page.click("text=冻结并发布")
    with page.expect_download() as download:
        page.click("text=下载发布文件")
    download.value.save_as(tmp_path / "release.json")

    assert "1096家" in run(home, "verify", str(tmp_path / "release.json"))


def test_it_reads_the_list_without_scripts(browser: Browser, site: str) -> None:
    page = sign_in(browser, site, "zhiyuan", scripts=False)

    page.goto(f"{site}/resumption/ledger/?status=RESUMED")

    assert page.locator("tbody tr").count() == 50


def test_it_locks_an_account_after_five_wrong_passwords(browser: Browser, site: str) -> None:
    page = browser.new_context(locale="zh-CN").new_page()
    for _attempt in range(5):
        page.goto(f"{site}/sign-in/")
        page.fill("[name=username]", "auditor")
        page.fill("[name=password]", "wrong-password")
        page.click("main button[type=submit]")
    page.goto(f"{site}/sign-in/")
    page.fill("[name=username]", "auditor")
    page.fill("[name=password]", "qiushi-2020-demo")
    page.click("main button[type=submit]")

    page.goto(f"{site}/resumption/ledger/")
    assert "/sign-in/" in page.url
