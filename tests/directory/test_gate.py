"""The gate before every view."""

from __future__ import annotations

import pytest
from django.core.checks import Error
from django.test import Client
from pytest_django import Settings

from shoushan.directory import checks, services, view_rules
from shoushan.directory.enums import Role
from shoushan.directory.models import User
from tests.directory.factories import a_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.directory.urls")]
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def clerk() -> User:
    """A clerk of one subdistrict, whose grant has no end."""
    services.load_reference_district()
    return a_user("clerk", (Role.STREET_USER, "370102001"))


def test_it_lets_everyone_into_public_pages(client: Client) -> None:
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/desk/", "/areas/", "/forgotten/", "/refusing/"])
def test_it_sends_strangers_to_sign_in_and_back(client: Client, path: str) -> None:
    answer = client.get(f"{path}?page=2")

    assert answer.status_code == 302
    assert answer["Location"] == f"/sign-in/?next={path}%3Fpage%3D2"


def test_it_does_not_come_back_to_an_address_that_was_posted_to(client: Client) -> None:
    answer = client.post("/desk/")

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")


def test_it_makes_the_browser_leave_a_page_whose_fragment_needs_a_sign_in(client: Client) -> None:
    answer = client.get("/desk/", headers={**FRAGMENT, "HX-Current-URL": "http://testserver/areas/?page=2"})

    assert answer.status_code == 401
    assert answer["HX-Redirect"] == "/sign-in/?next=%2Fareas%2F%3Fpage%3D2"
    assert "请重新登录" in answer.content.decode()


@pytest.mark.parametrize("current", ["", "http://testserver//evil.example/", "nonsense\\evil", "javascript:alert(1)"])
def test_it_never_sends_the_browser_to_another_site(client: Client, current: str) -> None:
    answer = client.get("/desk/", headers={**FRAGMENT, "HX-Current-URL": current})

    assert answer.status_code == 401
    assert answer["HX-Redirect"].startswith("/sign-in/")
    assert "evil.example" not in answer["HX-Redirect"]


def test_it_lets_holders_of_the_permission_in(client: Client, clerk: User) -> None:
    client.force_login(clerk)

    assert client.get("/areas/").content.decode() == "辖区"


def test_it_refuses_others_with_the_sentence(client: Client, clerk: User) -> None:
    client.force_login(a_user("outsider"))

    answer = client.get("/areas/")

    assert answer.status_code == 403
    assert "您没有“查看辖区”权限" in answer.content.decode()


def test_it_refuses_a_page_that_declares_no_rule(client: Client, clerk: User) -> None:
    client.force_login(clerk)

    answer = client.get("/forgotten/")

    assert answer.status_code == 403
    assert "没有登记访问权限" in answer.content.decode()


def test_it_shows_the_sentence_of_a_service_that_refuses(client: Client, clerk: User) -> None:
    client.force_login(clerk)

    page = client.get("/refusing/")
    fragment = client.get("/refusing/", headers=FRAGMENT)

    assert (page.status_code, fragment.status_code) == (403, 403)
    assert "这件事由街道办理。" in page.content.decode()
    assert "这件事由街道办理。" in fragment.content.decode()
    assert "<html" not in fragment.content.decode()


def test_it_tells_templates_what_the_user_may_do(client: Client, clerk: User) -> None:
    administrator = a_user("admin", (Role.SYS_ADMIN, "370102"))
    answers = []

    for user in (clerk, administrator):
        client.force_login(user)
        answers.append(client.get("/desk/").content.decode())

    assert answers == ["不可以", "可以"]


def test_it_shuts_out_a_closed_account_at_once(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    before = client.get("/desk/").status_code

    services.deactivate_user(user=clerk)

    assert (before, client.get("/desk/").status_code) == (200, 302)


def test_it_ends_sessions_when_the_password_changes(client: Client, clerk: User) -> None:
    client.force_login(clerk)

    services.set_password(user=clerk, password="winter-water-81")

    assert client.get("/desk/").status_code == 302


def test_it_does_not_let_a_site_start_without_it(settings: Settings) -> None:
    complete = checks.check_the_gate_is_installed(None)
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != checks.GATE]

    found = checks.check_the_gate_is_installed(None)

    assert complete == []
    assert [type(problem) for problem in found] == [Error]


def test_it_lists_the_rule_of_every_address() -> None:
    rules = {rule.route: (rule.name, rule.rule, rule.permission) for rule in view_rules.view_rules()}
    table = view_rules.url_truth_table()

    assert rules["/areas/"] == ("areas", "permission", "directory.view_area")
    assert rules["/sign-in/"] == ("directory:sign-in", "public", "")
    assert rules["/forgotten/"] == ("forgotten", "", "")
    assert table["/forgotten/"] == frozenset()
    assert table["/desk/"] == frozenset(Role)
    assert Role.VOLUNTEER not in table["/areas/"]
    assert Role.STREET_USER in table["/areas/"]
