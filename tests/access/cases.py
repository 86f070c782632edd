"""How each address of the site is asked: by whom it may be asked is not said here but in the expectations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.urls import reverse
from django.utils.http import urlencode

from shoushan.directory.models import User
from shoushan.lifecycle.models import Evidence
from shoushan.notices.models import Notice
from tests.access.world import DAY, DISTRICT, NUMBERS, OTHER, OWN, World, name_of
from tests.apps.resumption.factories import uscc

Arguments = Callable[[World, User | None], list[Any]]
AS_OF: Final = {"as_of": DAY.isoformat()}
FRAGMENT: Final = {"HX-Request": "true"}


def _none(_world: World, _user: User | None) -> list[Any]:
    return []


@dataclass(frozen=True, slots=True)
class Case:
    """One way to ask one address; `target` says in words what is asked for."""

    name: str
    target: str = "the page"
    arguments: Arguments = _none
    method: str = "GET"
    data: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    sends: str = ""
    """The area whose ledger file is sent along."""
    chosen: Arguments = _none
    """Codes of the records that were ticked in a list."""

    @property
    def label(self) -> str:
        """The row's heading in the truth table."""
        return self.target if self.method == "GET" else f"{self.method} {self.target}"

    def path(self, world: World, user: User | None) -> str:
        """The address."""
        ticked = urlencode([("code", code) for code in self.chosen(world, user)])
        return reverse(self.name, args=self.arguments(world, user)) + (f"?{ticked}" if ticked else "")


def enterprise(area: str) -> Arguments:
    """The code of the enterprise of one side."""
    return lambda world, _user: [world.enterprises[area].code]


def entry(area: str) -> Arguments:
    """The number of an entry about one side, or about the whole district."""
    return lambda world, _user: [world.entries[area]]


def upload(area: str) -> Arguments:
    """A file that someone of one side has sent."""
    return lambda world, _user: [world.uploads[area].pk]


def own_upload(world: World, user: User | None) -> list[Any]:
    """A file that the asker has sent."""
    return [world.own_upload(user).pk]


def account(area: str) -> Arguments:
    """The account of somebody of one side."""
    return lambda _world, _user: [f"member-{area}"]


def decision(area: str) -> Arguments:
    """What a meeting decided of the project of one side."""
    return lambda world, _user: ["SANGE", world.decisions[area]]


def item(area: str) -> Arguments:
    """The project of one side in a batch of the campaign."""
    return lambda world, _user: ["SANGE", world.items[area]]


def claim(area: str) -> Arguments:
    """The code of a contact's claim of one side."""
    return lambda world, _user: [world.claims[area]]


def file(record: Arguments) -> Arguments:
    """The first file of a record."""

    def found(world: World, user: User | None) -> list[Any]:
        code = record(world, user)[0]
        evidence = Evidence.objects.filter(subject__endswith=code).order_by("pk").first()
        return [code, evidence.pk if evidence else 0]

    return found


def paper(record: Arguments) -> Arguments:
    """A record as a paper in Word."""
    return lambda world, user: [*record(world, user), "docx"]


def step(record: Arguments, name: str) -> Arguments:
    """A step of a record."""
    return lambda world, user: [*record(world, user), name]


def application(area: str) -> Arguments:
    """The code of an application of one side."""
    return lambda world, _user: [world.applications[area]]


def filing(area: str) -> Arguments:
    """The code of a filed return of one side."""
    return lambda world, _user: [world.filings[area]]


def kept(name: str) -> Callable[[str], Arguments]:
    """The code of a record of one side, by the name under which the world keeps such records."""
    return lambda area: lambda world, _user: [getattr(world, name)[area]]


def room(area: str) -> Arguments:
    """A room of a building of one side."""
    return lambda world, _user: [world.buildings[area], world.rooms[area]]


def plan(area: str) -> Arguments:
    """The drawing of a floor of a building of one side."""
    return lambda world, _user: [world.buildings[area], world.plans[area]]


def floor(area: str) -> Arguments:
    """The same floor, as everybody asks for it."""
    return lambda world, _user: [world.buildings[area], "1"]


def lease(area: str) -> Arguments:
    """A lease in a building of one side."""
    return lambda world, _user: [world.buildings[area], world.leases[area]]


def others_notice(_world: World, _user: User | None) -> list[Any]:
    """A message to an organisation to which nobody here belongs."""
    notice = Notice.objects.order_by("pk").first()
    return [notice.pk if notice else 0]


def permit(area: str) -> Arguments:
    """The token of a permit of one side."""
    return lambda world, _user: [world.permits[area]]


def violation(area: str) -> Arguments:
    """The code of a violation reported of one side."""
    return lambda world, _user: [world.violations[area]]


def clock(area: str) -> Arguments:
    """The number of a deadline of one side."""
    return lambda world, _user: [world.clocks[area]]


def release(world: World, _user: User | None) -> list[Any]:
    """The number of the release."""
    return [world.release.number if world.release else ""]


def fixed(*values: Any) -> Arguments:
    """Always the same."""
    return lambda _world, _user: list(values)


PLANNED: Final = {"area": OWN, "first": "2020-03-30", "last": "2020-03-31", "flexible_days": "1"}
PEOPLE: Final = fixed("resumption.people_at_work")
FILES: Final = (
    ("a file of one's own", own_upload),
    ("a colleague's file", upload(OWN)),
    ("a file of another area", upload(OTHER)),
)


def _uploads(name: str, method: str = "GET", **data: str) -> list[Case]:
    return [Case(name, target, arguments, method, data) for target, arguments in FILES]


def _records(
    name: str, of: Callable[[str], Arguments], method: str = "GET", data: Mapping[str, str] | None = None
) -> list[Case]:
    places = {"of the own area": OWN, "of another area": OTHER}
    return [Case(name, target, of(area), method, data or {}) for target, area in places.items()]


SEEN: Final = {"seen": "0"}
MONTH: Final = {"month": "2020-01"}
MOVE: Final = {"area": "370102001", "on": "2020-03-05", "reason": "迁址"}

CASES: Final = (
    Case("portal:home"),
    Case("directory:sign-in"),
    Case("directory:sign-out", method="POST"),
    Case("directory:language-set", method="POST", data={"language": "en"}),
    Case("directory:theme-set", method="POST", data={"theme": "dark"}),
    Case("ui:gallery"),
    # ---- administration
    Case("directory:own-password"),
    Case("directory:own-password", method="POST", data={"old": "", "new": "", "again": ""}),
    Case("directory:user-list"),
    Case("directory:user-create"),
    Case("directory:user-create", method="POST", data={"username": "", "display_name": ""}),
    *_records("directory:user-detail", account),
    *_records("directory:user-detail", account, "POST", {"display_name": ""}),
    *_records("directory:user-password", account, "POST"),
    *_records("directory:user-switch", account, "POST", {"active": "1"}),
    *_records("directory:user-grant", account, "POST", {"role": ""}),
    *_records("directory:user-grant-end", lambda area: step(account(area), "0"), "POST", {"last_day": ""}),
    Case("directory:responsibility-list"),
    Case("directory:responsibility-list", method="POST", data={"area": ""}),
    Case("directory:responsibility-end", "an unknown one", fixed(0), "POST"),
    Case("directory:organisation-list"),
    Case("directory:area-list"),
    Case("directory:administration-list"),
    # ---- files
    Case("exchange:upload-list"),
    Case("exchange:upload-create"),
    Case("exchange:upload-create", "a ledger", method="POST", data={"sheet": "resumption.ledger"}, sends=OWN),
    Case("exchange:upload-create", "a list", method="POST", data={"sheet": "resumption.frame"}, sends=OWN),
    Case("exchange:template-download", "the ledger's", fixed("resumption.ledger")),
    Case("exchange:template-download", "the list's", fixed("resumption.frame")),
    Case("exchange:template-download", "an unknown one", fixed("nothing")),
    Case("exchange:sheet-list"),
    Case("exchange:sheet-detail", "the ledger's", fixed("resumption.ledger")),
    Case("exchange:sheet-detail", "an unknown one", fixed("nothing")),
    Case("exchange:sheet-detail", "the ledger's", fixed("resumption.ledger"), "POST", {"heading": ""}),
    Case("exchange:heading-end", "an unknown one", fixed("resumption.ledger", 0), "POST", {"last_day": "2020-03-31"}),
    *_uploads("exchange:upload-detail"),
    *_uploads("exchange:upload-errors"),
    *_uploads("exchange:upload-file"),
    *_uploads("exchange:upload-confirm", "POST"),
    *_uploads("exchange:upload-confirm"),
    *_uploads("exchange:upload-recheck", "POST", sheet="resumption.ledger", as_of="2020-02-17"),
    # ---- deadlines
    Case("deadlines:calendar"),
    Case("deadlines:calculator"),
    Case("deadlines:clock-list"),
    Case("deadlines:clock-detail", "of the own area", clock(OWN)),
    Case("deadlines:clock-detail", "of another area", clock(OTHER)),
    Case("deadlines:move-list"),
    Case("deadlines:version-create"),
    Case("deadlines:hours-create"),
    # ---- rules
    Case("lifecycle:rule-list"),
    Case("lifecycle:document-list"),
    Case("lifecycle:risk-list"),
    Case("lifecycle:rule-detail", "a rule", fixed("samples.regime")),
    Case("lifecycle:rule-detail", "an unknown one", fixed("nothing")),
    Case("lifecycle:rule-create", "a rule", fixed("samples.regime")),
    # ---- figures
    Case("figures:measure-list", data=AS_OF),
    Case("figures:receipt", "a number", PEOPLE, data=AS_OF),
    Case("figures:receipt", "a number of the own area", PEOPLE, data=AS_OF | {"area": OWN}),
    Case("figures:receipt", "a number of another area", PEOPLE, data=AS_OF | {"area": OTHER}),
    Case("figures:receipt", "a number of the district", PEOPLE, data=AS_OF | {"area": DISTRICT}),
    Case("figures:receipt", "a number as known at a seal", PEOPLE, data=AS_OF | {"known_at": "99999"}),
    Case("figures:receipt", "an unknown number", fixed("nothing")),
    Case("figures:entry", "of the own area", entry(OWN)),
    Case("figures:entry", "of another area", entry(OTHER)),
    Case("figures:entry", "of the district", entry(DISTRICT)),
    Case("figures:entry", "an unknown one", fixed(999_999)),
    Case("figures:release-list"),
    Case("figures:release-detail", "a release of the district", release),
    Case("figures:release-detail", "an unknown one", fixed("REL-0")),
    Case("figures:release-file", "a release of the district", release),
    Case("figures:release-paper", "a release, as Word", lambda world, user: [*release(world, user), "docx"]),
    Case("figures:release-paper", "a release, as PDF", lambda world, user: [*release(world, user), "pdf"]),
    Case("figures:release-paper", "in an unknown format", lambda world, user: [*release(world, user), "doc"]),
    # ---- messages
    Case("notices:notice-list"),
    Case("notices:notice-open", "somebody else's", others_notice, "POST"),
    Case("notices:notice-read-all", method="POST"),
    # ---- matters
    Case("casework:matter-list"),
    *(
        Case(
            "lifecycle:step-many",
            f"applications of {side}",
            fixed("application", "accept"),
            method,
            chosen=application(area),
        )
        for side, area in (("one's own area", OWN), ("another area", OTHER))
        for method in ("GET", "POST")
    ),
    Case("fieldwork:task-list"),
    Case("fieldwork:state"),
    Case("fieldwork:worker"),
    Case("fieldwork:manifest"),
    Case("lifecycle:step-many", "a step that isn't for many", fixed("application", "revoke")),
    Case("casework:matter-list", "all of them", data={"show": "all"}),
    *_records("casework:matter-detail", kept("matters")),
    *_records("casework:matter-file", lambda area: file(kept("matters")(area))),
    *_records("casework:matter-step", lambda area: step(kept("matters")(area), "plan")),
    *_records("casework:matter-step", lambda area: step(kept("matters")(area), "supervise"), "POST", SEEN),
    *_records("casework:assignment-step", lambda area: step(kept("parts")(area), "sign")),
    *_records("casework:assignment-step", lambda area: step(kept("parts")(area), "sign"), "POST", SEEN),
    *_records("casework:supervision-step", lambda area: step(kept("orders")(area), "feed_back")),
    *_records("casework:supervision-step", lambda area: step(kept("orders")(area), "feed_back"), "POST", SEEN),
    Case("casework:statistics"),
    Case("casework:copy-list"),
    *_records("casework:copy-detail", kept("copies")),
    *_records("casework:copy-publish", kept("closed")),
    *_records("casework:copy-publish", kept("closed"), "POST", {"title": "返岗", "text": "包车", "answer": "已办"}),
    *_records("casework:copy-withdraw", kept("closed"), "POST"),
    # ---- work resumption
    *_records("resumption:difficulty-create", enterprise),
    *_records(
        "resumption:difficulty-create", enterprise, "POST", {"category": "OTHER", "text": "停电", "source": "VISIT"}
    ),
    Case("resumption:difficulty-export"),
    Case("resumption:funds-list"),
    Case("resumption:return-lock", method="POST", data={"as_of": "2020-02-10", "area": OWN}),
    Case("resumption:worker-list"),
    Case("resumption:worker-list", "those observed", data={"state": "OBSERVED"}),
    Case("resumption:worker-export", method="POST", data={"purpose": "核对返岗人员"}),
    Case("resumption:check-list"),
    Case("resumption:check-list", "nothing typed", method="POST"),
    *_records("resumption:worker-create", enterprise),
    *_records("resumption:worker-create", enterprise, "POST", {"name": "示例"}),
    *_records("resumption:worker-detail", kept("workers")),
    *_records("resumption:worker-show", kept("workers"), "POST", {"purpose": "核对车次"}),
    *_records("resumption:worker-test", kept("workers"), "POST", {"result": "PENDING"}),
    *_records("resumption:worker-bed", kept("workers"), "POST", {"bed": "0"}),
    *_records("resumption:worker-step", lambda area: step(kept("workers")(area), "settle")),
    *_records("resumption:worker-step", lambda area: step(kept("workers")(area), "settle"), "POST", SEEN),
    Case("resumption:place-list"),
    Case("resumption:place-list", "no rooms", method="POST", data={"name": "示例酒店", "rooms": "0"}),
    Case("resumption:trip-list"),
    Case("resumption:trip-plan"),
    Case("resumption:trip-plan", "of an area", data=PLANNED),
    Case("resumption:trip-plan", "of an area", method="POST", data=PLANNED),
    *_records("resumption:trip-detail", kept("trips")),
    *_records("resumption:trip-seat", kept("trips"), "POST", {"worker": ""}),
    *_records("resumption:trip-step", lambda area: step(kept("trips")(area), "confirm")),
    *_records("resumption:trip-step", lambda area: step(kept("trips")(area), "confirm"), "POST", SEEN),
    # ---- premises
    Case("premises:building-list"),
    Case("premises:building-list", "searched for another area's name", data={"text": name_of(OTHER)}),
    Case("premises:building-export", "xlsx"),
    Case("premises:building-export", "csv of another area", data={"format": "csv", "area": OTHER}),
    Case("premises:lease-export", "xlsx"),
    Case("premises:lease-export", "csv of another area", data={"format": "csv", "area": OTHER}),
    Case("premises:building-open"),
    Case("premises:building-open", "nothing typed", method="POST", data={"name": ""}),
    Case("premises:addition-list", data={"first": "2020-01-01", "last": "2020-03-31"}),
    Case("premises:addition-export", "xlsx", data={"first": "2020-01-01", "last": "2020-03-31"}),
    Case("premises:tenant-watch"),
    Case("premises:headquarters-list"),
    Case("premises:headquarters-list", "nothing typed", method="POST", data={"level": "CITY"}),
    *_records("premises:headquarters-end", kept("headquarters")),
    *_records("premises:headquarters-end", kept("headquarters"), "POST", {"last_on": "2020-03-01"}),
    Case("premises:vacancy-list"),
    Case("premises:vacancy-export", "csv"),
    *_records("premises:vacancy-plan", kept("buildings")),
    *_records("premises:floor-plan", floor),
    Case("premises:vacancy-table", "xlsx"),
    *_records("premises:building-detail", kept("buildings")),
    *_records("premises:building-edit", kept("buildings")),
    *_records("premises:building-edit", kept("buildings"), "POST", {"name": ""}),
    *_records("premises:space-change", kept("buildings")),
    *_records("premises:space-change", kept("buildings"), "POST", {"reason": "复核"}),
    *_records("premises:building-close", kept("buildings")),
    *_records("premises:building-close", kept("buildings"), "POST", {"last_on": "2020-03-01"}),
    *_records("premises:contact-show", kept("buildings"), "POST", {"purpose": "联系招商"}),
    *_records("premises:tax-enter", kept("buildings")),
    *_records("premises:tax-enter", kept("buildings"), "POST", {"year": "2019", "scope": "TOTAL", "amount_fen": "1"}),
    *_records("premises:visit-record", kept("buildings")),
    *_records("premises:visit-record", kept("buildings"), "POST", {"found": "情况"}),
    *_records("premises:plan-upload", kept("buildings")),
    *_records("premises:plan-upload", kept("buildings"), "POST", {"floor": "1"}),
    *_records("premises:plan-file", plan),
    *_records("premises:unit-enter", kept("buildings")),
    *_records("premises:unit-enter", kept("buildings"), "POST", {"since": "2020-01-01", "rooms": "1 丙 10"}),
    *_records("premises:unit-detail", room),
    *_records("premises:lease-enter", room),
    *_records("premises:lease-enter", room, "POST", {"since": "2020-02-01"}),
    *_records("premises:unit-use", room),
    *_records("premises:unit-use", room, "POST", {"since": "2020-02-01", "use": "RESERVED"}),
    *_records("premises:unit-end", room),
    *_records("premises:unit-end", room, "POST", {"last_on": "2020-02-01"}),
    *_records("premises:vacancy-release", room),
    *_records("premises:vacancy-release", room, "POST", {"rent_fen": "1"}),
    *_records("premises:vacancy-withdraw", room, "POST"),
    *_records("premises:lease-end", lease),
    *_records("premises:lease-end", lease, "POST", {"kind": "EARLY", "last_on": "2020-03-01", "reason": "迁出"}),
    *_records("premises:registration-set", lease),
    *_records("premises:registration-set", lease, "POST", {"since": "2020-03-01", "is_here": "1"}),
    # ---- key projects
    Case("projects:project-list"),
    Case("projects:project-list", "searched for another area's name", data={"text": name_of(OTHER)}),
    Case("projects:project-export", "xlsx"),
    Case("projects:project-export", "csv of another area", data={"format": "csv", "area": OTHER}),
    Case("projects:project-board"),
    Case("projects:project-gantt"),
    Case("projects:project-gantt", "of another area", data={"area": OTHER}),
    Case("projects:project-compare"),
    Case("projects:project-compare", "another area", data={"area": OTHER, "first": "2020-03-01"}),
    Case("projects:compare-export", "xlsx"),
    Case("projects:past-export", "the list of a day", data={"on": "2020-03-02"}),
    *_records("projects:project-detail", kept("projects")),
    *_records("projects:project-file", lambda area: file(kept("projects")(area))),
    *_records("projects:project-step", lambda area: step(kept("projects")(area), "complete")),
    *_records("projects:project-step", lambda area: step(kept("projects")(area), "report_progress"), "POST", SEEN),
    *_records("projects:return-report", lambda area: step(kept("projects")(area), "2020-02")),
    *_records("projects:return-report", lambda area: step(kept("projects")(area), "2020-02"), "POST"),
    *_records("projects:plan-adjust", kept("projects")),
    *_records("projects:plan-adjust", kept("projects"), "POST", {"reason": "调整"}),
    *_records("projects:milestone-set", kept("projects")),
    *_records("projects:milestone-set", kept("projects"), "POST", {"key": "START"}),
    Case("projects:zone-list"),
    Case("projects:zone-list", "by investment", data={"by": "total"}),
    Case("projects:zone-create"),
    Case("projects:zone-create", "nothing typed", method="POST"),
    Case("projects:zone-detail", "a zone", fixed("ZONE")),
    Case("projects:zone-detail", "an unknown one", fixed("NONE")),
    Case("projects:zone-change", "a zone", fixed("ZONE")),
    Case("projects:zone-change", "nothing typed", fixed("ZONE"), "POST"),
    Case("projects:zone-draw", "a zone", fixed("ZONE")),
    Case("projects:zone-draw", "nothing typed", fixed("ZONE"), "POST"),
    Case("projects:permit-list"),
    Case("projects:permit-list", "of another area", data={"area": OTHER}),
    Case("projects:permit-export", "xlsx"),
    *_records("projects:permit-detail", kept("approvals")),
    *_records("projects:permit-file", lambda area: file(kept("approvals")(area))),
    *_records("projects:permit-step", lambda area: step(kept("approvals")(area), "grant")),
    *_records("projects:permit-step", lambda area: step(kept("approvals")(area), "ask_more"), "POST", SEEN),
    Case("projects:idea-list"),
    Case("projects:idea-list", "of another area", data={"area": OTHER}),
    Case("projects:idea-export", "xlsx"),
    Case("projects:idea-create"),
    Case("projects:idea-create", "nothing typed", method="POST"),
    *_records("projects:idea-detail", kept("ideas")),
    *_records("projects:idea-change", kept("ideas")),
    *_records("projects:idea-change", kept("ideas"), "POST"),
    *_records("projects:idea-step", lambda area: step(kept("ideas")(area), "drop")),
    *_records("projects:idea-step", lambda area: step(kept("ideas")(area), "mature"), "POST", SEEN),
    *_records("projects:obstacle-raise", kept("projects")),
    *_records("projects:obstacle-raise", kept("projects"), "POST"),
    *_records("projects:permit-apply", kept("projects")),
    *_records("projects:permit-apply", kept("projects"), "POST"),
    Case("projects:report-list"),
    Case("projects:report-issue", data={"as_of": "2020-03-31"}),
    Case("projects:report-issue", "nothing typed", method="POST"),
    *_records("projects:project-report-issue", kept("projects")),
    *_records("projects:project-report-issue", kept("projects"), "POST"),
    *_records("projects:report-detail", kept("reports")),
    *_records("projects:report-file", kept("reports")),
    *_records("projects:report-paper", lambda area: paper(kept("reports")(area))),
    *_records("projects:report-correct", kept("reports")),
    *_records("projects:report-correct", kept("reports"), "POST"),
    Case("projects:completion-list"),
    Case("projects:completion-list", "of another area", data={"area": OTHER}),
    Case("projects:completion-export", "xlsx"),
    Case("projects:completion-export", "csv of another area", data={"format": "csv", "area": OTHER}),
    Case("projects:return-list", data=MONTH),
    Case("projects:return-review", method="POST", data=MONTH),
    Case("projects:monthly-export", "xlsx", data=MONTH),
    Case("projects:monthly-export", "csv", data=MONTH | {"format": "csv"}),
    Case("projects:campaign-list"),
    Case("projects:campaign-list", method="POST", data={"code": ""}),
    Case("projects:campaign-room", "the campaign", fixed("SANGE")),
    Case("projects:campaign-room", "on the wall", fixed("SANGE"), data={"wall": "1"}),
    Case("projects:campaign-weekly", "the campaign", fixed("SANGE")),
    Case("projects:campaign-change", "the campaign", fixed("SANGE")),
    Case("projects:campaign-change", "nothing typed", fixed("SANGE"), "POST"),
    Case("projects:campaign-items", "the campaign", fixed("SANGE")),
    Case("projects:campaign-items-export", "xlsx", fixed("SANGE")),
    Case("projects:campaign-items-export", "csv", fixed("SANGE"), data={"format": "csv"}),
    Case("projects:campaign-meeting", "the campaign", fixed("SANGE")),
    *_records("projects:campaign-item-plan", item),
    *_records("projects:campaign-item-plan", item, "POST"),
    *_records("projects:campaign-item-remove", item),
    *_records("projects:campaign-item-remove", item, "POST"),
    *_records("projects:campaign-item-reason", item),
    *_records("projects:campaign-item-reason", item, "POST", {"reason": "手续未办结"}),
    Case("projects:campaign-place", "the campaign", fixed("SANGE")),
    Case("projects:campaign-place", "nothing chosen", fixed("SANGE"), "POST"),
    Case("projects:campaign-decide", "the campaign", fixed("SANGE")),
    Case("projects:campaign-decide", "nothing typed", fixed("SANGE"), "POST"),
    *_records("projects:decision-close", decision),
    *_records("projects:decision-close", decision, "POST"),
    *_records("projects:return-detail", kept("progress")),
    *_records("projects:return-file", lambda area: file(kept("progress")(area))),
    *_records("projects:return-step", lambda area: step(kept("progress")(area), "review")),
    *_records("projects:return-step", lambda area: step(kept("progress")(area), "review"), "POST", SEEN),
    Case("portal:workbench"),
    Case("notices:channel-list"),
    Case("notices:channel-list", method="POST", data={"kind": "WECOM", "target": "https://example.org/"}),
    Case("notices:channel-try", "somebody else's", fixed(0), "POST"),
    Case("notices:channel-end", "somebody else's", fixed(0), "POST"),
    Case("portal:guide"),
    Case("portal:guide-page", "a page", fixed("how-to", "leader")),
    Case("portal:guide-page", "an unknown one", fixed("how-to", "nothing")),
    Case("portal:guide-picture", "a picture", fixed("bulletin.webp")),
    Case("portal:view-list"),
    Case("portal:view-save", method="POST", data={"page": "resumption:ledger", "name": "", "query": ""}),
    Case("portal:view-drop", "somebody else's", fixed(0), "POST"),
    Case("portal:search"),
    Case("portal:search", "another area's name", data={"q": name_of(OTHER), "part": "1"}),
    Case("portal:deputy-list"),
    Case("portal:deputy-list", method="POST", data={"deputy": "0", "reason": ""}),
    Case("portal:deputy-end", "somebody else's", fixed(0), "POST"),
    Case("portal:workbench", "one queue", data={"queue": "resumption.applications_submitted"}),
    Case("portal:cockpit", data=AS_OF),
    Case("portal:cockpit", "their own subdistrict", data=AS_OF | {"area": OWN}),
    Case("portal:cockpit", "another subdistrict", data=AS_OF | {"area": OTHER}),
    Case("portal:cockpit", "on the wall", data=AS_OF | {"wall": "1"}),
    Case("resumption:daily-report"),
    Case("resumption:daily-report", "as a workbook", data={"format": "xlsx"}),
    Case("privacy:access-list"),
    Case("resumption:visit-list"),
    *_records("resumption:visit-create", enterprise),
    *_records("resumption:visit-create", enterprise, "POST", {"note": "看望"}),
    *_records("resumption:officer-appoint", enterprise),
    *_records("resumption:officer-appoint", enterprise, "POST", {"officer": "nobody", "since": "2020-03-31"}),
    Case("resumption:application-list"),
    *_records("resumption:application-create", enterprise),
    *_records("resumption:application-detail", application),
    *_records("resumption:application-edit", application),
    *_records("resumption:application-check", application),
    *_records("resumption:application-file", lambda area: file(application(area))),
    *_records("resumption:application-step", lambda area: step(application(area), "accept")),
    *_records("resumption:application-step", lambda area: step(application(area), "accept"), "POST", SEEN),
    Case("resumption:permit-list"),
    Case("resumption:permit-list", "of another area", data={"area": OTHER}),
    Case("resumption:permit-detail", "an unknown one", fixed("0" * 24)),
    *_records("resumption:permit-detail", permit),
    Case("resumption:violation-list"),
    *_records("resumption:violation-detail", violation),
    *_records("resumption:violation-file", lambda area: file(violation(area))),
    *_records("resumption:violation-step", lambda area: step(violation(area), "found_true")),
    Case("resumption:return-list", data=AS_OF),
    Case("resumption:return-list", "of another area", data=AS_OF | {"area": OTHER}),
    *_records("resumption:return-decide", lambda _area: fixed(), "POST", {"step": "approve"}),
    *_records("resumption:return-remind", lambda _area: fixed(), "POST", AS_OF),
    *_records("resumption:return-file", enterprise),
    *_records("resumption:filing-detail", filing),
    *_records("resumption:filing-step", lambda area: step(filing(area), "approve")),
    *_records("resumption:filing-step", lambda area: step(filing(area), "approve"), "POST", SEEN),
    Case("resumption:contact-register"),
    Case("resumption:contact-home"),
    Case("resumption:contact-claim", method="POST", data={"uscc": "", "duty": "会计"}),
    Case("resumption:contact-list"),
    Case("resumption:contact-detail", "of the own area", claim(OWN)),
    Case("resumption:contact-detail", "of another area", claim(OTHER)),
    Case("resumption:contact-step", "confirm, of the own area", step(claim(OWN), "confirm")),
    Case("resumption:contact-step", "confirm, of another area", step(claim(OTHER), "confirm")),
    Case("resumption:contact-step", "confirm, of the own area", step(claim(OWN), "confirm"), "POST", SEEN),
    Case("resumption:contact-step", "confirm, of another area", step(claim(OTHER), "confirm"), "POST", SEEN),
    Case("resumption:ledger"),
    Case("resumption:ledger", "the fragment", headers=FRAGMENT),
    Case("resumption:ledger", "filtered by another area", data={"area": OTHER}),
    Case("resumption:ledger", "searched for another area's name", data={"text": name_of(OTHER)}, headers=FRAGMENT),
    Case("resumption:ledger", "searched for another area's code", data={"text": uscc(NUMBERS[OTHER])}),
    Case("resumption:ledger-export", "xlsx"),
    Case("resumption:ledger-export", "csv", data={"format": "csv"}),
    Case("resumption:ledger-export", "csv of another area", data={"format": "csv", "area": OTHER}),
    Case("resumption:enterprise-detail", "of the own area", enterprise(OWN)),
    Case("resumption:enterprise-detail", "of another area", enterprise(OTHER)),
    Case("resumption:enterprise-detail", "an unknown one", fixed("A00000000000")),
    Case("resumption:enterprise-move", "of the own area", enterprise(OWN), "POST", MOVE),
    Case("resumption:enterprise-move", "of another area", enterprise(OTHER), "POST", MOVE),
    Case("resumption:bulletin", data=AS_OF),
    Case("resumption:bulletin-release", method="POST", data={"as_of": "2020-02-11"}),
)
