"""The frame of a page, its navigation, and the answers to errors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from shoushan.ui import navigation, views
from shoushan.ui.errors import error_answer
from shoushan.ui.navigation import NavigationError, NavigationItem

pytestmark = pytest.mark.urls("tests.ui.urls")

HOME = NavigationItem(label="首页", url_name="portal:home", icon="home", position=1)
SECRET = NavigationItem(label="密件", url_name="directory:sign-in", permission="demo.view_secret", position=2)
GALLERY = NavigationItem(label="组件", url_name="ui:gallery", position=3)
ELSEWHERE = NavigationItem(label="别处", url_name="nowhere:page", position=4)


@dataclass
class Reader:
    """A signed-in person as the frame sees one."""

    permissions: frozenset[str] = frozenset()
    display_name: str = "示例人员"
    is_authenticated: bool = True

    def may(self, permission: str) -> bool:
        return permission in self.permissions


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})
    navigation.register(GALLERY, SECRET, HOME, ELSEWHERE)


def request_of(reader: Reader | None, address: str = "/ui/", **headers: str) -> HttpRequest:
    request = RequestFactory(headers=headers).get(address)
    if reader is not None:
        request.user = reader  # type: ignore[assignment]
    return request


def test_it_shows_the_whole_gallery() -> None:
    response = views.gallery(request_of(Reader(), "/ui/?page=2"))

    html = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="zh-Hans"' in html
    for part in ("stats", "trend-line", "timeline", "stepper", "gauge", "error-summary", "chips", "pagination"):
        assert f'class="{part}"' in html


@pytest.mark.parametrize("page", ["0", "-1", "99999", "abc", ""])
def test_it_survives_any_page_number_in_the_gallery(page: str) -> None:
    response = views.gallery(request_of(Reader(), f"/ui/?page={page}"))

    assert response.status_code == 200


def test_it_is_open_to_signed_in_people_only() -> None:
    assert views.gallery.access_rule == "signed_in"  # type: ignore[attr-defined]


def test_it_refuses_to_change_anything_through_the_gallery() -> None:
    assert views.gallery(RequestFactory().post("/ui/")).status_code == 405


@pytest.mark.usefixtures("entries")
def test_it_lists_only_what_the_reader_may_open() -> None:
    html = render(request_of(Reader()), "ui/404.html").content.decode()

    assert "首页</span>" in html
    assert "密件" not in html
    assert "别处" not in html


@pytest.mark.usefixtures("entries")
def test_it_marks_where_the_reader_is() -> None:
    reader = Reader(frozenset({"demo.view_secret"}))

    html = render(request_of(reader, "/account/in/next/"), "ui/404.html").content.decode()

    assert html.count('aria-current="page"') == 1
    assert '<a href="/account/in/" aria-current="page">' in html


@pytest.mark.usefixtures("entries")
def test_it_shows_no_navigation_to_strangers() -> None:
    html = render(request_of(None), "ui/404.html").content.decode()

    assert "主导航" not in html
    assert "退出登录" not in html


@pytest.mark.usefixtures("entries")
def test_it_keeps_one_entry_when_registered_again() -> None:
    navigation.register(HOME)

    assert [item.label for item in navigation.registered_items()] == ["首页", "密件", "组件", "别处"]


@pytest.mark.usefixtures("entries")
def test_it_refuses_two_entries_for_one_page() -> None:
    with pytest.raises(NavigationError):
        navigation.register(NavigationItem(label="另一个首页", url_name="portal:home"))


def test_it_refuses_an_entry_with_an_unknown_icon() -> None:
    with pytest.raises(NavigationError):
        navigation.register(NavigationItem(label="首页", url_name="portal:home", icon="rocket"))


@pytest.mark.parametrize("status", [400, 403, 404, 409, 429])
def test_it_answers_with_the_sentence_it_was_given(status: int) -> None:
    response = error_answer(request_of(Reader()), status=status, sentence="本街道无权查看<示例>。")

    assert response.status_code == status
    assert "本街道无权查看&lt;示例&gt;。" in response.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 409, 429])
def test_it_answers_htmx_with_a_fragment(status: int) -> None:
    response = error_answer(request_of(Reader(), **{"HX-Request": "true"}), status=status)

    html = response.content.decode()
    assert response.status_code == status
    assert "<html" not in html
    assert 'role="alert"' in html
    assert "请" in html


@pytest.mark.parametrize(
    "header", [{"HX-Boosted": "true"}, {"HX-History-Restore-Request": "true"}, {"HX-Request-Type": "full"}]
)
def test_it_answers_htmx_with_a_page_when_the_page_is_replaced(header: dict[str, str]) -> None:
    response = error_answer(request_of(Reader(), **{"HX-Request": "true"}, **header), status=404)

    assert "<html" in response.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html"])
def test_it_renders_plain_error_pages_without_a_request(name: str) -> None:
    html = render_to_string(name)

    assert "返回首页" in html


@pytest.mark.django_db
def test_it_answers_an_unknown_address_with_a_sentence(client: Client) -> None:
    response = client.get("/nowhere/", headers={"Accept-Language": "zh-hans"})

    assert response.status_code == 404
    assert "没有找到这个页面或这条记录" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("size", "fields", "said"),
    [
        (2 * 1024 * 1024 + 1, 1, "填写或粘贴的内容超过 2 MB，没有收下。请退回上一页，改为上传文件，或分几次提交。"),
        (1, 1001, "一次提交的项目太多，没有收下。请退回上一页，少选一些，分几次提交。"),
    ],
)
def test_what_is_too_much_is_said(size: int, fields: int, said: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    data = {f"field{number}": "x" * size for number in range(fields)}
    response = client.post(
        reverse("directory:language-set"), urlencode(data), content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == 400
    assert said in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("headers", "is_page"), [({}, True), ({"HX-Request": "true"}, False)])
def test_it_answers_a_crash_without_details(client: Client, headers: dict[str, str], *, is_page: bool) -> None:
    client.raise_request_exception = False

    response = client.get("/broken/", headers={"Accept-Language": "zh-hans", **headers})

    html = response.content.decode()
    assert response.status_code == 500
    assert "系统出错" in html
    assert "on purpose" not in html
    assert ("<html" in html) == is_page


@pytest.mark.django_db
def test_it_says_how_to_mend_a_stale_form() -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/account/in/", headers={"Accept-Language": "zh-hans"})

    assert response.status_code == 403
    assert "本次提交没有保存" in response.content.decode()
