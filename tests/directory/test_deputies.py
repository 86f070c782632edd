"""Acting for somebody who is away: whose roles, on which days, recorded under whose name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from shoushan.directory.access import area_scope, has_permission
from shoushan.directory.enums import Role
from shoushan.directory.errors import DirectoryError
from shoushan.directory.models import Deputation, Organisation, User
from shoushan.directory.selectors import deputations_to, deputies_for
from shoushan.directory.services import appoint_deputy, deactivate_user, end_deputation
from tests.directory.factories import AT, START, TODAY, a_user, an_area, an_organisation

pytestmark = pytest.mark.django_db
YAOJIA, ZHIYUAN = "370102011", "370102013"
VIEW = "directory.view_area"
ONE, WEEK = timedelta(days=1), timedelta(days=6)


@pytest.fixture
def office() -> Organisation:
    for code in ("370102", YAOJIA, ZHIYUAN):
        an_area(code)
    return an_organisation()


@pytest.fixture
def principal(office: Organisation) -> User:
    return a_user("principal", (Role.STREET_ADMIN, YAOJIA), organisation=office)


@pytest.fixture
def deputy(office: Organisation) -> User:
    return a_user("deputy", (Role.STREET_USER, ZHIYUAN), organisation=office)


def handed(principal: User, deputy: User, first: date = TODAY, last: date = TODAY + WEEK) -> Deputation:
    return appoint_deputy(
        principal=principal, deputy=deputy, valid_from=first, valid_to=last, reason="外出培训", on=TODAY, at=AT
    )


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_a_deputy_may_what_the_principal_may_in_those_days_alone(principal: User, deputy: User) -> None:
    handed(principal, deputy, TODAY + ONE)

    now = fresh(deputy)
    assert area_scope(now, VIEW, on=TODAY) == (ZHIYUAN,)
    assert area_scope(now, VIEW, on=TODAY + ONE) == (YAOJIA, ZHIYUAN)
    assert area_scope(now, VIEW, on=TODAY + WEEK) == (YAOJIA, ZHIYUAN)
    assert area_scope(now, VIEW, on=TODAY + WEEK + ONE) == (ZHIYUAN,)
    assert area_scope(fresh(principal), VIEW, on=TODAY + ONE) == (YAOJIA,)


def test_it_knows_for_whom_somebody_acts(principal: User, deputy: User) -> None:
    handed(principal, deputy)

    now = fresh(deputy)
    assert now.principals(on=TODAY) == {principal.pk}
    assert now.acting_ids(on=TODAY) == {principal.pk, deputy.pk}
    assert now.principal_for(VIEW, on=TODAY, area=YAOJIA) == principal.pk
    assert now.principal_for(VIEW, on=TODAY, area=ZHIYUAN) is None
    assert now.principal_for(VIEW, on=TODAY, area="370103001") is None
    assert [each.principal for each in deputations_to(now, on=TODAY)] == [principal]


def test_taken_back_it_ends_the_same_day(principal: User, deputy: User) -> None:
    made = handed(principal, deputy)

    end_deputation(deputation_id=made.pk, principal=principal, on=TODAY)

    assert not fresh(deputy).principals(on=TODAY)
    assert deputations_to(deputy, on=TODAY) == []
    with pytest.raises(DirectoryError, match="已经结束"):
        end_deputation(deputation_id=made.pk, principal=principal, on=TODAY)


def test_only_who_handed_over_takes_back(principal: User, deputy: User) -> None:
    made = handed(principal, deputy)

    with pytest.raises(DirectoryError, match="已经结束"):
        end_deputation(deputation_id=made.pk, principal=deputy, on=TODAY)


def test_what_a_deputy_holds_is_not_handed_on(principal: User, deputy: User, office: Organisation) -> None:
    third = a_user("third", (Role.STREET_USER, ZHIYUAN), organisation=office)
    handed(principal, deputy)

    with pytest.raises(DirectoryError, match="已委托"):
        handed(principal, third)
    handed(fresh(deputy), third, TODAY + WEEK + ONE, TODAY + WEEK + WEEK)
    assert fresh(third).principals(on=TODAY + WEEK + ONE) == {deputy.pk}


def test_somebody_who_is_away_is_no_deputy(principal: User, deputy: User, office: Organisation) -> None:
    third = a_user("third", (Role.STREET_USER, ZHIYUAN), organisation=office)
    handed(deputy, third)

    with pytest.raises(DirectoryError, match="已委托“测试用户third”代办"):
        handed(principal, deputy)


def test_a_contact_s_and_an_administrator_s_roles_stay_theirs(deputy: User, office: Organisation) -> None:
    mixed = a_user("mixed", (Role.ENTERPRISE_CONTACT, YAOJIA), (Role.STREET_USER, YAOJIA), organisation=office)
    handed(mixed, deputy)

    assert {each.role for each in fresh(deputy).grants if each.principal_id} == {Role.STREET_USER}
    admin = a_user("admin", (Role.SYS_ADMIN, "370102"), organisation=office)
    with pytest.raises(DirectoryError, match="没有可以委托的业务角色"):
        handed(admin, deputy)
    with pytest.raises(DirectoryError, match="不能作您的代办人"):
        handed(deputy, admin, TODAY + WEEK + ONE, TODAY + WEEK + WEEK)


def test_a_deputy_is_a_colleague(principal: User) -> None:
    stranger = a_user("stranger", (Role.STREET_USER, YAOJIA), organisation=an_organisation("OTHER"))

    with pytest.raises(DirectoryError, match="本单位同事"):
        handed(principal, stranger)
    alone = a_user("alone", (Role.DISTRICT_LEADER, "370102"))
    assert stranger in deputies_for(alone, on=TODAY)
    assert alone not in deputies_for(alone, on=TODAY)


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (TODAY - ONE, TODAY, "不能早于今天"),
        (TODAY + ONE, TODAY, "不能早于开始日期"),
        (TODAY, TODAY + timedelta(days=90), "最长90天"),
    ],
)
def test_the_days_are_sensible(principal: User, deputy: User, first: date, last: date, sentence: str) -> None:
    with pytest.raises(DirectoryError, match=sentence):
        handed(principal, deputy, first, last)


def test_a_principal_who_left_hands_nothing_over(principal: User, deputy: User) -> None:
    handed(principal, deputy)

    deactivate_user(user=principal)
    assert not has_permission(fresh(deputy), VIEW, on=TODAY, area=YAOJIA)
    deactivate_user(user=deputy)
    assert fresh(deputy).principals(on=TODAY) == frozenset()


def test_the_database_refuses_who_acts_for_themselves(principal: User) -> None:
    row = {"valid_from": START, "valid_to": TODAY, "reason": "", "made_at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        Deputation.objects.create(principal=principal, deputy=principal, **row)
