"""Encrypted columns, blind indexes, keys, and the log that nobody can change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from shoushan.config import cli
from shoushan.directory.enums import Role
from shoushan.privacy import cipher, keys
from shoushan.privacy.enums import AccessKind
from shoushan.privacy.errors import PrivacyError
from shoushan.privacy.models import Access
from shoushan.privacy.services import log_access, rekey
from shoushan.registry.models import Person
from shoushan.registry.services_persons import NewPerson, document_index, enter_persons, find_persons, phone_index
from tests.apps.resumption.workers import number
from tests.directory.factories import a_user, an_area

AT = datetime(2020, 2, 14, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.KEYS = tmp_path / "keys"
    yield
    keys._ring.cache_clear()


# ---- cipher --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["AES", "SM4"])
@pytest.mark.parametrize("value", ["37010218900307001X", "阿不都·买买提", "𬭎" * 200, "短"])
@pytest.mark.django_db
def test_it_gives_back_what_it_took_and_never_twice_the_same(settings: Any, name: str, value: str) -> None:
    settings.PERSONAL_CIPHER = name
    first, second = (cipher.encrypt(value, "x.y") for _time in range(2))

    assert first != second
    assert value not in first
    assert cipher.decrypt(first, "x.y") == cipher.decrypt(second, "x.y") == value


@pytest.mark.django_db
def test_it_refuses_what_was_changed_or_moved_to_another_column() -> None:
    text = cipher.encrypt("13800001234", "registry.person.phone")
    changed = text[:-2] + ("A" if text[-2] != "A" else "B") + text[-1]

    for wrong, place in (
        (text, "registry.person.household"),
        (changed, "registry.person.phone"),
        ("k1$%%", "x"),
        ("k1$", "x"),
    ):
        with pytest.raises(PrivacyError, match="不能读取"):
            cipher.decrypt(wrong, place)
    with pytest.raises(PrivacyError, match="没有编号为 k9"):
        cipher.decrypt("k9" + text[2:], "registry.person.phone")


@pytest.mark.django_db
def test_an_index_tells_equal_from_different_by_place() -> None:
    assert document_index("11010519491231002x") == document_index(" 11010519491231002X")
    assert document_index("11010519491231002X") != document_index("11010519491231002X", "PASSPORT")
    assert phone_index("13800001234") != phone_index("13800001235")
    assert phone_index("") == ""


# ---- keys -----------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_keys_are_for_the_service_alone() -> None:
    keys.ring()
    assert keys.key_path().stat().st_mode & 0o777 == 0o600
    assert len(json.loads(keys.key_path().read_text())["keys"]) == 1


@pytest.mark.django_db
def test_it_refuses_new_keys_when_there_are_values_already() -> None:
    enter_persons([NewPerson("示例", number(1))], at=AT)
    keys.key_path().unlink()
    keys._ring.cache_clear()

    with pytest.raises(PrivacyError, match="从备份放回"):
        keys.ring()


@pytest.mark.django_db
@pytest.mark.parametrize("content", ["{", "{}", '{"index": "00", "keys": []}'])
def test_it_says_that_the_file_is_damaged(content: str) -> None:
    keys.key_path().parent.mkdir()
    keys.key_path().write_text(content)
    with pytest.raises(PrivacyError, match="已损坏"):
        keys.ring()


@pytest.mark.django_db
def test_a_new_key_takes_over_by_command_and_the_index_stays(capsys: pytest.CaptureFixture[str]) -> None:
    enter_persons([NewPerson(f"示例{n}", number(n), f"1380000{n:04d}") for n in range(3)], at=AT)

    assert cli._run(["personal", "rekey"]) == 0
    assert "已重新加密 0 项" in capsys.readouterr().out
    assert cli._run(["personal", "rekey", "--new-key"]) == 0
    said = capsys.readouterr().out
    assert "已生成新密钥 k2" in said
    assert "已重新加密 6 项" in said
    with connection.cursor() as cursor:
        cursor.execute("SELECT document_no, phone FROM registry_person")
        assert all(value.startswith("k2$") for row in cursor.fetchall() for value in row)
    assert find_persons([document_index(number(2))])[document_index(number(2))].phone == "13800000002"
    assert rekey() == 0


# ---- columns and people ------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_an_encrypted_column_answers_no_question() -> None:
    with pytest.raises(FieldError, match="blind index"):
        Person.objects.filter(document_no="1").exists()


@pytest.mark.django_db
def test_a_person_is_there_once_whoever_names_them() -> None:
    enter_persons([NewPerson("示例", number(1), "13800000001")], at=AT)
    again = enter_persons(
        [NewPerson("示 例", number(1).lower(), "13800000009", "示例县"), NewPerson("他", number(2))], at=AT
    )

    assert Person.objects.count() == 2
    assert (again[0].name, again[0].phone, again[0].household) == ("示例", "13800000009", "示例县")
    assert Person.objects.get(phone_index=phone_index("13800000009")).name == "示例"


# ---- the log -------------------------------------------------------------------------------------------------------
def look(**changed: Any) -> Access:
    values = {
        "subject": "worker:WRK-1",
        "fields": ["手机"],
        "purpose": "核对返程车次",
        "user": None,
        "at": AT,
    } | changed
    return log_access(AccessKind.SHOWN, **values)


@pytest.mark.django_db
@pytest.mark.parametrize("purpose", ["", " 看 ", "话" * 201])
def test_a_look_needs_a_purpose(purpose: str) -> None:
    with pytest.raises(PrivacyError, match="用途"):
        look(purpose=purpose)
    assert Access.objects.count() == 0


@pytest.mark.django_db
def test_a_look_stays_as_it_was_logged() -> None:
    logged = look()
    for change in (lambda: Access.objects.filter(pk=logged.pk).update(purpose="别的"), logged.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Access.objects.get().purpose == "核对返程车次"


@pytest.mark.django_db
def test_the_auditor_reads_the_log_and_administrators_do_not() -> None:
    an_area("370102")
    auditor, admin = (a_user(role.lower(), (role, "370102")) for role in (Role.AUDITOR, Role.SYS_ADMIN))
    look(user=auditor)
    client = Client()
    client.force_login(auditor)
    page = client.get(reverse("privacy:access-list"), {"kind": "SHOWN", "on": "2020-02-14"}).content.decode()
    assert "核对返程车次" in page
    assert "核对返程车次" not in client.get(reverse("privacy:access-list"), {"on": "2020-02-15"}).content.decode()
    client.force_login(admin)
    assert client.get(reverse("privacy:access-list")).status_code == 403
