"""Plain makers of what the tests of the directory need."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from shoushan.directory import services
from shoushan.directory.enums import Role
from shoushan.directory.models import Area, Organisation, User

AT = datetime(2020, 3, 23, 9, 0, tzinfo=UTC)
START = date(2020, 1, 1)
TODAY = date(2020, 3, 23)
PASSWORD = "spring-water-72"


def a_user(username: str = "clerk", *roles: tuple[Role, str], **fields: Any) -> User:
    """An account with roles, each with its area, from the start of 2020."""
    values = {"password": PASSWORD, "display_name": f"测试用户{username}", "at": AT, **fields}
    user = services.create_user(username=username, **values)
    for role, area in roles:
        services.grant_role(user=user, role=role, area_code=area, valid_from=START)
    return user


def an_area(code: str, name: str = "示例辖区", valid_from: date = START) -> Area:
    """An area; the ones above it must be there."""
    return services.create_area(code=code, name=name, valid_from=valid_from)


def an_organisation(
    code: str = "OFFICE", area_code: str = "370102", parent: Organisation | None = None
) -> Organisation:
    """An office of the district."""
    return Organisation.objects.create(
        code=code, name=f"示例单位{code}", kind="DEPARTMENT", area_code=area_code, parent=parent, valid_from=START
    )


def signed_in(user: User) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client
