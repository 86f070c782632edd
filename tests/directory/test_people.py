"""Accounts, roles, posts and responsibilities."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from shoushan.directory import selectors, services
from shoushan.directory.enums import Role, TargetKind
from shoushan.directory.errors import DirectoryError
from shoushan.directory.models import Responsibility, RoleGrant, User
from tests.directory.factories import AT, START, TODAY, a_user, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _district(db: None) -> None:
    services.load_reference_district()


# ---- accounts -----------------------------------------------------------------------------------
def test_it_keeps_user_names_in_one_spelling() -> None:
    user = a_user(" ＣLerk01 ")

    assert user.username == "clerk01"
    with pytest.raises(DirectoryError, match="已经有人使用"):
        a_user("CLERK01")


@pytest.mark.parametrize("password", ["short", "1234567890123", "password123", "clerk-clerk"])
def test_it_refuses_a_weak_password_with_the_reason(password: str) -> None:
    with pytest.raises(DirectoryError, match="密码不符合要求"):
        a_user("clerk-clerk", password=password)


@pytest.mark.parametrize("fields", [{"username": " "}, {"username": "clerk", "display_name": ""}])
def test_it_refuses_an_account_without_names(fields: dict[str, str]) -> None:
    with pytest.raises(DirectoryError, match="都要填写"):
        a_user(**fields)


def test_it_stores_no_password_in_the_clear_and_takes_a_new_one() -> None:
    user = a_user()

    services.set_password(user=user, password="winter-water-81")

    stored = User.objects.get(pk=user.pk)
    assert "winter" not in stored.password
    assert stored.check_password("winter-water-81")


def test_it_refuses_an_upper_case_user_name_in_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="Clerk", display_name="测试", created_at=AT)


# ---- roles --------------------------------------------------------------------------------------
def test_it_takes_the_area_of_the_organisation_unless_one_is_named() -> None:
    street = an_organisation("STREET", "370102005")
    clerk = a_user("clerk", organisation=street)

    own = services.grant_role(user=clerk, role=Role.STREET_USER, valid_from=START)
    other = services.grant_role(user=clerk, role=Role.STREET_ADMIN, area_code="370102006", valid_from=START)

    assert (own.area_code, other.area_code) == ("370102005", "370102006")


def test_it_gives_an_office_role_the_whole_district_and_a_territorial_role_none_by_default() -> None:
    user = a_user()

    office = services.grant_role(user=user, role=Role.HQ_OFFICE, valid_from=START)

    assert office.area_code == "370102"
    with pytest.raises(DirectoryError, match="“街道工作人员”必须限定辖区"):
        services.grant_role(user=user, role=Role.STREET_USER, valid_from=START)


def test_it_refuses_an_area_that_does_not_exist() -> None:
    with pytest.raises(DirectoryError, match="没有代码为“370199001”的辖区"):
        a_user("clerk", (Role.STREET_USER, "370199001"))


def test_it_grants_the_same_role_once() -> None:
    user = a_user("clerk", (Role.STREET_USER, "370102001"))

    services.grant_role(user=user, role=Role.STREET_USER, area_code="370102001", valid_from=START)

    assert RoleGrant.objects.filter(user=user).count() == 1
    with pytest.raises(DirectoryError, match="已有同样的授权"):
        services.grant_role(user=user, role=Role.STREET_USER, area_code="370102001", valid_from=TODAY)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Role.SYS_ADMIN, Role.AUDITOR),
        (Role.SECURITY_ADMIN, Role.SYS_ADMIN),
        (Role.HQ_OFFICE, Role.AUDITOR),
        (Role.AUDITOR, Role.HQ_OFFICE),
    ],
)
def test_it_keeps_the_three_administrators_apart(first: Role, second: Role) -> None:
    user = a_user("admin", (first, "370102"))

    with pytest.raises(DirectoryError, match="必须由不同账号担任"):
        services.grant_role(user=user, role=second, area_code="370102", valid_from=START)


def test_it_ends_a_grant_by_its_last_day() -> None:
    user = a_user("clerk", (Role.STREET_USER, "370102001"))
    grant = RoleGrant.objects.get(user=user)

    services.revoke_role(grant=grant, last_day=date(2020, 3, 22))

    fresh = User.objects.get(pk=user.pk)
    assert fresh.area_scope("directory.view_area", on=date(2020, 3, 22)) == ("370102001",)
    assert fresh.area_scope("directory.view_area", on=date(2020, 3, 23)) == ()
    with pytest.raises(DirectoryError, match="早于开始日期"):
        services.revoke_role(grant=grant, last_day=date(2019, 12, 31))


# ---- posts --------------------------------------------------------------------------------------
def test_it_keeps_the_history_of_a_post() -> None:
    office = an_organisation()
    first, second = a_user("first"), a_user("second")
    held = services.assign_post(user=first, organisation=office, title="主任", valid_from=START)

    services.end_assignment(assignment=held, last_day=date(2020, 2, 29))
    services.assign_post(user=second, organisation=office, title="主任", valid_from=date(2020, 3, 1))

    assert [row.user for row in selectors.post_holders(organisation=office, on=date(2020, 2, 29))] == [first]
    assert [row.user for row in selectors.post_holders(organisation=office, on=date(2020, 3, 1))] == [second]


def test_it_lets_a_person_hold_two_posts_but_not_one_twice() -> None:
    office = an_organisation()
    user = a_user()
    services.assign_post(user=user, organisation=office, title="主任", valid_from=START)

    services.assign_post(user=user, organisation=office, title="总工程师", valid_from=START)

    assert user.assignments.count() == 2
    with pytest.raises(DirectoryError, match="已经担任这一职务"):
        services.assign_post(user=user, organisation=office, title="主任", valid_from=TODAY)


# ---- responsibilities ---------------------------------------------------------------------------
def test_it_leaves_february_under_the_old_leader() -> None:
    old, new = a_user("old"), a_user("new")
    target = {"target_kind": TargetKind.AREA, "target_code": "370102005"}
    services.assign_responsibility(leader=old, valid_from=START, **target)

    services.assign_responsibility(leader=new, valid_from=date(2020, 3, 1), **target)

    february = selectors.primary_leader(on=date(2020, 2, 29), **target)
    march = selectors.primary_leader(on=date(2020, 3, 1), **target)
    assert february is not None
    assert march is not None
    assert (february.leader, march.leader) == (old, new)


@pytest.mark.parametrize(
    ("since", "until"),
    [(START, None), (date(2019, 12, 1), None), (date(2020, 2, 1), date(2020, 2, 5)), (date(2019, 12, 1), START)],
)
def test_it_has_one_primary_leader_on_any_day(since: date, until: date | None) -> None:
    target = {"target_kind": TargetKind.AREA, "target_code": "370102005"}
    services.assign_responsibility(leader=a_user("old"), valid_from=START, **target)

    with pytest.raises(DirectoryError, match="已有牵头包挂领导"):
        services.assign_responsibility(leader=a_user("new"), valid_from=since, valid_to=until, **target)

    assert Responsibility.objects.count() == 1


def test_it_allows_supporting_leaders_beside_the_primary_one() -> None:
    target = {"target_kind": TargetKind.AREA, "target_code": "370102005"}
    services.assign_responsibility(leader=a_user("first"), valid_from=START, **target)

    services.assign_responsibility(leader=a_user("second"), valid_from=START, is_primary=False, **target)

    assert Responsibility.objects.valid_on(TODAY).count() == 2


def test_it_refuses_a_second_open_primary_leader_in_the_database() -> None:
    leader = a_user()
    row = {"leader": leader, "target_kind": "AREA", "target_code": "370102005", "is_primary": True}
    Responsibility.objects.create(valid_from=START, **row)

    with pytest.raises(IntegrityError), transaction.atomic():
        Responsibility.objects.create(valid_from=TODAY, **row)


def test_it_names_the_subdistricts_that_no_leader_answers_for() -> None:
    leader = a_user()
    for number in range(1, 13):
        services.assign_responsibility(
            leader=leader, target_kind=TargetKind.AREA, target_code=f"370102{number:03}", valid_from=START
        )

    assert [area.name for area in selectors.uncovered_areas(on=TODAY)] == ["智远街道"]
