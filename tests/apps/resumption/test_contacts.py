"""Contacts of enterprises: the account with its claim, the subdistrict that confirms it, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from shoushan.apps.resumption.enums.contacts import ClaimState
from shoushan.apps.resumption.lifecycle import CLAIMS
from shoushan.apps.resumption.models import EnterpriseClaim
from shoushan.apps.resumption.selectors.contacts import enterprises_of, is_contact
from shoushan.apps.resumption.services import ContactError, claim_enterprise, register_contact
from shoushan.directory.access import NotAllowedError
from shoushan.directory.enums import Role
from shoushan.directory.models import User
from shoushan.directory.services import DirectoryError
from shoushan.ledger import api as ledger
from shoushan.lifecycle.errors import MissingError, StaleError, WrongStateError
from shoushan.lifecycle.services import advance
from tests.apps.resumption.factories import AT, JANUARY, frame, uscc
from tests.directory.factories import PASSWORD, a_user
from tests.kept import district

pytestmark = pytest.mark.django_db
YAOJIA, ZHIYUAN = "370102011", "370102013"


@pytest.fixture(autouse=True)
def _district(tmp_path: Path) -> None:
    district()
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})


@pytest.fixture
def officer() -> User:
    return a_user("officer", (Role.STREET_USER, YAOJIA))


def registered(number: int = 1, username: str = "contact") -> EnterpriseClaim:
    return register_contact(
        uscc=uscc(number), username=username, password=PASSWORD, display_name="测试联络人", duty="办公室主任", at=AT
    )


def step(claim: EnterpriseClaim, name: str, actor: User | None, **more: object) -> EnterpriseClaim:
    return advance(CLAIMS, claim.pk, name, actor=actor, at=AT, **more)  # type: ignore[arg-type,no-any-return]


def test_an_account_opens_with_a_claim_and_may_do_nothing_before_it_is_confirmed(officer: User) -> None:
    claim = registered()

    assert (claim.state, claim.area_code, claim.code) == ("CLAIMED", YAOJIA, "CLM-370102-20200331-0001")
    assert not is_contact(claim.user, claim.enterprise_id)
    step(claim, "confirm", officer)
    assert list(enterprises_of(claim.user)) == [claim.enterprise]
    kinds = [line.kind for line in ledger.timeline(claim.subject)]
    assert kinds == ["resumption.contact_confirmed"]


def test_an_enterprise_has_several_contacts_and_a_contact_several_enterprises(officer: User) -> None:
    first, other = registered(), registered(username="contact2")
    second = claim_enterprise(user=first.user, uscc=uscc(2), duty="会计", at=AT)

    for claim in (first, other, second):
        step(claim, "confirm", officer)

    assert enterprises_of(first.user).count() == 2
    assert is_contact(other.user, first.enterprise_id)


@pytest.mark.parametrize(
    ("code", "part"),
    [("12345", "请按营业执照核对 18 位代码"), (uscc(77), "请联系属地街道登记企业后再认领"), ("", "18 位")],
)
def test_without_a_known_enterprise_there_is_no_account(code: str, part: str) -> None:
    with pytest.raises(ContactError, match=part):
        register_contact(uscc=code, username="new", password=PASSWORD, display_name="某人", duty="会计", at=AT)

    assert not User.objects.filter(username="new").exists()


def test_a_taken_name_or_a_weak_password_leaves_no_claim() -> None:
    registered()

    with pytest.raises(DirectoryError, match="已经有人使用"):
        registered()
    with pytest.raises(DirectoryError, match="密码不符合要求"):
        register_contact(uscc=uscc(1), username="weak", password="1234", display_name="某人", duty="会计", at=AT)
    assert EnterpriseClaim.objects.count() == 1


def test_the_same_enterprise_is_not_claimed_twice_unless_the_first_claim_has_ended(officer: User) -> None:
    claim = registered()

    with pytest.raises(ContactError, match="已经认领过"):
        claim_enterprise(user=claim.user, uscc=uscc(1), duty="会计", at=AT)
    step(claim, "refuse", officer, reason="不是本企业员工")
    assert claim_enterprise(user=claim.user, uscc=uscc(1), duty="会计", at=AT).state == ClaimState.CLAIMED


def test_only_the_subdistrict_of_the_enterprise_confirms(officer: User) -> None:
    claim = registered()
    others = a_user("other", (Role.STREET_USER, ZHIYUAN))

    for actor in (others, claim.user):
        with pytest.raises(NotAllowedError):
            step(claim, "confirm", actor)
    with pytest.raises(MissingError):
        step(claim, "refuse", officer)
    with pytest.raises(WrongStateError):
        step(claim, "end", officer, reason="离职")
    with pytest.raises(StaleError):
        step(claim, "confirm", officer, seen=7)
    claim.refresh_from_db()
    assert (claim.state, claim.revision) == ("CLAIMED", 0)


def test_a_contact_leaves_and_speaks_for_nobody_any_more(officer: User) -> None:
    claim = registered()
    step(claim, "confirm", officer)
    stranger = registered(username="contact2").user

    with pytest.raises(NotAllowedError, match="只能办理本人"):
        step(claim, "give_up", stranger)
    step(claim, "give_up", claim.user)
    assert not is_contact(claim.user, claim.enterprise_id)


def test_the_database_refuses_a_state_without_an_entry() -> None:
    claim = registered()

    with pytest.raises(DatabaseError, match="without an entry"), transaction.atomic():
        EnterpriseClaim.objects.filter(pk=claim.pk).update(state="CONFIRMED")


# ---- pages ----------------------------------------------------------------------------------------
def test_it_registers_and_is_confirmed_in_the_browser(client: Client, officer: User) -> None:
    words = {"uscc": uscc(1), "display_name": "测试联络人", "duty": "会计", "username": "firm1", "password": PASSWORD}

    refused = client.post(reverse("resumption:contact-register"), words | {"uscc": uscc(77)})
    assert refused.status_code == 422
    assert "请联系属地街道登记企业后再认领" in refused.text
    assert client.post(reverse("resumption:contact-register"), words).status_code == 302
    claim = EnterpriseClaim.objects.get()
    client.force_login(claim.user)
    assert client.get(reverse("portal:home")).headers["Location"] == reverse("resumption:contact-home")
    assert "待确认" in client.get(reverse("resumption:contact-home")).text
    client.force_login(officer)
    assert claim.code in client.get(reverse("resumption:contact-list")).text
    page = client.get(reverse("resumption:contact-detail", args=[claim.code])).text
    assert "确认联络人" in page
    answer = client.post(reverse("resumption:contact-step", args=[claim.code, "confirm"]), {"seen": "0"})
    assert answer.status_code == 302
    client.force_login(claim.user)
    assert "已确认" in client.get(reverse("resumption:contact-home")).text


def test_claims_of_others_answer_like_missing_ones(client: Client) -> None:
    claim = registered()

    for user in (registered(username="contact2").user, a_user("other", (Role.STREET_USER, ZHIYUAN))):
        client.force_login(user)
        assert client.get(reverse("resumption:contact-detail", args=[claim.code])).status_code == 404
        assert client.post(reverse("resumption:contact-step", args=[claim.code, "confirm"])).status_code == 404
    assert claim.code not in client.get(reverse("resumption:contact-list")).text


def test_a_second_enterprise_is_claimed_on_the_page(client: Client) -> None:
    claim = registered()
    client.force_login(claim.user)

    again = client.post(reverse("resumption:contact-claim"), {"uscc": uscc(1), "duty": "会计"})
    assert (again.status_code, "已经认领过" in again.text) == (422, True)
    empty = client.post(reverse("resumption:contact-claim"), {"uscc": ""})
    assert empty.status_code == 422
    assert client.post(reverse("resumption:contact-claim"), {"uscc": uscc(2), "duty": "会计"}).status_code == 302
    assert EnterpriseClaim.objects.filter(user=claim.user).count() == 2
