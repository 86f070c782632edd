"""Sign in, lock-out, sign out, language."""

from __future__ import annotations

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import get_hasher
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from shoushan.config import settings as product_settings
from shoushan.directory import services
from shoushan.directory.models import User
from tests.directory.factories import PASSWORD, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.directory.urls")]


@pytest.fixture
def clerk() -> User:
    """An account."""
    return a_user("clerk")


def _try(client: Client, username: str = "clerk", password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post("/sign-in/", {"username": username, "password": password, **more})  # type: ignore[return-value]


def test_it_shows_the_form_in_chinese_and_is_not_cached(client: Client) -> None:
    answer = client.get("/sign-in/?next=/desk/")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "用户名" in page
    assert 'name="next" value="/desk/"' in page
    assert "no-store" in answer["Cache-Control"]


def test_it_signs_in_and_goes_to_the_page_that_was_asked_for(client: Client, clerk: User) -> None:
    answer = _try(client, next="/desk/")

    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert client.session[SESSION_KEY] == str(clerk.pk)


def test_it_goes_home_when_nothing_was_asked_for(client: Client, clerk: User) -> None:
    assert _try(client)["Location"] == "/"


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "\\\\evil.example", "http:///evil"]
)
def test_it_never_goes_on_to_another_site(client: Client, clerk: User, target: str) -> None:
    assert _try(client, next=target)["Location"] == "/"
    assert client.get("/sign-in/", {"next": target})["Location"] == "/"


def test_it_accepts_the_user_name_in_any_case_and_width(client: Client, clerk: User) -> None:
    assert _try(client, username=" ＣLERK ").status_code == 302


def test_it_starts_a_new_session(client: Client, clerk: User) -> None:
    session = client.session
    session["trap"] = "set"
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before or ""

    _try(client)

    assert client.session.session_key != before


def test_it_says_the_same_for_a_wrong_name_a_wrong_password_and_a_closed_account(client: Client, clerk: User) -> None:
    closed = a_user("closed")
    services.deactivate_user(user=closed)

    pages = [
        _try(client, "nobody").content.decode(),
        _try(client, "clerk", "wrong-password").content.decode(),
        _try(client, "closed").content.decode(),
    ]

    assert all("用户名或密码不正确，请核对后重新输入。" in page for page in pages)
    assert SESSION_KEY not in client.session


def test_it_does_not_repeat_the_password_on_the_page(client: Client, clerk: User) -> None:
    assert "wrong-password" not in _try(client, "clerk", "wrong-password").content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"), [({"username": ""}, "请输入用户名。"), ({"password": ""}, "请输入密码。")]
)
def test_it_names_the_field_that_is_empty(client: Client, fields: dict[str, str], sentence: str) -> None:
    assert sentence in _try(client, **fields).content.decode()


@pytest.mark.parametrize("username", ["clerk\x00", "x" * 5000, "👩‍💼", "' OR 1=1 --"])
def test_it_survives_odd_user_names(client: Client, clerk: User, username: str) -> None:
    answer = _try(client, username)

    assert answer.status_code == 200
    assert SESSION_KEY not in client.session


def test_it_locks_after_five_failures_for_the_right_password_too(client: Client, clerk: User) -> None:
    codes = [_try(client, "clerk", "wrong-password").status_code for _ in range(5)]

    locked = _try(client)

    assert codes == [200, 200, 200, 200, 429]
    assert locked.status_code == 429
    assert "连续登录失败 5 次，已被锁定，请在 30 分钟后重试" in locked.content.decode()
    assert locked["Retry-After"] == "1800"
    assert SESSION_KEY not in client.session


def test_it_counts_every_spelling_of_a_user_name_together(client: Client, clerk: User) -> None:
    codes = [
        _try(client, name, "wrong-password").status_code for name in ("clerk", "CLERK", " clerk ", "Ｃlerk", "cLeRk")
    ]

    assert codes[-1] == 429
    assert AccessAttempt.objects.count() == 1


def test_it_locks_one_name_and_not_its_neighbour(client: Client, clerk: User) -> None:
    a_user("neighbour")
    for _ in range(5):
        _try(client, "clerk", "wrong-password")

    assert _try(client, "neighbour").status_code == 302


def test_it_locks_names_that_do_not_exist_the_same_way(client: Client) -> None:
    codes = [_try(client, "nobody", "wrong-password").status_code for _ in range(5)]

    assert codes[-1] == 429


def test_it_forgets_failures_after_a_success(client: Client, clerk: User) -> None:
    for _ in range(4):
        _try(client, "clerk", "wrong-password")
    _try(client)
    client.logout()

    codes = [_try(client, "clerk", "wrong-password").status_code for _ in range(4)]

    assert codes == [200, 200, 200, 200]


def test_it_lets_a_signed_in_user_pass_by(client: Client, clerk: User) -> None:
    client.force_login(clerk)

    answer = client.get("/sign-in/?next=/desk/")

    assert (answer.status_code, answer["Location"]) == (302, "/desk/")


def test_it_wants_the_csrf_token(clerk: User) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert _try(strict).status_code == 403
    assert strict.post("/sign-out/").status_code == 403


def test_it_signs_out_by_post_only(client: Client, clerk: User) -> None:
    client.force_login(clerk)

    by_link = client.get("/sign-out/").status_code
    still_in = SESSION_KEY in client.session
    answer = client.post("/sign-out/")

    assert (by_link, still_in) == (405, True)
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")
    assert SESSION_KEY not in client.session


def test_it_remembers_the_language_and_returns(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/desk/"})

    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


@pytest.mark.parametrize("language", ["", "tlh", "en\r\nX: y"])
def test_it_refuses_a_language_that_is_not_offered(client: Client, language: str) -> None:
    answer = client.post("/language/", {"language": language})

    assert answer.status_code == 400
    assert "请从页面上的语言菜单中选择" in answer.content.decode()
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


def test_it_stores_passwords_with_argon2_in_the_product(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = product_settings.PASSWORD_HASHERS

    assert get_hasher().algorithm == "argon2"
    assert a_user("argon").password.startswith("argon2$argon2id$")
