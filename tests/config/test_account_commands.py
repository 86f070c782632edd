import io
from datetime import date

import pytest

from shoushan.directory.enums import Role
from shoushan.directory.models import RoleGrant, User
from tests.config.test_cli import Command, shoushan
from tests.kept import district

__all__ = ["shoushan"]
pytestmark = pytest.mark.django_db
PASSWORD = "spring-water-72"


@pytest.fixture
def typed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    district()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n{PASSWORD}\n"))


def test_it_opens_an_account_and_grants_a_role(shoushan: Command, typed: None) -> None:
    opened = shoushan("account", "open", "wendong", "--name", "文东街道办事处")
    granted = shoushan("account", "grant", "wendong", "STREET_USER", "--area", "370102007", "--since", "2020-02-10")

    assert (opened.code, granted.code) == (0, 0)
    assert User.objects.get(username="wendong").check_password(PASSWORD)
    grant = RoleGrant.objects.get(user__username="wendong")
    assert (grant.role, grant.area_code, grant.valid_from) == (Role.STREET_USER, "370102007", date(2020, 2, 10))
    assert "wendong\t文东街道办事处\tSTREET_USER@370102007" in shoushan("account", "list").out


def test_without_an_area_it_is_that_of_the_organisation(shoushan: Command, typed: None) -> None:
    shoushan("account", "open", "wendong", "--name", "文东街道办事处", "--organisation", "OFFICE_370102007")

    assert shoushan("account", "grant", "wendong", "STREET_USER").code == 0
    assert RoleGrant.objects.get(user__username="wendong").area_code == "370102007"


def test_it_gives_a_new_password_and_closes(shoushan: Command, typed: None) -> None:
    shoushan("account", "open", "wendong", "--name", "文东街道办事处")

    assert shoushan("account", "password", "wendong").code == 0
    assert shoushan("account", "close", "wendong").code == 0
    assert not User.objects.get(username="wendong").is_active
    assert "文东街道办事处（已停用）\t—" in shoushan("account", "list").out


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        ("open wendong --name 文东 --organisation NOWHERE", 1, "没有代码为 NOWHERE 的单位。"),
        ("grant nobody STREET_USER --area 370102007", 1, "没有名为 nobody 的账号。"),
        ("grant nobody KING", 2, "用法不对"),
        ("password nobody", 1, "没有名为 nobody 的账号。"),
    ],
)
def test_it_refuses_with_a_sentence(shoushan: Command, typed: None, arguments: str, code: int, sentence: str) -> None:
    answer = shoushan("account", *arguments.split())

    assert (answer.code, sentence in answer.err) == (code, True)


def test_it_refuses_a_weak_password(shoushan: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1234\n"))

    answer = shoushan("account", "open", "wendong", "--name", "文东街道办事处")

    assert (answer.code, User.objects.filter(username="wendong").exists()) == (1, False)
    assert "密码不符合要求" in answer.err


def test_it_asks_twice_at_a_terminal(shoushan: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    answers = iter([PASSWORD, "another-one-73"])
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))

    answer = shoushan("account", "open", "wendong", "--name", "文东街道办事处")

    assert (answer.code, "两次输入的口令不同" in answer.err) == (1, True)
