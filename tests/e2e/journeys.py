"""One journey a role through the demonstration: what each sees first, the facts that must be there, and the pictures of the guide.

A journey reads and asks, and changes nothing, so that it can be walked again, and on any site with the demonstration's data.
Workers and banks have no pages of their own: a worker is shown where the enterprise and its subdistrict look after them, a request for
a loan where the bureau in charge finds it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from playwright.sync_api import Page

from tests.e2e.hands import fits

DAY: Final = "2020-03-23"
CAMPAIGN: Final = "SANGE_2020"
CHARTS: Final = "data-chart"


class Camera(Protocol):
    """Takes a picture of what the page shows under a name."""

    def __call__(self, page: Page, name: str) -> None: ...


def no_picture(_page: Page, _name: str) -> None:
    """A walk that only looks."""


@dataclass(slots=True)
class Walk:
    """A reader on the way through the site; every page is whole: answered, and not cut off at the side."""

    page: Page
    site: str
    take: Camera = no_picture
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    @property
    def is_phone(self) -> bool:
        """Is it the narrow screen?"""
        return (self.page.viewport_size or {"width": 0})["width"] < 640

    def open(self, address: str, *words: str) -> None:
        """Go to an address of the site, where these words are read."""
        answer = self.page.goto(self.site + address)
        assert answer is not None
        assert answer.ok, f"{address}: {answer.status}"
        self.sees(*words)

    def follow(self, link: str, *words: str) -> None:
        """Follow the first link of the page's content that fits."""
        self.page.locator(f"main {link}").first.click()
        self.page.wait_for_load_state()
        self.sees(*words)

    def sees(self, *words: str) -> None:
        """The words are there, and nothing is cut off."""
        shown = self.page.inner_text("main")
        missing = [each for each in words if each not in shown]
        assert not missing, f"{self.page.url}: {missing} not in {shown[:600]!r}"
        assert fits(self.page), self.page.url

    def refused(self, address: str, status: int) -> None:
        """What belongs to others is not shown."""
        answer = self.page.goto(self.site + address)
        assert answer is not None
        assert answer.status == status, f"{address}: {answer.status}"

    def picture(self, name: str, *, phone: bool = False) -> None:
        """A picture of the guide, from the screen that it is meant for."""
        if phone == self.is_phone:
            self.take(self.page, name)


def leader(walk: Walk) -> None:
    """District leader: the day's numbers, one subdistrict, the campaign, the projects."""
    walk.open(f"/cockpit/?as_of={DAY}", "1,096", "72,556", "需要处理", "包挂领导")
    walk.page.locator(CHARTS).first.scroll_into_view_if_needed()
    walk.page.wait_for_selector("data-chart.drawn svg")
    walk.page.evaluate("window.scrollTo(0, 0)")
    walk.picture("cockpit")
    walk.open(f"/cockpit/?as_of={DAY}&measure=resumption.people_at_work", "72,556")
    walk.follow("a[href*='area=370102011']", "姚家街道", "各社区", "区级领导（演示）", "未记到社区", "返回全区")
    walk.page.locator(".tiles").scroll_into_view_if_needed()
    walk.picture("subdistrict")
    walk.follow("a:has-text('返回全区')", "1,096")
    walk.open(f"/resumption/bulletin/?as_of={DAY}", "1,096", "72,556")
    walk.picture("bulletin")
    walk.open("/projects/", "54", "1,610", "273")
    walk.picture("projects")
    walk.open("/projects/board/", "在建", "前期手续")
    walk.picture("project-board")
    walk.open("/projects/compare/?first=2020-03-02&last=2020-03-31", "54")
    walk.picture("project-compare")
    walk.open(f"/projects/campaigns/{CAMPAIGN}/?as_of={DAY}", "三个一批重点项目百日大会战", "2020-06-09")
    walk.picture("campaign")
    walk.open("/workbench/", "我的包挂", "姚家街道")
    walk.refused("/administration/users/", 403)


def wall(walk: Walk) -> None:
    """The screen on the wall."""
    walk.open(f"/cockpit/?as_of={DAY}&wall=1", "1,096", "72,556")
    walk.page.locator(CHARTS).first.scroll_into_view_if_needed()
    walk.page.wait_for_selector("data-chart.drawn svg")
    walk.page.evaluate("window.scrollTo(0, 0)")
    walk.picture("wall")


def office(walk: Walk) -> None:
    """The leading group's office: the bulletin's desk, who answers for what, sheets, check lists, releases."""
    walk.open(f"/resumption/bulletin/?as_of={DAY}", "1,096", "72,556", "13")
    walk.open("/resumption/ledger/?status=RESUMED&hide=2")
    walk.picture("ledger")
    walk.open("/administration/responsibilities/", "智远街道", "区级领导 13（演示）", "区级领导 12（演示）")
    walk.page.evaluate("document.querySelector('main table').scrollIntoView()")
    walk.picture("responsibilities")
    walk.open("/imports/sheets/", "企业复工复产台账", "四上企业在库名单", "重点项目清单")
    walk.follow("a:has-text('企业复工复产台账')", "返岗人数", "到岗人数", "登记表头别名", "已导入的文件")
    walk.picture("sheet")
    walk.open("/policies/rules/resumption.check_list/", "四个到位", "防控机制到位", "国发明电〔2020〕4号", "录入新版本")
    walk.picture("check-list")
    walk.open("/figures/releases/", "REL-370102-")


def department(walk: Walk) -> None:
    """An officer of the bureau in charge of industry: what waits, matters, the whole district's ledger, loans asked for."""
    walk.open("/workbench/", "全部待办", "签收")
    walk.picture("workbench")
    walk.open("/search/?q=姚家", "姚家街道")
    walk.picture("search")
    walk.open("/matters/", "包车")
    walk.open("/resumption/ledger/")
    walk.open("/resumption/funds/")
    walk.refused("/administration/log/", 403)


def bureau(walk: Walk) -> None:
    """The bureau of development and reform: the list of projects, the monthly returns, a request for a loan."""
    walk.open("/projects/", "重点项目")
    walk.follow("a:has-text('山东国际金融中心')", "总投资")
    walk.picture("project")
    walk.open("/projects/returns/", "月调度")
    walk.open("/resumption/funds/", "800", "支付货款")


def subdistrict(walk: Walk) -> None:
    """An officer of a subdistrict: its own enterprises, workers and places; others' are not there."""
    walk.open("/workbench/")
    walk.open("/resumption/ledger/", "姚家街道")
    walk.open("/resumption/workers/?q=示例工01", "WRK-")
    walk.follow("a:has-text('WRK-')", "观察14天", "阴性")
    walk.open(f"/cockpit/?as_of={DAY}&area=370102011", "14,413", "各社区")
    walk.refused(f"/cockpit/?as_of={DAY}&area=370102013", 404)
    walk.refused("/administration/users/", 403)


def enterprise(walk: Walk) -> None:
    """The contact of an enterprise, mostly on a phone: today's return, the application, the people who come back."""
    walk.open("/resumption/mine/", "绿地山东国际金融中心项目部")
    walk.picture("enterprise", phone=True)
    walk.follow("a:has-text('RES-')", "已批复", "2020-02-11")
    walk.picture("application", phone=True)
    walk.open("/resumption/workers/", "30")
    walk.refused("/cockpit/", 403)


def auditor(walk: Walk) -> None:
    """The auditor reads what administrators did, the figures and the releases, and changes nothing."""
    walk.open("/administration/log/", "明确包挂责任", "解放路街道")
    walk.picture("administration-log")
    walk.open(f"/figures/?as_of={DAY}", "累计复工", "1,096")
    walk.open("/figures/releases/", "REL-370102-")
    walk.follow("a:has-text('REL-370102-')", "72,556")
    walk.open("/administration/responsibilities/", "姚家街道")
    assert walk.page.locator("main form[method=post]").count() == 0


def system_administrator(walk: Walk) -> None:
    """The system administrator opens and closes accounts, and gives nobody a role."""
    walk.open("/administration/users/", "区级领导（演示）")
    walk.picture("accounts")
    walk.open("/administration/users/yaojia/", "姚家街道办事处（演示）", "重设密码")
    walk.refused("/administration/log/", 403)
    walk.refused("/cockpit/", 403)


def security_administrator(walk: Walk) -> None:
    """The security administrator gives and ends roles, and opens no account."""
    walk.open("/administration/users/yaojia/", "姚家街道办事处（演示）", "街道管理员", "授予角色")
    walk.picture("roles")
    walk.refused("/administration/users/new/", 403)
    walk.refused("/administration/log/", 403)


def visitor(walk: Walk) -> None:
    """Anybody, without signing in: permits, answers, the guide; staff pages ask who one is."""
    walk.open("/resumption/permits/", "绿地山东国际金融中心项目部")
    walk.follow("a[href*='/resumption/permits/']", "有效", "2020-02-11")
    walk.picture("permit", phone=True)
    walk.open("/resumption/register/", "统一社会信用代码")
    walk.open("/help/", "区级领导")
    walk.open("/help/how-to/leader/", "驾驶舱")
    assert walk.page.locator("main img").count() > 0
    walk.page.goto(f"{walk.site}/cockpit/")
    assert "/sign-in/" in walk.page.url


Journey = Callable[[Walk], None]
JOURNEYS: Final[tuple[tuple[str, Journey], ...]] = (
    ("leader", leader),
    ("office", office),
    ("industry", department),
    ("reform", bureau),
    ("yaojia", subdistrict),
    ("ifc", enterprise),
    ("auditor", auditor),
    ("sysadmin", system_administrator),
    ("secadmin", security_administrator),
    ("", visitor),
)
"""Who walks, "" for nobody in particular."""
PICTURES: Final = {
    "accounts": 810, "administration-log": 810, "application": 844, "bulletin": 810, "campaign": 900, "check-list": 810,
    "cockpit": 900, "enterprise": 844, "ledger": 810, "permit": 844, "project": 810, "project-board": 810,
    "project-compare": 810, "projects": 810, "responsibilities": 810, "roles": 810, "search": 810, "sheet": 810,
    "subdistrict": 900, "wall": 1080, "workbench": 810,
}  # fmt: skip
"""Height of each picture of docs/images, from top of the page as it stands."""
