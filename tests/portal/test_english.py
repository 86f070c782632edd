"""Every page in English: no Chinese outside what is marked as Chinese, and the choice of the language itself."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from shoushan.apps.resumption.lifecycle import APPLICATIONS, CLAIMS
from shoushan.apps.resumption.models import Application, EnterpriseClaim, Permit, ReturnFiling, Violation
from shoushan.apps.resumption.services import file_return, register_contact, report_violation
from shoushan.deadlines.models import Clock
from shoushan.deadlines.services import start_clock
from shoushan.directory.enums import Role
from shoushan.directory.models import Organisation, User
from shoushan.directory.view_rules import view_rules
from shoushan.exchange import services
from shoushan.exchange.models import Upload
from shoushan.figures.models import Release
from shoushan.ledger import api as ledger
from shoushan.lifecycle.services import advance
from shoushan.registry.models import Enterprise
from tests.access.reading import TOKEN
from tests.access.world import OWN, World, add_building, add_matters, add_project, add_workers, an_application
from tests.apps.resumption.applications import checked, moment, package
from tests.apps.resumption.factories import AT, JANUARY, frame, ledger_file, report, uscc
from tests.directory.factories import PASSWORD, a_user
from tests.kept import calendars, district, policies
from tests.portal.test_pages import signed_in, upload

pytestmark = pytest.mark.django_db

DAY = date(2020, 2, 10)
CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
VOID = {"meta", "link", "input", "br", "hr", "img", "col", "wbr"}
ATTRIBUTES = {"title", "aria-label", "placeholder", "alt"}
NOT_PAGES = {
    "casework:matter-file",
    "exchange:template-download",
    "exchange:upload-errors",
    "exchange:upload-file",
    "figures:release-file",
    "figures:release-paper",
    "portal:guide-picture",
    "premises:addition-export",
    "premises:building-export",
    "premises:floor-plan",
    "premises:plan-file",
    "premises:vacancy-export",
    "premises:vacancy-table",
    "projects:campaign-items-export",
    "projects:campaign-weekly",
    "projects:compare-export",
    "projects:completion-export",
    "projects:monthly-export",
    "projects:report-file",
    "projects:report-paper",
    "projects:idea-export",
    "projects:permit-export",
    "projects:permit-file",
    "projects:project-export",
    "projects:project-file",
    "projects:return-file",
    "resumption:application-file",
    "resumption:ledger-export",
    "resumption:violation-file",
}
"""Files: they stay in Chinese, or are as they were sent."""
NAMED = {
    "casework:assignment-step",
    "casework:copy-detail",
    "casework:copy-publish",
    "casework:matter-detail",
    "casework:matter-step",
    "casework:supervision-step",
    "deadlines:clock-detail",
    "directory:user-detail",
    "exchange:sheet-detail",
    "exchange:upload-confirm",
    "exchange:upload-detail",
    "figures:entry",
    "figures:receipt",
    "figures:release-detail",
    "lifecycle:rule-create",
    "lifecycle:rule-detail",
    "lifecycle:step-many",
    "portal:guide-page",
    "premises:building-close",
    "premises:building-detail",
    "premises:building-edit",
    "premises:headquarters-end",
    "premises:lease-end",
    "premises:lease-enter",
    "premises:plan-upload",
    "premises:registration-set",
    "premises:space-change",
    "premises:tax-enter",
    "premises:unit-detail",
    "premises:unit-end",
    "premises:unit-enter",
    "premises:unit-use",
    "premises:vacancy-plan",
    "premises:vacancy-release",
    "premises:visit-record",
    "projects:campaign-change",
    "projects:campaign-decide",
    "projects:campaign-item-plan",
    "projects:campaign-item-reason",
    "projects:campaign-item-remove",
    "projects:campaign-items",
    "projects:campaign-meeting",
    "projects:campaign-place",
    "projects:campaign-room",
    "projects:decision-close",
    "projects:idea-change",
    "projects:idea-detail",
    "projects:idea-step",
    "projects:milestone-set",
    "projects:obstacle-raise",
    "projects:permit-apply",
    "projects:permit-detail",
    "projects:permit-step",
    "projects:plan-adjust",
    "projects:project-detail",
    "projects:project-step",
    "projects:project-report-issue",
    "projects:report-correct",
    "projects:report-detail",
    "projects:return-detail",
    "projects:return-report",
    "projects:return-step",
    "projects:zone-change",
    "projects:zone-detail",
    "projects:zone-draw",
    "resumption:application-check",
    "resumption:application-create",
    "resumption:application-detail",
    "resumption:application-edit",
    "resumption:application-step",
    "resumption:permit-detail",
    "resumption:violation-detail",
    "resumption:violation-step",
    "resumption:return-file",
    "resumption:filing-detail",
    "resumption:filing-step",
    "resumption:contact-detail",
    "resumption:contact-step",
    "resumption:difficulty-create",
    "resumption:officer-appoint",
    "resumption:visit-create",
    "resumption:enterprise-detail",
    "resumption:trip-detail",
    "resumption:trip-step",
    "resumption:worker-create",
    "resumption:worker-detail",
    "resumption:worker-step",
}
"""Pages of one record, which the walk is given."""


class Reader(HTMLParser):
    """Collects the Chinese that stands in an element whose language is not Chinese."""

    def __init__(self) -> None:
        super().__init__()
        self.languages = [""]
        self.tags: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        language = given.get("lang") or self.languages[-1]
        self._judge(language, *(given[name] or "" for name in ATTRIBUTES & given.keys()))
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self._judge(language, given.get("value") or "")
        if tag not in VOID:
            self.tags.append(tag)
            self.languages.append(language)

    def handle_endtag(self, tag: str) -> None:
        while self.tags and self.tags.pop() != tag:
            self.languages.pop()
        self.languages.pop()

    def handle_data(self, text: str) -> None:
        if self.tags and self.tags[-1] == "title":  # no mark can stand there, so the names in it are known ones
            text = text.rpartition(" · Shoushan")[0] if CHINESE.search(text) and self.is_named(text) else text
            text = "" if self.is_named(text) else text.replace(settings.DISTRICT_NAME, "")
        self._judge(self.languages[-1], text)

    def is_named(self, title: str) -> bool:
        return any(name in title for name in NAMES)

    def _judge(self, language: str, *texts: str) -> None:
        texts = tuple(QUOTED.sub("", text) for text in texts)  # what is quoted is data: a column, a value read
        if not language.startswith("zh"):
            self.found += [
                text.strip() for text in texts if CHINESE.search(text) and text.strip() not in OF_OTHER_TESTS
            ]


QUOTED = re.compile("“[^”]*”")
OF_OTHER_TESTS = {"答复", "响应", "样例限值", "样例方式"}
"""Labels of clocks and rules that exist in tests only."""
NAMES = ("示例1号有限公司", "百日大会战", ".xlsx")
"""Names of records that are the title of their page."""


def chinese_in(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    return reader.found


@pytest.fixture
def addresses(tmp_path: Path) -> list[str]:
    """Every page of the site, with a record of each kind."""
    district()
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})
    report(tmp_path, DAY, [[1, 50, "2020-02-10", 30], [2, 20, "2020-02-09", 11]])
    client = english(Role.HQ_OFFICE)
    client.post(reverse("resumption:bulletin-release"), {"as_of": "2020-02-10"})
    file = ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30], [2, 20, "2020-02-10", 99], [3, "约", None, None]])
    sent = upload(english(Role.STREET_ADMIN, "370102011", "sender"), file)
    services.check_upload(upload_id=sent.pk, at=lambda: AT)
    enterprise = Enterprise.objects.get(name="示例1号有限公司")
    person = {"username": "contact", "password": PASSWORD, "display_name": "示例联络人", "duty": "会计"}
    claim = register_contact(uscc=uscc(1), **person, at=AT)
    application, permit, violation = applied(enterprise)
    world = World(tmp_path)
    add_matters(world, OWN, enterprise)
    add_workers(world, OWN, enterprise)
    add_project(world, OWN, enterprise)
    add_building(world, OWN, enterprise)
    a_user("member", organisation=Organisation.objects.get(code="OFFICE_370102011"))
    given = {
        "directory:user-detail": ["member"],
        "premises:building-close": [world.buildings[OWN]],
        "premises:building-detail": [world.buildings[OWN]],
        "premises:building-edit": [world.buildings[OWN]],
        "premises:headquarters-end": [world.headquarters[OWN]],
        "premises:lease-end": [world.buildings[OWN], world.leases[OWN]],
        "premises:lease-enter": [world.buildings[OWN], world.rooms[OWN]],
        "premises:plan-upload": [world.buildings[OWN]],
        "premises:registration-set": [world.buildings[OWN], world.leases[OWN]],
        "premises:space-change": [world.buildings[OWN]],
        "premises:tax-enter": [world.buildings[OWN]],
        "premises:unit-detail": [world.buildings[OWN], world.rooms[OWN]],
        "premises:unit-end": [world.buildings[OWN], world.rooms[OWN]],
        "premises:unit-enter": [world.buildings[OWN]],
        "premises:unit-use": [world.buildings[OWN], world.rooms[OWN]],
        "premises:vacancy-plan": [world.buildings[OWN]],
        "premises:vacancy-release": [world.buildings[OWN], world.rooms[OWN]],
        "premises:visit-record": [world.buildings[OWN]],
        "projects:campaign-change": ["SANGE"],
        "projects:campaign-decide": ["SANGE"],
        "projects:campaign-item-plan": ["SANGE", world.items[OWN]],
        "projects:campaign-item-reason": ["SANGE", world.items[OWN]],
        "projects:campaign-item-remove": ["SANGE", world.items[OWN]],
        "projects:campaign-items": ["SANGE"],
        "projects:campaign-meeting": ["SANGE"],
        "projects:campaign-place": ["SANGE"],
        "projects:campaign-room": ["SANGE"],
        "projects:decision-close": ["SANGE", world.decisions[OWN]],
        "projects:idea-change": [world.ideas[OWN]],
        "projects:idea-detail": [world.ideas[OWN]],
        "projects:idea-step": [world.ideas[OWN], "drop"],
        "projects:milestone-set": [world.projects[OWN]],
        "projects:obstacle-raise": [world.projects[OWN]],
        "projects:permit-apply": [world.projects[OWN]],
        "projects:permit-detail": [world.approvals[OWN]],
        "projects:permit-step": [world.approvals[OWN], "ask_more"],
        "projects:plan-adjust": [world.projects[OWN]],
        "projects:project-detail": [world.projects[OWN]],
        "projects:project-step": [world.projects[OWN], "complete"],
        "projects:project-report-issue": [world.projects[OWN]],
        "projects:report-correct": [world.reports[OWN]],
        "projects:report-detail": [world.reports[OWN]],
        "projects:return-detail": [world.progress[OWN]],
        "projects:return-report": [world.projects[OWN], "2020-02"],
        "projects:return-step": [world.progress[OWN], "send_back"],
        "projects:zone-change": ["ZONE"],
        "projects:zone-detail": ["ZONE"],
        "projects:zone-draw": ["ZONE"],
        "casework:assignment-step": [world.parts[OWN], "give_back"],
        "casework:copy-detail": [world.copies[OWN]],
        "casework:copy-publish": [world.closed[OWN]],
        "casework:matter-detail": [world.matters[OWN]],
        "casework:matter-step": [world.matters[OWN], "answer"],
        "casework:supervision-step": [world.orders[OWN], "feed_back"],
        "resumption:difficulty-create": [enterprise.code],
        "resumption:officer-appoint": [enterprise.code],
        "resumption:visit-create": [enterprise.code],
        "resumption:worker-create": [enterprise.code],
        "resumption:worker-detail": [world.workers[OWN]],
        "resumption:worker-step": [world.workers[OWN], "settle"],
        "resumption:trip-detail": [world.trips[OWN]],
        "resumption:trip-step": [world.trips[OWN], "confirm"],
        "resumption:enterprise-detail": [enterprise.code],
        "figures:receipt": ["resumption.people_at_work"],
        "figures:entry": [ledger.timeline(enterprise.subject)[0].number],
        "figures:release-detail": [Release.objects.get().number],
        "exchange:sheet-detail": ["resumption.ledger"],
        "exchange:upload-detail": [sent.pk],
        "exchange:upload-confirm": [sent.pk],
        "deadlines:clock-detail": [a_clock().pk],
        "resumption:application-create": [enterprise.code],
        "resumption:application-detail": [application.code],
        "resumption:application-edit": [application.code],
        "resumption:application-check": [application.code],
        "resumption:application-step": [application.code, "order_rectification"],
        "resumption:permit-detail": [permit.token],
        "resumption:violation-detail": [violation.code],
        "resumption:violation-step": [violation.code, "found_true"],
        "resumption:return-file": [enterprise.code],
        "resumption:filing-detail": [a_filing(enterprise).code],
        "resumption:filing-step": [ReturnFiling.objects.get().code, "send_back"],
        "resumption:contact-detail": [claim.code],
        "resumption:contact-step": [claim.code, "refuse"],
        "lifecycle:rule-detail": ["resumption.check_list"],
        "portal:guide-page": ["how-to", "street-clerk"],
        "lifecycle:rule-create": ["resumption.regime"],
        "lifecycle:step-many": ["application", "return_incomplete"],
    }
    assert given.keys() == NAMED
    names = [rule.name for rule in view_rules() if rule.name not in NOT_PAGES]
    return [reverse(name, args=given.get(name)) for name in names if name in given or "<" not in route(name)]


def applied(enterprise: Enterprise) -> tuple[Application, Permit, Violation]:
    """An application whose check found a fault, and a permit with a report about it."""
    policies(at=AT)
    calendars(at=AT)
    inspector = a_user("inspector", (Role.STREET_USER, "370102011"))
    waiting, place = an_application("370102011", enterprise), an_application("370102011", enterprise)
    on = date(2020, 2, 11)
    advance(APPLICATIONS, waiting.pk, "submit", actor=None, at=moment(on), files=package())
    advance(APPLICATIONS, waiting.pk, "accept", actor=None, at=moment(on))
    checked(waiting, inspector, on, I2="没有记录")
    advance(APPLICATIONS, place.pk, "report", actor=None, at=AT, files={"commitment": package()["commitment"]})
    permit = Permit.objects.get()
    return waiting, permit, report_violation(permit=permit, measure="STAFF", text="未查来访人员", at=AT)


def a_filing(enterprise: Enterprise) -> ReturnFiling:
    """A return that the enterprise filed."""
    contact, officer = User.objects.get(username="contact"), User.objects.get(username="inspector")
    advance(CLAIMS, EnterpriseClaim.objects.get().pk, "confirm", actor=officer, at=AT)
    values = {"staff_total": 50, "at_work": 31}
    return file_return(enterprise=enterprise, as_of=AT.date(), values=values, actor=contact, at=AT)


def a_clock() -> Clock:
    """A running deadline."""
    calendars(at=AT)
    policies(at=AT)
    return start_clock(kind="samples.reply", subject="case:1", area_code="370102", at=AT, purpose="Reply")


def route(name: str) -> str:
    return next(rule.route for rule in view_rules() if rule.name == name)


def english(role: Role, area: str = "370102", name: str = "reader") -> Client:
    client = signed_in(role, area, name)
    User.objects.filter(username=name).update(language="en")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.mark.usefixtures("unmeasured")
def test_it_leaves_no_chinese_on_any_english_page(addresses: list[str]) -> None:
    """Everyone opens every page; the first for whom it opens also asks it with a day, a bad day, filters and a record."""
    code = Application.objects.values_list("code", flat=True)[0]
    queries = (
        "?as_of=2020-02-10",
        "?as_of=bad",
        "?area=370102011&status=RESUMED&text=示例&as_of=2020-02-10",
        f"?code={code}",
    )
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    pages = [client.get(address) for address in ("/sign-in/", "/nowhere/")]
    opened: set[str] = set()
    for user in User.objects.all():
        client.force_login(user)
        for address in addresses:
            pages.append(client.get(address))
            if pages[-1].status_code == 200 and address not in opened:
                opened.add(address)
                pages += [client.get(address + query) for query in queries]

    assert len(opened) > 100
    read: set[str] = set()
    for page in pages:
        if page.headers.get("Content-Type", "").startswith("text/html") and page.status_code not in {302, 405}:
            html = TOKEN.sub("", page.content.decode())
            if html not in read:
                read.add(html)
                assert '<html lang="en"' in html, page.request["PATH_INFO"]  # type: ignore[attr-defined]
                assert chinese_in(html) == [], page.request["PATH_INFO"]  # type: ignore[attr-defined]


def test_it_names_every_page_that_the_walk_covers(addresses: list[str]) -> None:
    unknown = [rule.name for rule in view_rules() if "<" in rule.route and rule.name not in NOT_PAGES]
    left_out = {  # they answer POST only
        "exchange:heading-end",
        "premises:contact-show",
        "premises:vacancy-withdraw",
        "exchange:upload-recheck",
        "resumption:enterprise-move",
        "notices:notice-open",
        "portal:deputy-end",
        "directory:user-password",
        "directory:user-switch",
        "directory:user-grant",
        "directory:user-grant-end",
        "directory:responsibility-end",
        "portal:view-drop",
        "notices:channel-try",
        "notices:channel-end",
        "casework:copy-withdraw",
        "resumption:worker-show",
        "resumption:worker-test",
        "resumption:worker-bed",
        "resumption:trip-seat",
    }

    covered = {reverse("figures:receipt", args=["resumption.people_at_work"]), f"/imports/{Upload.objects.get().pk}/"}
    assert covered <= set(addresses)
    assert set(unknown) - left_out == NAMED


def test_it_finds_chinese_that_is_not_marked() -> None:
    assert chinese_in('<p lang="en">A <b lang="zh-Hans">名</b> b</p><p title="题">街道</p>') == ["题", "街道"]


def test_it_writes_numbers_days_and_units_by_language(addresses: list[str]) -> None:
    client = english(Role.DISTRICT_LEADER, name="leader")
    address = reverse("figures:receipt", args=["resumption.people_at_work"]) + "?as_of=2020-02-10"

    text = client.get(address).content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    chinese = client.get(address).content.decode()

    assert '41 <span class="unit">people</span>' in text
    assert "10 February 2020" in text
    assert '41<span class="unit">人</span>' in chinese
    assert "2020年2月10日" in chinese


def test_it_keeps_the_bulletin_s_sentence_and_the_release_in_chinese(addresses: list[str]) -> None:
    client = english(Role.HQ_OFFICE, name="office")

    text = client.get(reverse("resumption:bulletin") + "?as_of=2020-02-10").content.decode()

    assert "累计复工2家,累计开工总人数41人" in text
    assert "Resumption rate" in text
    release = Release.objects.get()
    assert release.title == "企业复工复产日报（截至2020年2月10日）"
    assert "Resumption" not in release.content
    assert '"unit":"家"' in release.content


def test_it_reports_findings_in_the_sender_s_language_and_marks_which(addresses: list[str]) -> None:
    sent = Upload.objects.get()
    client = Client()
    client.force_login(sent.sent_by)

    text = client.get(reverse("exchange:upload-detail", args=[sent.pk])).content.decode()

    assert sent.report["language"] == "en"
    assert "Staff back at work (99) exceeds the total staff (20)." in str(sent.report["problems"])
    assert '<html lang="zh-Hans"' in text
    assert '<td class="sentence" lang="en">Staff back at work (99)' in text


# ---- the choice -----------------------------------------------------------------------------------
def test_it_starts_in_chinese_whatever_the_browser_prefers(client: Client) -> None:
    answer = client.get("/sign-in/", headers={"Accept-Language": "en-GB,en;q=0.9"})

    assert '<html lang="zh-Hans"' in answer.content.decode()
    assert answer.headers["Content-Language"] == "zh-hans"
    assert "Accept-Language" not in answer.headers["Vary"]


def test_it_ignores_a_cookie_that_names_no_language(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "tlh"

    assert '<html lang="zh-Hans"' in client.get("/sign-in/").content.decode()


def test_it_keeps_the_choice_with_the_account_until_the_next_browser(client: Client) -> None:
    district()
    first = signed_in(Role.HQ_OFFICE)

    answer = first.post(reverse("directory:language-set"), {"language": "en", "next": "/figures/?as_of=2020-02-10"})

    assert answer.headers["Location"] == "/figures/?as_of=2020-02-10"
    assert User.objects.get().language == "en"
    sign_in = {"username": "someone", "password": "long-enough-2020"}
    assert client.post("/sign-in/", sign_in).cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert client.post("/sign-out/").cookies[settings.LANGUAGE_COOKIE_NAME].value == ""


def test_it_leaves_the_choice_made_before_signing_in(client: Client) -> None:
    district()
    signed_in(Role.HQ_OFFICE)
    User.objects.update(language="en")
    client.post(reverse("directory:language-set"), {"language": "zh-hans"})

    answer = client.post("/sign-in/", {"username": "someone", "password": "long-enough-2020"})

    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies
