"""Accounts, roles and responsibilities by three separate administrators, each act kept for the auditor."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from shoushan.directory import services_administration as services
from shoushan.directory.access import NotAllowedError
from shoushan.directory.enums import AdministrativeAct, Role, TargetKind
from shoushan.directory.errors import DirectoryError
from shoushan.directory.models import AdministrativeEntry, Organisation, Responsibility, RoleGrant, User
from tests.directory.factories import PASSWORD, a_user, signed_in
from tests.kept import district

pytestmark = pytest.mark.django_db

AT = datetime(2020, 3, 2, 2, tzinfo=UTC)
DAY = date(2020, 3, 2)
DISTRICT, YAOJIA, ZHIYUAN = "370102", "370102011", "370102013"


@pytest.fixture(autouse=True)
def _district() -> None:
    district()


def unit(code: str = "OFFICE_370102011") -> Organisation:
    return Organisation.objects.get(code=code)


def system(area: str = DISTRICT) -> User:
    return a_user("system", (Role.SYS_ADMIN, area))


def security(area: str = DISTRICT) -> User:
    return a_user("security", (Role.SECURITY_ADMIN, area))


def acts() -> list[str]:
    return list(AdministrativeEntry.objects.order_by("id").values_list("act", flat=True))


# ---- accounts -----------------------------------------------------------------------------------------------
def test_an_account_is_opened_with_a_password_that_works_once_told() -> None:
    admin = system()

    user, password = services.open_account(
        username="Zhang", display_name="测试人员", organisation=unit(), actor=admin, at=AT
    )

    assert user.username == "zhang"
    assert user.check_password(password)
    assert re.fullmatch(r"[2-9a-z]{5}(-[2-9a-z]{5}){2}", password)
    entry = AdministrativeEntry.objects.get()
    assert (entry.act, entry.actor, entry.user) == (AdministrativeAct.ACCOUNT_OPENED, admin, user)
    assert password not in str(entry.details)


def test_only_within_one_s_scope_and_never_oneself() -> None:
    admin = system(YAOJIA)
    colleague = a_user("colleague", organisation=unit())
    other = a_user("other", organisation=unit("OFFICE_370102013"))
    whole = a_user("whole")

    services.reset_password(user=colleague, actor=admin, at=AT)
    for user in (other, whole):
        with pytest.raises(NotAllowedError):
            services.reset_password(user=user, actor=admin, at=AT)
    with pytest.raises(NotAllowedError):
        services.change_account(
            user=colleague, display_name="某", organisation=unit("OFFICE_370102013"), actor=admin, at=AT
        )
    User.objects.filter(pk=admin.pk).update(organisation=unit())
    with pytest.raises(DirectoryError, match="自己的账号"):
        services.set_active(user=User.objects.get(pk=admin.pk), is_active=False, actor=admin, at=AT)


def test_closing_and_opening_again_is_kept_once() -> None:
    admin, user = system(), a_user("leaver")

    for is_active in (False, False, True):
        services.set_active(user=user, is_active=is_active, actor=admin, at=AT)

    assert acts() == ["ACCOUNT_CLOSED", "ACCOUNT_REOPENED"]


def test_a_name_and_an_organisation_are_changed() -> None:
    admin, user = system(), a_user("mover")

    services.change_account(user=user, display_name=" 新名 ", organisation=unit(), actor=admin, at=AT)
    assert (User.objects.get(pk=user.pk).display_name, user.organisation) == ("新名", unit())
    with pytest.raises(DirectoryError, match="姓名"):
        services.change_account(user=user, display_name=" ", organisation=None, actor=admin, at=AT)


def test_a_person_changes_their_own_password() -> None:
    user = a_user("somebody")

    with pytest.raises(ValidationError):
        services.change_own_password(user=user, old="wrong", new="another-long-one", at=AT)
    with pytest.raises(DirectoryError, match="密码不符合要求"):
        services.change_own_password(user=user, old=PASSWORD, new="short", at=AT)
    services.change_own_password(user=user, old=PASSWORD, new="another-long-one", at=AT)
    assert User.objects.get(pk=user.pk).check_password("another-long-one")


# ---- roles ----------------------------------------------------------------------------------------------------
def test_roles_are_given_and_ended_by_the_security_administrator_alone() -> None:
    admin, user = security(), a_user("clerk", organisation=unit())
    words = {"user": user, "role": Role.STREET_USER, "area_code": "", "valid_from": DAY, "valid_to": None, "at": AT}

    with pytest.raises(NotAllowedError):
        services.give_role(actor=system(), **words)
    grant = services.give_role(actor=admin, **words)
    assert grant.area_code == YAOJIA
    services.end_role(grant=grant, last_day=DAY + timedelta(days=7), actor=admin, at=AT)

    assert RoleGrant.objects.get(user=user).valid_to == date(2020, 3, 9)
    assert acts() == ["ROLE_GRANTED", "ROLE_ENDED"]


def test_no_role_beyond_one_s_own_area_or_for_oneself() -> None:
    admin = security(YAOJIA)
    user = a_user("clerk", organisation=unit())
    words = {"role": Role.STREET_USER, "valid_from": DAY, "valid_to": None, "actor": admin, "at": AT}

    for area in (ZHIYUAN, DISTRICT):
        with pytest.raises(NotAllowedError):
            services.give_role(user=user, area_code=area, **words)
    User.objects.filter(pk=admin.pk).update(organisation=unit())
    with pytest.raises(DirectoryError):
        services.give_role(user=User.objects.get(pk=admin.pk), area_code=YAOJIA, **words)
    assert acts() == []


# ---- responsibilities -------------------------------------------------------------------------------------------
def test_the_office_says_who_answers_for_a_subdistrict_and_the_one_before_ends() -> None:
    office = a_user("office", (Role.HQ_OFFICE, DISTRICT))
    first, second = a_user("first"), a_user("second")
    words = {"target_kind": TargetKind.AREA, "target_code": YAOJIA, "duties": "", "actor": office, "at": AT}

    services.make_responsible(leader=first, valid_from=date(2020, 2, 1), **words)
    made = services.make_responsible(leader=second, valid_from=date(2020, 3, 1), **words)
    services.end_responsible(responsibility=made, last_day=date(2020, 3, 31), actor=office, at=AT)

    spans = Responsibility.objects.order_by("valid_from").values_list("leader__username", "valid_to")
    assert list(spans) == [("first", date(2020, 2, 29)), ("second", date(2020, 3, 31))]
    assert acts() == ["RESPONSIBILITY_GIVEN", "RESPONSIBILITY_GIVEN", "RESPONSIBILITY_ENDED"]
    with pytest.raises(NotAllowedError):
        services.make_responsible(leader=first, valid_from=date(2020, 4, 1), **words | {"actor": first})


@pytest.mark.parametrize("sql", ["UPDATE {} SET act = 'X'", "DELETE FROM {}"])
def test_what_was_done_stays(sql: str) -> None:
    services.set_active(user=a_user("leaver"), is_active=False, actor=system(), at=AT)

    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(sql.format("directory_administrativeentry"))


# ---- pages ------------------------------------------------------------------------------------------------------
def address(name: str, *args: object) -> str:
    return reverse(f"directory:{name}", args=args)


def test_an_account_from_opening_to_its_roles() -> None:
    admin, guard = signed_in(system()), signed_in(security())

    wrong = admin.post(address("user-create"), {"username": "system", "display_name": "某"})
    assert wrong.status_code == 422
    assert "已经有人使用" in wrong.content.decode()
    opened = admin.post(
        address("user-create"), {"username": "clerk", "display_name": "某办事员", "organisation": "OFFICE_370102011"}
    )
    found = re.search(r"<code>([^<]+)</code>", opened.content.decode())
    assert found is not None
    assert User.objects.get(username="clerk").check_password(found[1])
    assert found[1] not in admin.get(address("user-detail", "clerk")).content.decode()

    assert guard.post(address("user-password", "clerk")).status_code == 403
    refused = guard.post(address("user-grant", "clerk"), {"role": "", "valid_from": ""})
    assert refused.status_code == 422
    twice = {"role": "SYS_ADMIN", "area_code": DISTRICT, "valid_from": "2020-03-02"}
    guard.post(address("user-grant", "clerk"), {"role": "STREET_USER", "area_code": YAOJIA, "valid_from": "2020-03-02"})
    separate = guard.post(address("user-grant", "clerk"), twice)
    assert "必须由不同账号担任" in separate.content.decode()
    listed = guard.get(address("user-list"), {"role": "STREET_USER"}).content.decode()
    assert "某办事员" in listed
    assert "姚家街道" in listed
    grant = RoleGrant.objects.get(user__username="clerk")
    last = timezone.localdate().isoformat()
    guard.post(address("user-grant-end", "clerk", grant.pk), {"last_day": last})
    grant.refresh_from_db()
    assert grant.valid_to == timezone.localdate()

    auditor = signed_in(a_user("auditor", (Role.AUDITOR, DISTRICT)))
    log = auditor.get(address("administration-list")).content.decode()
    assert log.index("结束角色") < log.index("授予角色") < log.index("开通账号")
    assert "姚家街道" in log
    assert guard.get(address("administration-list")).status_code == 403


def test_the_wrong_day_and_the_wrong_account_are_said() -> None:
    guard, user = signed_in(security()), a_user("clerk", (Role.STREET_USER, YAOJIA))
    grant = RoleGrant.objects.get(user=user)

    guard.post(address("user-grant-end", "clerk", grant.pk), {"last_day": ""})
    guard.post(address("user-grant-end", "clerk", grant.pk), {"last_day": "2019-01-01"})
    grant.refresh_from_db()
    assert grant.valid_to is None
    said = guard.get(address("user-detail", "clerk")).content.decode()
    assert "请填写最后一日" in said
    assert "早于开始日期" in said
    assert guard.get(address("user-detail", "nobody")).status_code == 404
    own = signed_in(User.objects.get(username="security")).get(address("user-detail", "security")).content.decode()
    assert "由另一位管理员办理" in own


def test_a_closed_account_is_switched_on_again_and_gets_another_password() -> None:
    admin = signed_in(system())
    a_user("leaver")

    admin.post(address("user-switch", "leaver"), {"active": "0"})
    assert not User.objects.get(username="leaver").is_active
    admin.post(address("user-switch", "leaver"), {"active": "1"})
    assert User.objects.get(username="leaver").is_active
    assert "只显示这一次" in admin.post(address("user-password", "leaver")).content.decode()
    assert admin.post(address("user-detail", "leaver"), {"display_name": "新名"}).status_code == 302
    assert admin.post(address("user-detail", "leaver"), {"display_name": ""}).status_code == 422
    for name in ("user-password", "user-switch"):
        assert admin.post(address(name, "system")).status_code == 302
    assert User.objects.get(username="system").is_active


def test_one_s_own_password_is_changed_and_one_stays_signed_in() -> None:
    client = signed_in(a_user("somebody"))
    good = {"old": PASSWORD, "new": "another-long-one", "again": "another-long-one"}

    for wrong, said in (
        ({"old": "x"}, "原密码不正确"),
        ({"again": "different-long-one"}, "两次输入的新密码不同"),
        ({"new": "short", "again": "short"}, "密码不符合要求"),
    ):
        answer = client.post(address("own-password"), good | wrong)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert client.post(address("own-password"), good).status_code == 302
    assert "密码已修改" in client.get(address("own-password")).content.decode()


def test_who_answers_for_the_subdistricts() -> None:
    leader = a_user("leader", (Role.DISTRICT_LEADER, DISTRICT))
    office, street = (
        signed_in(a_user("office", (Role.HQ_OFFICE, DISTRICT))),
        signed_in(a_user("street", (Role.STREET_USER, YAOJIA))),
    )
    page = office.get(address("responsibility-list")).content.decode()
    assert page.count("没有包挂领导") == 13

    given = {"area": YAOJIA, "leader": "leader", "valid_from": "2020-03-01", "duties": "督导防控"}
    assert office.post(address("responsibility-list"), given | {"area": ""}).status_code == 422
    assert street.post(address("responsibility-list"), given).status_code == 403
    assert office.post(address("responsibility-list"), given).status_code == 302
    assert "已有牵头包挂领导" in office.post(address("responsibility-list"), given).content.decode()
    seen = street.get(address("responsibility-list")).content.decode()
    assert leader.display_name in seen
    assert seen.count("没有包挂领导") == 12
    made = Responsibility.objects.get()
    for day in ("", "2019-01-01", "2020-03-31"):
        office.post(address("responsibility-end", made.pk), {"last_day": day})
    made.refresh_from_db()
    assert made.valid_to == date(2020, 3, 31)


def test_organisations_and_areas_of_a_day() -> None:
    client = signed_in(a_user("street", (Role.STREET_USER, YAOJIA), organisation=unit()))

    organisations = client.get(address("organisation-list"), {"on": "2020-03-02"}).content.decode()
    assert "历下区人民政府姚家街道办事处" in organisations
    assert "领导小组" not in client.get(address("organisation-list"), {"on": "2020-01-02"}).content.decode()
    areas = client.get(address("area-list"), {"on": "bad"}).content.decode()
    assert areas.count("<details") >= 13
    assert "370102011" in areas
