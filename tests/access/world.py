"""A small district for the truth table: one enterprise, one file and one figure on either side of a border."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from shoushan.apps.premises.models import Building, Headquarters
from shoushan.apps.premises.services import (
    BuildingLine,
    LeaseLine,
    RoomLine,
    VisitLine,
    enter_building,
    enter_lease,
    enter_plan,
    enter_rooms,
    enter_tax,
    record_visit,
    release_vacancy,
)
from shoushan.apps.projects.lifecycle import PERMITS, PROJECTS
from shoushan.apps.projects.models import Campaign, Project, Zone
from shoushan.apps.projects.services import Arrival, ListLine, report_month, take_lines
from shoushan.apps.projects.services.campaigns import Place, Target, open_campaign, place_projects
from shoushan.apps.projects.services.obstacles import NewObstacle, raise_obstacle
from shoushan.apps.projects.services.permits import apply_permit
from shoushan.apps.projects.services.pool import propose_idea
from shoushan.apps.projects.services.reports import NewReport, Scope, issue_report
from shoushan.apps.projects.services.zones import draw_zone, enter_zone
from shoushan.apps.resumption.lifecycle import APPLICATIONS, FILINGS
from shoushan.apps.resumption.models import (
    Application,
    Bed,
    HealthCheck,
    IsolationPlace,
    NucleicTest,
    Permit,
    ReturnFiling,
    Worker,
)
from shoushan.apps.resumption.services import (
    Difficulty,
    raise_difficulty,
    register_contact,
    release_bulletin,
    report_violation,
)
from shoushan.apps.resumption.services.trips import Wish, enter_trips, propose
from shoushan.apps.resumption.services.worker_ledgers import Chain, take_chain
from shoushan.casework.lifecycle import ASSIGNMENTS
from shoushan.casework.models import Matter
from shoushan.casework.services import publish_copy
from shoushan.deadlines.services import start_clock
from shoushan.directory.enums import TERRITORIAL_ROLES, Role
from shoushan.directory.models import Area, Organisation, User
from shoushan.exchange.models import Upload
from shoushan.exchange.services import bring_in, check_upload, receive_upload
from shoushan.figures.models import Release
from shoushan.ledger import api as ledger
from shoushan.lifecycle.declarations import Lifecycle, lifecycle_of
from shoushan.lifecycle.numbering import next_code
from shoushan.lifecycle.services import advance, begin
from shoushan.registry.models import Enterprise
from tests.apps.resumption.applications import VALUES, package
from tests.apps.resumption.factories import ledger_file, report, uscc, workbook
from tests.apps.resumption.workers import number as identity
from tests.directory.factories import PASSWORD, a_user
from tests.kept import calendars, district, policies

AT: Final = datetime(2020, 3, 31, 9, 0, tzinfo=UTC)
DAY: Final = date(2020, 2, 10)
DISTRICT, OWN, OTHER = "370102", "370102011", "370102013"
NAMES: Final = {OWN: "姚家街道", OTHER: "智远街道"}
NUMBERS: Final = {OWN: 41, OTHER: 83}
STAFF: Final = {OWN: 41_113, OTHER: 29_333}
AT_WORK: Final = {OWN: 38_771, OTHER: 27_419}
ANONYMOUS, NO_ROLE = "ANONYMOUS", "NO_ROLE"
SIDES: Final = {OWN: "own", OTHER: "other"}


@dataclass(slots=True)
class World:
    """What there is to be asked for."""

    folder: Path
    enterprises: dict[str, Enterprise] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    entries: dict[str, int] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    people: dict[str, User | None] = field(default_factory=dict)
    release: Release | None = None
    clocks: dict[str, int] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    applications: dict[str, str] = field(default_factory=dict)
    permits: dict[str, str] = field(default_factory=dict)
    violations: dict[str, str] = field(default_factory=dict)
    filings: dict[str, str] = field(default_factory=dict)
    matters: dict[str, str] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    copies: dict[str, int] = field(default_factory=dict)
    workers: dict[str, str] = field(default_factory=dict)
    trips: dict[str, str] = field(default_factory=dict)
    projects: dict[str, str] = field(default_factory=dict)
    approvals: dict[str, str] = field(default_factory=dict)
    ideas: dict[str, str] = field(default_factory=dict)
    reports: dict[str, str] = field(default_factory=dict)
    progress: dict[str, str] = field(default_factory=dict)
    decisions: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    buildings: dict[str, str] = field(default_factory=dict)
    plans: dict[str, int] = field(default_factory=dict)
    rooms: dict[str, str] = field(default_factory=dict)
    leases: dict[str, str] = field(default_factory=dict)
    headquarters: dict[str, int] = field(default_factory=dict)

    def own_upload(self, user: User | None) -> Upload:
        """A checked file that this very person has sent."""
        kept = self.uploads[OWN]
        sent = Upload.objects.get(pk=kept.pk)
        sent.pk, sent.name, sent.sent_by = None, "own-file.xlsx", user or kept.sent_by
        sent.save(force_insert=True)
        return sent


def build(folder: Path) -> World:
    """The district with its facts, brought in by the importer."""
    world = World(folder)
    district()
    calendars(at=AT)
    policies(at=AT)
    _bring_in_facts(world)
    for area, side in SIDES.items():
        a_user(f"member-{area}", organisation=Organisation.objects.get(code=f"OFFICE_{area}"))
        sender = a_user(f"sender-{side}", (Role.STREET_ADMIN, area))
        world.uploads[area] = add_upload(world, sender, area)
        enterprise = Enterprise.objects.get(name=name_of(area))
        world.enterprises[area] = enterprise
        world.entries[area] = ledger.timeline(enterprise.subject)[0].number
        world.clocks[area] = a_clock(enterprise, area)
        world.claims[area] = a_claim(area)
        add_application(world, area, enterprise)
        add_filing(world, area, enterprise)
        add_matters(world, area, enterprise)
        add_workers(world, area, enterprise)
        add_project(world, area, enterprise)
        add_building(world, area, enterprise)
    world.release = release_bulletin(as_of=DAY, at=AT, actor=None)
    world.entries[DISTRICT] = world.release.entry_number
    world.people = _people()
    return world


def a_clock(enterprise: Enterprise, area: str) -> int:
    """The number of a deadline that runs for an enterprise."""
    words = {"kind": "samples.reply", "subject": enterprise.subject, "area_code": area, "purpose": "Reply"}
    return start_clock(**words, at=AT).pk  # type: ignore[arg-type]


def a_claim(area: str) -> str:
    """The code of the claim of a contact of this side's enterprise, not confirmed yet."""
    person = {"username": f"contact-{SIDES[area]}", "password": PASSWORD, "display_name": "测试联络人", "duty": "会计"}
    return register_contact(uscc=uscc(NUMBERS[area]), **person, at=AT).code


def add_application(world: World, area: str, enterprise: Enterprise) -> None:
    """An application that waits to be accepted, and a permit of another with a report about it; no enterprise's own word."""
    waiting, open_place = an_application(area, enterprise), an_application(area, enterprise)
    applied_on = DAY + timedelta(days=1)
    advance(APPLICATIONS, waiting.pk, "submit", actor=None, at=AT, on=applied_on, files=package())
    advance(APPLICATIONS, open_place.pk, "report", actor=None, at=AT, files={"commitment": package()["commitment"]})
    permit = Permit.objects.get(application=open_place)
    world.applications[area], world.permits[area] = waiting.code, permit.token
    world.violations[area] = report_violation(permit=permit, measure="STAFF", text="未查来访人员", at=AT).code


def add_filing(world: World, area: str, enterprise: Enterprise) -> None:
    """A return that waits to be approved; nobody's own word."""
    filing = ReturnFiling(enterprise=enterprise, area_code=area, as_of=DAY, filed_at=AT)
    with transaction.atomic():
        filing.code = next_code("RTN", on=DAY)
        begin(FILINGS, filing, on=DAY, at=AT, actor=None)
    world.filings[area] = filing.code


def add_matters(world: World, area: str, enterprise: Enterprise) -> None:
    """A difficulty that is worked on with a part and an order, and a closed one that is public; nobody's own word."""
    lifecycle = difficulties()
    working, done = a_difficulty(enterprise), a_difficulty(enterprise)
    for matter in (working, done):
        advance(lifecycle, matter.pk, "sign", actor=None, at=AT)
        advance(
            lifecycle, matter.pk, "plan", actor=None, at=AT, values={"plan": "协调客车", "planned_on": "2020-04-01"}
        )
    part = working.assignments.get()
    proof = {"proof": package()["plan"]}
    progress = {"progress": "已联系", "next_step": "签合同"}
    advance(lifecycle, working.pk, "report_progress", actor=None, at=AT, values=progress, files=proof)
    advance(lifecycle, working.pk, "supervise", actor=None, at=AT, values={"demand": "尽快", "days": "2"})
    for name, values in (("sign", {}), ("report_done", {"report": "已核对"})):
        advance(ASSIGNMENTS, done.assignments.get().pk, name, actor=None, at=AT, values=values)
    answer = {"outcome": "SOLVED", "answer": "车辆已安排"}
    advance(lifecycle, done.pk, "answer", actor=None, at=AT, values=answer)
    closed = advance(lifecycle, done.pk, "call_back", actor=None, at=AT, values={"satisfaction": "SATISFIED"})
    publisher = User.objects.filter(username="copy-publisher").first() or a_user(
        "copy-publisher", (Role.HQ_OFFICE, DISTRICT)
    )
    copy = publish_copy(matter=closed, title="返岗包车", text="需要包车", answer="已安排", at=AT, actor=publisher)
    world.matters[area], world.closed[area], world.copies[area] = working.code, closed.code, copy.pk
    world.parts[area], world.orders[area] = part.code, working.supervisions.get().code


def add_workers(world: World, area: str, enterprise: Enterprise) -> None:
    """A worker under observation, and one who is expected and has a seat; taken from a ledger, nobody's own word."""
    number = Worker.objects.count()
    start, end = AT.date() - timedelta(days=5), AT.date() + timedelta(days=9)
    observed = take_chain(
        enterprise.pk, area, a_chain(number, arrived_on=start, observe_from=start, observe_to=end), at=AT
    )
    expected = take_chain(enterprise.pk, area, a_chain(number + 1), at=AT)
    Worker.objects.filter(pk=expected.pk).update(planned_on=AT.date())
    HealthCheck.objects.create(
        worker=observed, on=AT.date(), slot="MORNING", temperature="36.5", is_abnormal=False, measured_at=AT
    )
    NucleicTest.objects.create(worker=observed, sampled_on=start, laboratory="示例检测所")
    planner = User.objects.get(username="copy-publisher")
    wish = Wish(area, AT.date(), AT.date())
    trip = enter_trips(wish, {1}, mark=propose(wish, actor=planner, at=AT).mark, actor=planner, at=AT)[0]
    place = IsolationPlace.objects.create(
        code=f"ISO-{number}", name=f"示例酒店{number}", area_code=area, address="示例路", opened_on=start
    )
    Bed.objects.create(place=place, room="1", number=1)
    world.workers[area], world.trips[area] = observed.code, trip.code


def add_project(world: World, area: str, enterprise: Enterprise) -> None:
    """A project on the year's list with a file, a milestone and the return of January; from a list, nobody's own word."""
    office = Organisation.objects.get(code=f"OFFICE_{area}")
    said = ("", "PREMISES", enterprise.pk, enterprise.name, a_zone().pk, "示例路", "商务楼", office.pk, "", "", "")
    plan = (125 * 10**8, 0, 3 * 10**9, "", 2019, 2020, 0)
    name = f"{enterprise.name}项目{Project.objects.count() or ''}"
    line = ListLine(None, name, area, "CITY", "BUILDING", said, plan)
    (project,) = take_lines([line], Arrival(year=2020, on=date(2020, 3, 2), at=AT, actor=None))
    advance(
        PROJECTS,
        project.pk,
        "report_progress",
        actor=None,
        at=AT,
        values={"proposal": "主体封顶"},
        files={"material": package()["plan"]},
    )
    project.milestones.create(key="START", planned_on=date(2020, 3, 20), entered_at=AT)
    sums = {"month_fen": 10**9, "year_fen": 10**9, "total_fen": 10**9, "progress": "主体施工"}
    photo = SimpleUploadedFile("现场.jpg", b"\xff\xd8\xff" + area.encode())
    returned = report_month(project=project, month=date(2020, 1, 1), values=sums, photos=[photo], actor=None, at=AT)
    world.projects[area], world.progress[area] = project.code, returned.code
    add_to_project(world, area, enterprise, project)
    targets = {"START": Target(1)}
    march_2 = date(2020, 3, 2)
    campaign = Campaign.objects.filter(code="SANGE").first() or open_campaign(
        code="SANGE", name="百日大会战", start_on=march_2, days=100, targets=targets, actor=None, at=AT
    )
    place_projects(campaign, [Place(project.pk, "START", date(2020, 3, 20))], on=march_2, actor=None, at=AT)
    world.items[area] = campaign.items.get(project=project).pk
    said = {"held_on": march_2, "text": f"{enterprise.name}议定", "organisation": office, "due_on": AT.date()}
    world.decisions[area] = campaign.decisions.create(project=project, entered_at=AT, **said).pk


def a_zone() -> Zone:
    """The zone of all projects, drawn once."""
    there = Zone.objects.filter(code="ZONE").first()
    if there is None:
        there = enter_zone(code="ZONE", name="示例片区", kind="MAIN", actor=None, at=AT)
        text = '{"type": "Polygon", "coordinates": [[[117.0, 36.6], [117.1, 36.6], [117.1, 36.7]]]}'
        draw_zone(zone=there, text=text, source="示例", is_schematic=True, actor=None, at=AT)
    return there


def add_to_project(world: World, area: str, enterprise: Enterprise, project: Project) -> None:
    """A permit with a missing document and a file, an obstacle, an idea of the same office, a report on the project."""
    permit = apply_permit(project=project, item="PROJECT_APPROVAL", on=AT.date(), actor=None, at=AT)
    taken = {"on": AT.date().isoformat()}
    words = taken | {"missing_names": f"{enterprise.name}资金证明", "missing_due": "2020-12-31"}
    advance(PERMITS, permit.pk, "accept_lacking", actor=None, at=AT, values=words)
    material = {"missing_document": "1"}
    advance(PERMITS, permit.pk, "make_good", actor=None, at=AT, values=material, files={"material": package()["plan"]})
    world.approvals[area] = permit.code
    idea = {
        "name": f"{project.name}策划",
        "theme": "FINANCE",
        "zone": project.zone,
        "industry": "",
        "content": "盘活存量空间",
    }
    idea |= {"invest_fen": 10**10, "tax_fen": 0, "jobs": 1, "source": "STUDY"}
    on = AT.date()
    made = propose_idea(values=idea, area_code=area, on=on, actor=None, at=AT, lead=project.lead)
    world.ideas[area] = made.code
    told = NewObstacle("FUNDS", f"{enterprise.name}贷款未落实", "MEETING", "START", is_critical=True)
    raise_obstacle(project=project, said=told, actor=None, at=AT)
    judged = NewReport(as_of=on, assessment=f"{enterprise.name}按计划推进")
    world.reports[area] = issue_report(Scope(on.year, area, "", project), judged, actor=None, at=AT).number


def add_building(world: World, area: str, enterprise: Enterprise) -> None:
    """A building with a room that is let and one that is offered, its tax, a headquarters, a visit; nobody's own word."""
    january_1, number = date(2020, 1, 1), Building.objects.count()
    values = {"name": f"{enterprise.name}大厦{number or ''}", "area_code": area, "contact_phone": "13900000001"}
    values["completed_on"] = january_1
    building = enter_building(BuildingLine(values, january_1, 200_000, 100_000), actor=None, at=AT)
    lines = [RoomLine(1, "1A", 10_000), RoomLine(1, "1B", 10_000)]
    let_room, vacant = enter_rooms(building, lines, since=january_1, actor=None, at=AT)
    lease = enter_lease(let_room, LeaseLine(enterprise, january_1, None), actor=None, at=AT)
    release_vacancy(vacant, released_on=january_1, rent_fen=None, available_on=None, actor=None, at=AT)
    enter_tax(building, year=2019, scope="TOTAL", amount_fen=10**10, reason="", actor=None, at=AT)
    there = Headquarters.objects.filter(enterprise=enterprise).exists()
    recognised = Headquarters.objects.create(
        enterprise=enterprise,
        level="CITY",
        since=january_1,
        document="文",
        last_on=DAY if there else None,
        entered_at=AT,
    )
    record_visit(building, VisitLine(january_1, f"走访{enterprise.name}"), actor=None, at=AT)
    world.buildings[area], world.rooms[area], world.leases[area] = building.code, let_room.serial, lease.code
    world.headquarters.setdefault(area, recognised.pk)
    drawing = SimpleUploadedFile("一层.png", b"\x89PNG\r\n\x1a\n" + area.encode())
    world.plans[area] = enter_plan(building, floor=1, file=drawing, actor=None, at=AT).pk


def a_chain(serial: int, **changed: Any) -> Chain:
    """A line of a ledger of workers."""
    values: dict[str, Any] = dict.fromkeys(field.name for field in fields(Chain))
    values |= {"phone": "", "household": "", "transport": "", "certificate_no": "", "observe_place": ""}
    values |= {"name": f"示例工{serial}", "document_no": identity(serial), "key_area": "NO"}
    return Chain(**(values | {"origin": "411400", "origin_text": "河南省商丘市"} | changed))


def difficulties() -> Lifecycle:
    """The lifecycle of difficulties."""
    found = lifecycle_of("resumption.difficulty")
    assert found is not None
    return found


def a_difficulty(enterprise: Enterprise) -> Matter:
    """A difficulty that the rule sends on at once."""
    difficulty = Difficulty("TRANSPORT", "需要两辆包车", "HOTLINE")
    return raise_difficulty(enterprise=enterprise, difficulty=difficulty, actor=None, at=AT)


def an_application(area: str, enterprise: Enterprise) -> Application:
    """A draft that says all that is asked for."""
    with transaction.atomic():
        code = next_code("RES", on=DAY)
        draft = Application(code=code, area_code=area, enterprise=enterprise, **(VALUES | {"planned_on": AT.date()}))
        return begin(APPLICATIONS, draft, on=DAY, at=AT, actor=None)


def name_of(area: str) -> str:
    """The name of the enterprise of this side."""
    return f"示例{NUMBERS[area]}号有限公司"


def _bring_in_facts(world: World) -> None:
    titles = ["企业名称", "统一社会信用代码", "四上类别", "所属街道", "职工总数"]
    rows = [[name_of(area), uscc(NUMBERS[area]), "规上工业", NAMES[area], STAFF[area]] for area in SIDES]
    head = "统计月份:2020年1月  制表单位:统计局"
    bring_in(workbook(world.folder / "名单(2020年1月).xlsx", head, titles, rows), at=AT)
    for area in SIDES:
        line = [NUMBERS[area], STAFF[area], "2020-02-10", AT_WORK[area]]
        report(world.folder, DAY, [line], NAMES[area])
        community = Area.objects.filter(code__startswith=area, level="COMMUNITY").order_by("code")[0]
        Enterprise.objects.filter(name=name_of(area)).update(community_code=community.code)


def add_upload(world: World, sender: User, area: str) -> Upload:
    """A file with one line that stands and one that is rejected, checked and waiting for its sender's word."""
    lines = [[NUMBERS[area], STAFF[area], "2020-02-10", AT_WORK[area]], [99, 10, "2020-02-10", 11]]
    path = ledger_file(world.folder, date(2020, 2, 17), lines, NAMES[area])
    world.files[area] = path
    with path.open("rb") as file:
        name = f"{SIDES[area]}-area-file.xlsx"
        sent = receive_upload(file=file, name=name, sheet="resumption.ledger", actor=sender, at=AT)
    return check_upload(upload_id=sent.pk, at=lambda: AT)


def _people() -> dict[str, User | None]:
    """Everyone who asks: each role in the own subdistrict, and in the whole district or in one community of it."""
    community = Area.objects.filter(code__startswith=OWN, level="COMMUNITY").order_by("code")[0].code
    people: dict[str, User | None] = {ANONYMOUS: None, NO_ROLE: a_user("no-role")}
    for role in Role:
        places = {"": OWN}
        if role not in TERRITORIAL_ROLES:
            places["@district"] = DISTRICT
        elif role not in {Role.STREET_ADMIN, Role.STREET_USER}:
            places["@community"] = community
        for suffix, area in places.items():
            who = f"{role.value}{suffix}"
            people[who] = a_user(who.lower(), (role, area))
    return people


# ---- what an answer shows -----------------------------------------------------------------------------
def marks(text: str, world: World) -> str:
    """Whose records and figures a text holds: "records own; figures own, district"; empty when it holds none."""
    records = [side for area, side in SIDES.items() if any(mark in text for mark in _record_marks(area, world))]
    sums = {side: _sum_marks(area) for area, side in SIDES.items()}
    sums["district"] = [sum(AT_WORK.values()), sum(STAFF.values())]
    figures = [side for side, numbers in sums.items() if any(_holds(text, number) for number in numbers)]
    found = {"records": records, "figures": figures}
    return "; ".join(f"{what} {', '.join(sides)}" for what, sides in found.items() if sides)


def _record_marks(area: str, world: World) -> list[str]:
    enterprise = world.enterprises[area]
    return [enterprise.name, str(enterprise.uscc), enterprise.code, f"{SIDES[area]}-area-file"]


def _sum_marks(area: str) -> list[int]:
    return [STAFF[area], AT_WORK[area]]


def _holds(text: str, number: int) -> bool:
    return re.search(rf"(?<!\d){number // 1000},?{number % 1000:03d}(?!\d)", text) is not None
