"""Field work on a phone: the network is cut, forms are filled in, photos taken, signed; back with the network each arrives once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.e2e.hands import enter, fits, sign_in, tell, text_of

pytestmark = pytest.mark.e2e
CHECKS = "a:has-text('现场核验')[data-keep]"
PHOTO = """() => new Promise((done) => {
  const canvas = document.createElement('canvas'), pen = canvas.getContext('2d');
  canvas.width = 2400; canvas.height = 1800;
  const noise = pen.createImageData(2400, 1800);
  for (let i = 0; i < noise.data.length; i += 4) { noise.data[i] = i * 7919 % 251; noise.data[i + 3] = 255; }
  pen.putImageData(noise, 0, 0);
  canvas.toBlob((made) => made.arrayBuffer().then((bytes) => done(Array.from(new Uint8Array(bytes)))), 'image/jpeg', 0.95);
})"""


@pytest.fixture(scope="module", autouse=True)
def _work(home: Path) -> None:
    tell(home, "demo.story", "demo.field")


def desk(browser: Browser, site: str) -> Page:
    """The list on a phone, once its forms are kept."""
    page = sign_in(browser, site, "yaojia2", 390)
    page.goto(f"{site}/field/")
    page.wait_for_selector("field-desk[data-ready]", timeout=60_000)
    return page


def take_over(page: Page, site: str, username: str) -> None:
    """Another person signs in on this phone."""
    page.goto(f"{site}/sign-in/")
    enter(page, username)
    page.wait_for_url(lambda address: "sign-in" not in address)


def fill(page: Page, result: str = "PASSED", note: str = "") -> None:
    """Every item of the check list."""
    for box in page.locator(f"main input[type=radio][value={result}]").all():
        box.check()
    if note:
        for field in page.locator("main input[name^=note_]").all():
            field.fill(note)


def waiting(page: Page) -> int:
    return page.locator(".field-items li").count()


def steps(page: Page, site: str, code: str) -> int:
    """How many checks on site the record's story tells."""
    page.goto(f"{site}/resumption/applications/{code}/")
    return page.locator(".timeline li", has_text="现场核验").count()


def photo_at(page: Page, path: Path) -> Path:
    """A photo as large as a phone takes it."""
    path.write_bytes(bytes(page.evaluate(PHOTO)))
    assert path.stat().st_size > 600_000
    return path


def sign(page: Page) -> None:
    """A line with the finger."""
    pad = page.locator("canvas.signature")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 20, steps=5)
    page.mouse.up()
    page.wait_for_selector("signature-pad[data-signed]")


def lose_first_answer(page: Page) -> list[str]:
    """The server gets what is sent next, the phone doesn't get its answer; what was answered, once it was."""
    lost: list[str] = []

    def lose(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(status=502, body="")
        lost.append(f"{answer.status} {route.request.url}")

    page.route("**/check/**", lose, times=1)
    return lost


def fill_all(page: Page, site: str, codes: list[str], photo: Path) -> None:
    """One form after the other, each opened from what is kept; the first with photo and signature, the last with a fault."""
    for number, code in enumerate(codes, start=1):
        page.goto(f"{site}/field/")
        page.click(f"a[data-keep][href*='{code}']")
        assert code in page.inner_text("h1")
        if number == 1:
            page.click("main button[type=submit]")  # nothing filled in yet: the browser says so, nothing is kept
            assert page.evaluate("document.querySelector('main form').checkValidity()") is False
            page.set_input_files("[name=photo]", photo)
            sign(page)
        fill(page, *(("FAILED", "测温记录不全。") if number == len(codes) else ()))
        page.click("main button[type=submit]")
        page.wait_for_url("**/field/")
        page.wait_for_selector(f".field-items li:nth-child({number})")


def send_and_lose_one_answer(page: Page) -> None:
    """Back with the network; the answer to the first form is lost on its way."""
    lost = lose_first_answer(page)
    page.context.set_offline(False)
    page.click(".field-send")
    for _attempt in range(300):
        if lost:
            break
        page.wait_for_timeout(100)
    assert lost[0].startswith("200 ")
    page.wait_for_timeout(500)


def test_five_forms_without_a_network_arrive_once_each(browser: Browser, site: str, tmp_path: Path) -> None:
    page = desk(browser, site)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    links = [str(link.get_attribute("href")) for link in page.locator(CHECKS).all()]
    codes = [re.findall(r"RES-[\d-]+", link)[0] for link in links]
    assert len(links) == 5

    page.context.set_offline(True)
    fill_all(page, site, codes, photo_at(page, tmp_path / "现场.jpg"))
    assert page.locator(".field-task.filled").count() >= 5
    assert "没有网络" in page.inner_text(".field-state")
    assert fits(page)
    send_and_lose_one_answer(page)
    page.goto(f"{site}/field/")
    page.wait_for_selector("field-desk[data-ready]", timeout=60_000)  # before that the queue is not shown yet
    page.wait_for_selector(".field-queue", state="hidden", timeout=60_000)

    assert [steps(page, site, code) for code in codes] == [1, 1, 1, 1, 1]
    page.goto(f"{site}/resumption/applications/{codes[0]}/")
    assert "signature.png" in page.inner_text("main")
    assert "现场.jpg" in page.inner_text("main")
    page.goto(f"{site}/field/")
    assert page.locator(CHECKS).count() == 0, "what was checked is off the list"
    assert errors == []


def test_what_somebody_else_did_meanwhile_is_shown_to_a_person(browser: Browser, site: str) -> None:
    page = desk(browser, site)
    link = page.locator("a[data-keep]:has-text('情况不属实')").first
    address = str(link.get_attribute("href"))
    page.context.set_offline(True)
    link.click()
    page.fill("[name=finding]", "已现场查看，测温点有人值守。")
    page.click("main button[type=submit]")
    page.wait_for_url("**/field/")
    page.wait_for_selector(".field-items li")

    other = sign_in(browser, site, "yaojia")
    other.goto(site + address.partition("?")[0])
    other.fill("[name=finding]", "现场测温点有人。")
    other.click("main button[type=submit]")
    other.wait_for_load_state()

    page.context.set_offline(False)
    page.click(".field-send")
    page.wait_for_selector(".field-items .badge.late")
    assert "已经有人办理过" in page.inner_text(".field-items")
    page.click(".field-items a:has-text('打开核对')")
    page.wait_for_selector(".kept-said")
    assert page.input_value("[name=finding]") == "已现场查看，测温点有人值守。"
    page.goto(f"{site}/field/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.click(".field-items button:has-text('放弃')")
    page.wait_for_selector(".field-queue", state="hidden")


def test_another_person_on_the_same_phone_sends_nothing_of_the_first(browser: Browser, site: str) -> None:
    page = desk(browser, site)
    page.context.set_offline(True)
    page.locator("a[data-keep]:has-text('登记走访')").first.click()
    page.fill("[name=note]", "已走访，生产正常。")
    page.click("main button[type=submit]")
    page.wait_for_url("**/field/")
    page.wait_for_selector(".field-items li")
    page.context.clear_cookies(name="sessionid")  # first: once there is a network the phone sends what is its user's
    page.context.set_offline(False)
    page.goto(f"{site}/sign-in/")
    for _attempt in range(50):
        if not page.evaluate("caches.keys()"):
            break
        page.wait_for_timeout(100)
    assert page.evaluate("caches.keys()") == [], "no page of the first is left"
    take_over(page, site, "yaojia")
    page.goto(f"{site}/field/")
    page.wait_for_selector(".field-items li")

    assert "其他账号" in page.inner_text(".field-items")
    page.context.clear_cookies(name="sessionid")
    take_over(page, site, "yaojia2")
    page.goto(f"{site}/field/")
    page.wait_for_selector("field-desk[data-ready]", timeout=60_000)
    page.wait_for_selector(".field-queue", state="hidden", timeout=60_000)
    page.goto(f"{site}/resumption/visits/")
    assert page.inner_text("main").count("已走访，生产正常。") == 1


def test_without_scripts_the_forms_are_plain_ones(browser: Browser, site: str) -> None:
    page = sign_in(browser, site, "yaojia2", 390, scripts=False)
    page.goto(f"{site}/field/")
    page.click("a:has-text('登记走访')")
    page.fill("[name=note]", "联网登记。")
    page.click("main button[type=submit]")

    assert page.url.startswith(f"{site}/field/")
    assert "走访已登记" in text_of(page)


def test_a_phone_can_put_it_on_its_first_page(browser: Browser, site: str) -> None:
    page = sign_in(browser, site, "yaojia2", 390)
    page.goto(f"{site}/field/")
    words = page.evaluate("fetch(document.querySelector('link[rel=manifest]').href).then((answer) => answer.json())")

    assert words["start_url"] == "/field/"
    sizes = page.evaluate(
        """(icons) => Promise.all(icons.filter((icon) => icon.type === 'image/png').map((icon) => new Promise((done) => {
          const picture = new Image(); picture.onload = () => done(`${picture.naturalWidth}x${picture.naturalHeight}`);
          picture.src = icon.src; })))""",
        words["icons"],
    )
    assert sizes == ["192x192", "512x512"]
