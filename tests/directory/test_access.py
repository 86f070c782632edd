"""Scopes and permissions: who holds what, where, on which day."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from shoushan.directory import access, catalogue, scopes, services
from shoushan.directory.enums import Role
from shoushan.directory.models import Area, RoleGrant, User
from shoushan.directory.permissions import PERMISSIONS
from tests.directory.factories import START, TODAY, a_user, an_organisation

VIEW = "directory.view_area"


@pytest.fixture
def clerk(db: None) -> User:
    """A clerk of two subdistricts."""
    services.load_reference_district()
    return a_user("clerk", (Role.STREET_USER, "370102001"), (Role.STREET_USER, "370102003"))


def test_it_gives_the_areas_in_which_the_permission_is_held(clerk: User) -> None:
    assert access.area_scope(clerk, VIEW, on=TODAY) == ("370102001", "370102003")
    assert access.area_scope(clerk, "directory.manage_user", on=TODAY) == ()


def test_it_drops_areas_that_a_larger_one_covers(clerk: User) -> None:
    services.grant_role(user=clerk, role=Role.HQ_OFFICE, area_code="370102", valid_from=START)

    assert access.area_scope(clerk, VIEW, on=TODAY) == ("370102",)


def test_it_holds_a_grant_from_its_first_to_its_last_day(db: None) -> None:
    services.load_reference_district()
    user = a_user()
    services.grant_role(user=user, role=Role.HQ_OFFICE, valid_from=date(2020, 3, 1), valid_to=date(2020, 3, 31))

    held = [
        access.has_permission(user, VIEW, on=date(2020, month, day))
        for month, day in ((2, 29), (3, 1), (3, 31), (4, 1))
    ]

    assert held == [False, True, True, False]


def test_it_asks_the_database_once_for_all_grants(
    clerk: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fresh = User.objects.get(pk=clerk.pk)

    with django_assert_num_queries(1):
        answers = [access.has_permission(fresh, VIEW, on=TODAY, area=f"370102{number:03}") for number in range(1, 14)]

    assert answers == [True, False, True] + [False] * 10


def test_it_sees_a_new_grant_at_once(clerk: User) -> None:
    before = access.has_permission(clerk, VIEW, on=TODAY, area="370102005")

    services.grant_role(user=clerk, role=Role.STREET_USER, area_code="370102005", valid_from=START)

    assert not before
    assert access.has_permission(clerk, VIEW, on=TODAY, area="370102005")


@pytest.mark.parametrize(
    ("area", "is_allowed"),
    [("370102001", True), ("370102001002", True), ("370102002", False), ("370102", False), ("37010200", False)],
)
def test_it_holds_inside_the_area_and_not_beside_or_above(clerk: User, area: str, *, is_allowed: bool) -> None:
    assert access.has_permission(clerk, VIEW, on=TODAY, area=area) is is_allowed


def test_it_says_in_a_sentence_what_is_missing(clerk: User) -> None:
    with pytest.raises(access.NotAllowedError, match="您的“查看辖区”权限不包括该辖区"):
        access.check_permission(clerk, VIEW, on=TODAY, area="370102002")
    with pytest.raises(access.NotAllowedError, match="您没有“管理用户账号”权限"):
        access.check_permission(clerk, "directory.manage_user", on=TODAY)

    access.check_permission(clerk, VIEW, on=TODAY, area="370102001")


def test_it_gives_nothing_to_strangers_and_closed_accounts(clerk: User) -> None:
    services.deactivate_user(user=clerk)

    assert access.area_scope(clerk, VIEW, on=TODAY) == ()
    assert access.area_scope(AnonymousUser(), VIEW, on=TODAY) == ()
    with pytest.raises(access.NotAllowedError):
        access.check_permission(AnonymousUser(), VIEW, on=TODAY)


def test_it_does_not_accept_a_permission_that_nobody_declares(clerk: User) -> None:
    with pytest.raises(access.PermissionDeclarationError):
        access.has_permission(clerk, "directory.fly", on=TODAY)


def test_it_answers_templates_only_on_the_day_of_a_request(clerk: User) -> None:
    before = clerk.may(VIEW)

    clerk.acting_on = TODAY

    assert (before, clerk.may(VIEW), clerk.may("directory.manage_user")) == (False, True, False)


def test_it_shows_only_rows_of_the_scope_and_hides_others_like_missing_ones(clerk: User) -> None:
    scope = {"user": clerk, "permission": VIEW, "on": TODAY, "area_field": "code"}

    seen = access.visible(Area.objects.all(), **scope)
    own = access.get_visible_or_404(Area.objects.all(), **scope, code="370102003007")

    assert {area.code[:9] for area in seen} == {"370102001", "370102003"}
    assert seen.count() == 2 + 5 + 6
    assert own.name == "朝山街社区居民委员会"
    for code in ("370102002", "370102", "370199"):
        with pytest.raises(Http404, match="不在您的权限范围内"):
            access.get_visible_or_404(Area.objects.all(), **scope, code=code)
    assert not access.visible(Area.objects.all(), **{**scope, "user": AnonymousUser()}).exists()


def test_it_covers_an_organisation_with_all_below_it(db: None) -> None:
    services.load_reference_district()
    top = an_organisation("TOP")
    middle = an_organisation("MIDDLE", parent=top)
    low = an_organisation("LOW", parent=middle)
    an_organisation("BESIDE")
    user = a_user()
    services.grant_role(user=user, role=Role.DEPT_USER, organisation=top, valid_from=START)

    assert access.organisation_scope(user, VIEW, on=TODAY) == {top.pk, middle.pk, low.pk}
    assert access.organisation_scope(user, "directory.manage_user", on=TODAY) == frozenset()
    assert access.organisation_scope(AnonymousUser(), VIEW, on=TODAY) == frozenset()


def test_it_lists_every_permission_with_its_roles() -> None:
    table = access.truth_table()

    assert {permission.code for permission in PERMISSIONS} <= table.keys()
    assert table["directory.grant_role"] == {Role.SECURITY_ADMIN}
    assert all(roles <= frozenset(Role) for roles in table.values())


def test_it_keeps_administrators_of_the_system_away_from_business_data() -> None:
    administrators = {Role.SYS_ADMIN, Role.SECURITY_ADMIN}

    held = {code for code, declared in catalogue.all_permissions().items() if declared.roles & administrators}

    assert held == {
        "directory.view_area",
        "directory.view_organisation",
        "directory.view_user",
        "directory.manage_user",
        "directory.grant_role",
        "deadlines.edit_calendar",
        "deadlines.view_move",
    }


def test_it_keeps_ended_grants_answerable(clerk: User) -> None:
    grant = RoleGrant.objects.get(user=clerk, area_code="370102001")

    services.revoke_role(grant=grant, last_day=date(2020, 2, 29))

    fresh = User.objects.get(pk=clerk.pk)
    assert access.area_scope(fresh, VIEW, on=date(2020, 2, 29)) == ("370102001", "370102003")
    assert access.area_scope(fresh, VIEW, on=date(2020, 3, 1)) == ("370102003",)


@given(codes=st.lists(st.text(alphabet="0123", min_size=1, max_size=6)), area=st.text(alphabet="0123", max_size=8))
def test_it_covers_the_same_areas_with_the_shortest_prefixes(codes: list[str], area: str) -> None:
    short = scopes.shortest_prefixes(codes)

    assert scopes.covers(short, area) == scopes.covers(codes, area)
    assert not any(a != b and a.startswith(b) for a in short for b in short)
