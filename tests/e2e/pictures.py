"""Takes docs/images/*.webp on the way of the journeys: `python -m tests.e2e.pictures http://127.0.0.1:8000`, on a site with the demonstration."""

from __future__ import annotations

import base64
import os
import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e import journeys
from tests.e2e.hands import ROOT

FOLDER: Final = ROOT / "docs" / "images"
LARGEST_BYTES: Final = 120 * 1024
FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--lang=zh-CN"]
# Chromium itself makes the WebP, so that no image library is needed.
CONVERT: Final = """async data => {
  const image = new Image(); image.src = data; await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width; canvas.height = image.height;
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", 0.8);
}"""


class Pictures:
    """Writes what a page shows, small."""

    def __init__(self, browser: Browser) -> None:
        self._blank = browser.new_page()
        self.taken: set[str] = set()

    def __call__(self, page: Page, name: str) -> None:
        """One picture, as high as it is listed."""
        width = (page.viewport_size or {"width": 1440})["width"]
        page.set_viewport_size({"width": width, "height": journeys.PICTURES[name]})
        page.wait_for_timeout(400)  # charts and fonts settle
        shot = "data:image/png;base64," + base64.b64encode(page.screenshot()).decode()
        content = base64.b64decode(self._blank.evaluate(CONVERT, shot).partition(",")[2])
        if len(content) > LARGEST_BYTES:
            sys.exit(f"{name}.webp 为 {len(content)} 字节，超过 {LARGEST_BYTES} 字节。")
        (FOLDER / f"{name}.webp").write_bytes(content)
        self.taken.add(name)
        sys.stdout.write(f"docs/images/{name}.webp {len(content)} 字节" + "\n")


def walked(browser: Browser, site: str, username: str, journey: journeys.Journey, width: int, camera: Pictures) -> None:
    """One journey with the camera."""
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
    page = context.new_page()
    if username:
        page.goto(f"{site}/sign-in/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", "qiushi-2020-demo")
        page.click("main button[type=submit]")
    journey(journeys.Walk(page, site, camera))
    context.close()


def main(arguments: list[str]) -> int:
    """Walk all journeys at both widths; every picture of the list must have been taken."""
    site = arguments[0].rstrip("/")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = os.environ.get("SHOUSHAN_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        camera = Pictures(browser)
        for username, journey in journeys.JOURNEYS:
            for width in (1440, 390):
                walked(browser, site, username, journey, width, camera)
        walked(browser, site, "leader", journeys.wall, 1920, camera)
        browser.close()
    missing = sorted(journeys.PICTURES.keys() - camera.taken)
    if missing:
        sys.stderr.write(f"没有拍到：{'、'.join(missing)}。" + "\n")
    unused = sorted(path.name for path in Path(FOLDER).glob("*.webp") if path.stem not in journeys.PICTURES)
    if unused:
        sys.stderr.write(f"不在清单中的图片：{'、'.join(unused)}。" + "\n")
    return 1 if missing or unused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
