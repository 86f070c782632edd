"""Who acts in the demonstration's records: accounts named by post, never by a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from shoushan.config.commands.accounts import DEMO_ACCOUNTS
from shoushan.config.commands.accounts import DEMO_PASSWORD as PASSWORD
from shoushan.directory.enums import Role
from shoushan.directory.models import Organisation, User
from shoushan.directory.services import create_user, grant_role

DISTRICT, YAOJIA = "370102", "370102011"
SINCE: Final = date(2020, 1, 1)
ACCOUNTS: Final = (
    ("yaojia2", "姚家街道复工专班（演示）", Role.STREET_USER, YAOJIA, "OFFICE_370102011"),
    ("housing", "区住建局（演示）", Role.DEPT_USER, DISTRICT, "DEPT_HOUSING_CONSTRUCTION"),
    ("resumption", "企业复工复产工作组（演示）", Role.WG_LEAD, DISTRICT, ""),
    ("industry", "区工信局（演示）", Role.DEPT_USER, DISTRICT, "DEPT_INDUSTRY_INFORMATION"),
    ("health", "区卫健局（演示）", Role.DEPT_USER, DISTRICT, "DEPT_HEALTH"),
    ("market", "区市场监管局（演示）", Role.DEPT_USER, DISTRICT, "DEPT_MARKET_REGULATION"),
    ("reform", "区发改局（演示）", Role.DEPT_USER, DISTRICT, "DEPT_DEVELOPMENT_REFORM"),
    ("callback", "诉求回访岗（演示）", Role.HQ_OFFICE, DISTRICT, ""),
)
"""User name, post, role, area, organisation."""
LEADERS: Final = (
    *((*each, "") for each in DEMO_ACCOUNTS if each[0] in {"leader", "office"}),
    *(
        (f"leader{number:02d}", f"区级领导 {number:02d}（演示）", Role.DISTRICT_LEADER, DISTRICT, "")
        for number in range(1, 14)
    ),
)
"""The leaders, with the office that writes down what they answer for."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The accounts by user name."""

    people: dict[str, User]

    def __getattr__(self, name: str) -> User:
        return self.people[name]

    def __getitem__(self, name: str) -> User:
        return self.people[name]


def open_accounts(at: datetime, accounts: Iterable[tuple[str, str, Role, str, str]] = ACCOUNTS) -> Cast:
    """The accounts, opened where they are missing."""
    people: dict[str, User] = {}
    for username, post, role, area, organisation in accounts:
        user = User.objects.filter(username=username).first()
        if user is None:
            unit = Organisation.objects.get(code=organisation) if organisation else None
            user = create_user(username=username, password=PASSWORD, display_name=post, organisation=unit, at=at)
            grant_role(user=user, role=role, area_code=area, valid_from=SINCE)
        people[username] = user
    return Cast(people)
