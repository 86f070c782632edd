"""Small lists and monthly tables as files, brought in by the importer that users have; who works with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from shoushan.apps.projects.models import Project
from shoushan.directory.enums import Role
from shoushan.directory.models import Organisation, User
from shoushan.exchange.importing import ImportResult
from shoushan.exchange.services import bring_in
from tests.apps.resumption.factories import workbook
from tests.directory.factories import a_user
from tests.kept import district, policies

DISTRICT, YAOJIA, ZHIYUAN = "370102", "370102011", "370102013"
MARCH_2, MARCH_23 = date(2020, 3, 2), date(2020, 3, 23)
AT: Final = datetime(2020, 4, 10, 2, 0, tzinfo=UTC)
YI, WAN = 10**10, 10**6
HEAD: Final = "填报单位:历下区  截至时间:2020年3月2日"
GIVEN: Final[dict[str, Any]] = {
    "项目名称": "测试商务中心（示例）",
    "级别": "区级",
    "建设单位": "测试建设有限公司（示例）",
    "建设地点": "姚家街道经十路北侧",
    "建设规模及主要内容": "商务楼两栋",
    "建设起止年限": "2019-2021",
    "总投资(亿元)": 12.5,
    "截至上年底完成(亿元)": 2,
    "本年计划投资(亿元)": 3,
    "牵头(责任)单位": "区住建局",
    "项目类别": "楼宇载体",
    "当前阶段": "在建",
}


@dataclass(slots=True)
class Who:
    """Those who take part."""

    office: User
    lead: User
    other: User
    statistics: User
    street: User
    leader: User


def setting() -> Who:
    """The district with its rules, and the people of five organisations."""
    district()
    policies(at=AT)
    return Who(
        office=of_office("DEPT_DEVELOPMENT_REFORM", "reform"),
        lead=of_office("DEPT_HOUSING_CONSTRUCTION", "housing"),
        other=of_office("DEPT_COMMERCE", "commerce"),
        statistics=of_office("DEPT_STATISTICS", "figures"),
        street=of_office("OFFICE_370102011", "street", Role.STREET_USER, YAOJIA),
        leader=a_user("leader", (Role.DISTRICT_LEADER, DISTRICT)),
    )


def of_office(code: str, username: str, role: Role = Role.DEPT_USER, area: str = DISTRICT) -> User:
    user = a_user(username, (role, area))
    user.organisation = Organisation.objects.get(code=code)
    user.save(update_fields=["organisation"])
    return user


def moment(day: date, hour: int = 2) -> datetime:
    """Ten in the morning of a day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def row(**changed: Any) -> dict[str, Any]:
    """A row that stands unless told otherwise; headings are given with `_` for brackets left out."""
    return GIVEN | changed


def list_file(folder: Path, *rows: dict[str, Any], head: str = HEAD, name: str = "重点项目清单.xlsx") -> Path:
    """A list as a workbook."""
    titles = list(dict.fromkeys(title for each in rows for title in each))
    return workbook(folder / name, head, titles, [[each.get(title, "") for title in titles] for each in rows])


def send(folder: Path, *rows: dict[str, Any], at: datetime = AT, **more: Any) -> ImportResult:
    """Bring a list in."""
    head = more.pop("head", HEAD)
    return bring_in(list_file(folder, *rows, head=head), at=at, **more)


def a_project(folder: Path, **changed: Any) -> Project:
    """One project, through the list."""
    given = row(**changed)
    result = send(folder, given)
    assert result.rejected == 0, [problem.message for problem in result.problems]
    return Project.objects.get(name=given["项目名称"].replace("（", "(").replace("）", ")"))


def month_file(folder: Path, last: str, *rows: dict[str, Any]) -> Path:
    """A monthly table as a workbook; `last` such as 3月31日."""
    titles = list(dict.fromkeys(title for each in rows for title in each))
    head = f"填报单位:历下区  截至时间:2020年{last}"
    return workbook(
        folder / "月调度表.xlsx", head, titles, [[each.get(title, "") for title in titles] for each in rows]
    )
