"""The user guide inside the product: by role, in the reader's language, with links and pictures that lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from shoushan.directory.enums import Role
from shoushan.portal import guide
from tests.directory.factories import a_user
from tests.kept import district

pytestmark = pytest.mark.django_db
PAGES = [(folder, page.name) for folder in guide.FOLDERS for page in guide.pages(folder, is_english=False)]


def test_it_holds_every_document() -> None:
    assert {("how-to", "street-clerk"), ("explanation", "receipts"), ("reference", "settings")} <= set(PAGES)
    assert set(guide.FOR_ROLES) <= {name for folder, name in PAGES if folder == "how-to"}


@pytest.mark.parametrize(("folder", "name"), PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_and_every_link_of_it_leads_somewhere(
    client: Client, folder: str, name: str, language: str
) -> None:
    client.cookies[site.LANGUAGE_COOKIE_NAME] = language
    page = client.get(reverse("portal:guide-page", args=[folder, name])).content.decode()

    inside = page.split("<article")[1].split("</article>")[0]
    links = [each for each in re.findall(r'(?:href|src)="([^"]+)"', inside) if not each.startswith(("http", "#"))]
    assert [each for each in links if client.get(each).status_code != 200] == []
    assert ".md" not in "".join(links)


def test_the_page_is_in_the_reader_s_language(client: Client) -> None:
    address = reverse("portal:guide-page", args=["how-to", "leader"])

    assert "指挥驾驶舱" in client.get(address).content.decode()
    client.cookies[site.LANGUAGE_COOKIE_NAME] = "en"
    assert "schematic map" in client.get(address).content.decode()


def test_pages_for_the_reader_s_role_stand_first() -> None:
    district()
    client = Client()
    client.force_login(a_user("clerk", (Role.STREET_USER, "370102011")))

    groups = client.get("/help/").context["groups"]

    assert [page.name for page in groups[0]["pages"]] == ["street-clerk"]
    assert "street-clerk" not in [page.name for page in groups[1]["pages"]]


@pytest.mark.parametrize(
    "address",
    ["/help/how-to/nothing/", "/help/decisions/0001/", "/help/how-to/..%2Fsettings/", "/help/pictures/x.webp"],
)
def test_there_is_nothing_else(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_markup_in_a_document_is_text_and_chinese_is_marked() -> None:
    found = guide.rendered("a <script>1</script> “台账” `诉求` [x](javascript:1)\n\n```\n<b>\n```\n", "how-to", "en")

    assert "<script>" not in found
    assert "javascript:" not in found or "<a" not in found
    assert '<span lang="zh-Hans">台账</span>' in found
    assert '<code><span lang="zh-Hans">诉求</span></code>' in found
    assert "&lt;b&gt;" in found


def test_links_to_what_the_guide_does_not_hold_lead_to_its_contents() -> None:
    found = guide.rendered(
        "[a](../decisions/0002-layers.md) [d](../../deploy/) [b](other.zh-CN.md) [c](../explanation/receipts.md)",
        "how-to",
        "en",
    )

    assert re.findall(r'href="([^"]+)"', found) == [
        "/help/",
        "/help/",
        "/help/how-to/other/",
        "/help/explanation/receipts/",
    ]


def test_without_documents_the_page_says_so(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENTS = tmp_path

    assert "没有手册文件" in client.get("/help/").content.decode()
