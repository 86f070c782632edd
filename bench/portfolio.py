"""Key projects of five years with a return a month: the portfolio page, and a list on two days.

Peer of the comparison: OpenProject's way, a journal row for every change of a project, replayed for both days and compared row
by row, as the simplest SQL that does it. It knows nothing of rows that were deleted, and has no reasons.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench import harness
from bench.list_page import Server, load

YI = 10**10
YEARS = (2020, 2021, 2022, 2023, 2024)
FIRST, LAST = date(2024, 1, 31), date(2024, 12, 31)
AT = datetime(2020, 1, 2, 1, tzinfo=UTC)
LATER = datetime(2024, 6, 3, 1, tzinfo=UTC)
HALTED = datetime(2024, 12, 2, 1, tzinfo=UTC)
"""After the first of the last month that reports work: a month that is halted as a whole has none."""
BATCH = 5_000


def run(*, full: bool) -> None:
    """The comparison in turn with the peer's; then the page, served by granian, signed in, one client."""
    size, rounds, requests = (5_000, 9, 200) if full else (200, 3, 40)
    with harness.instance() as home:
        moved = fill(size)
        journal(size)
        from shoushan.apps.projects.selectors.comparison import compare

        found = compare(year=2024, first=FIRST, last=LAST, areas=[harness.DISTRICT])
        changed = replayed()
        if not found.changed or len(found.changed) != len(changed):
            raise AssertionError((len(found.changed), len(changed)))
        mine, theirs = harness.alternating(
            lambda: harness.seconds(lambda: compare(year=2024, first=FIRST, last=LAST, areas=[harness.DISTRICT])),
            lambda: harness.seconds(replayed),
            rounds,
        )
        sizes = {"projects": size, "months": len(YEARS) * 12, "changed": len(changed), "stages": moved}
        ratio = harness.median([them / me for me, them in zip(mine, theirs, strict=True)])
        harness.report("portfolio_compare", ratio, ">=1", sizes | {"ours_s": mine, "peer_s": theirs})
        harness.report("portfolio_compare_ms", harness.median(mine) * 1000, "<=300", sizes)
        cookie = sign_in(home)
        with Server("shoushan.config.settings") as product:
            path = "/projects/?year=2024&as_of=2024-12-31&sort=-total"
            took = [each * 1000 for each in load(product.port, path, cookie, requests, 1)[1]]
        harness.report("portfolio_page_p95_ms", harness.percentile(took, 0.95), "<=80", sizes | {"ms": took})


def fill(size: int) -> int:
    """Projects on the lists of all years with plans, a return a month and milestones, a tenth of each changed in the last year."""
    from django.db import transaction

    from shoushan.apps.projects import books
    from shoushan.apps.projects.models import ListMembership, Milestone, MonthlyReturn, Project, ProjectPlan
    from shoushan.apps.projects.services import Arrival, take_lines
    from shoushan.directory.models import Organisation
    from shoushan.lib import rows
    from shoushan.lifecycle import seeds
    from shoushan.lifecycle.services import load_policies

    load_policies(seeds.registered(), at=AT)
    lead = Organisation.objects.order_by("pk")[0].pk
    projects: list[Project] = []
    for part in rows.chunks(range(size), 500):
        projects += take_lines([_line(number, lead) for number in part], Arrival(2020, date(2020, 1, 2), AT, None))
    for year in YEARS[1:]:
        on = date(year, 1, 2)
        listed = [ListMembership(project=each, year=year, level="DISTRICT", since=on) for each in projects]
        ListMembership.objects.bulk_create(listed, batch_size=BATCH)
        plans = [_plan(each, number, year, on) for number, each in enumerate(projects)]
        ProjectPlan.objects.bulk_create(plans, batch_size=BATCH)
    revised = projects[::10]
    on = LATER.date()
    again = [_plan(each, number * 10, 2024, on, revision=2) for number, each in enumerate(revised)]
    ProjectPlan.objects.bulk_create(again, batch_size=BATCH)
    for revision, at, some in ((1, AT, projects), (2, LATER, projects[1::10])):
        days = [_milestone(each, revision, at) for each in some]
        Milestone.objects.bulk_create(days, batch_size=BATCH)
    for year in YEARS:
        returns = [
            _return(each, number, date(year, month, 1))
            for number, each in enumerate(projects)
            for month in range(1, 13)
        ]
        MonthlyReturn.objects.bulk_create(returns, batch_size=BATCH)
    with transaction.atomic():
        books.sync([each.pk for each in projects], at=LATER, actor="system")
    return _halt(projects[2::10], lead)


def _line(number: int, lead: int) -> Any:
    from shoushan.apps.projects.services import ListLine

    area = harness.AREAS[number % 13]
    of_project = ("", "INDUSTRY", None, "示例公司（演示）", None, "示例路", "示例内容", lead, "", "", "")
    plan = ((2 + number % 40) * YI, 0, YI // 2, "", 2020, 2026, 0)
    return ListLine(None, f"示例第{number:05d}号项目（演示）", area, "DISTRICT", "BUILDING", of_project, plan)


def _plan(project: Any, number: int, year: int, on: date, revision: int = 1) -> Any:
    from shoushan.apps.projects.models import ProjectPlan

    return ProjectPlan(
        project=project,
        year=year,
        revision=revision,
        effective_on=on,
        total_fen=(2 + number % 40 + revision - 1) * YI,
        done_before_fen=0,
        year_fen=YI // 2,
        start_year=2020,
        end_year=2026,
        reason="示例调整" if revision > 1 else "",
        entered_at=LATER,
    )


def _milestone(project: Any, revision: int, at: datetime) -> Any:
    from shoushan.apps.projects.models import Milestone

    planned = date(2025, 1, 1)
    forecast = planned + timedelta(days=90) if revision > 1 else None
    return Milestone(
        project=project, key="ACCEPTANCE", revision=revision, planned_on=planned, forecast_on=forecast, entered_at=at
    )


def _return(project: Any, number: int, month: date) -> Any:
    from shoushan.apps.projects.models import MonthlyReturn

    each = 10**8 + number % 7 * 10**6
    past = (month.year - 2020) * 12
    return MonthlyReturn(
        code=f"PRG-{number:05d}-{month:%Y%m}",
        project=project,
        area_code=project.area_code,
        state="REVIEWED",
        state_on=month,
        month=month,
        month_fen=each,
        year_fen=each * month.month,
        total_fen=each * (past + month.month),
        progress="主体施工",
        reported_at=AT,
    )


def _halt(projects: list[Any], lead: int) -> int:
    """Some projects are halted by the office that confirms stages."""
    from shoushan.apps.projects.lifecycle import PROJECTS
    from shoushan.directory.enums import Role
    from shoushan.directory.models import Organisation
    from shoushan.directory.services import create_user, grant_role
    from shoushan.lifecycle.services import advance

    office = create_user(username="reform", password="long-enough-2020", display_name="发改（演示）", at=AT)
    office.organisation = Organisation.objects.get(code="DEPT_DEVELOPMENT_REFORM")
    office.save(update_fields=["organisation"])
    grant_role(user=office, role=Role.DEPT_USER, area_code=harness.DISTRICT, valid_from=date(2020, 1, 1))
    on = HALTED.date()
    for each in projects:
        advance(PROJECTS, each.pk, "halt", actor=office, at=HALTED, on=on, values={"on": on}, reason="示例")
    return len(projects)


JOURNAL = """
CREATE TABLE bench_journal (
    id INTEGER PRIMARY KEY, project_id BIGINT NOT NULL, since DATE NOT NULL, name VARCHAR(120) NOT NULL,
    state VARCHAR(20) NOT NULL, total_fen BIGINT NOT NULL, year_fen BIGINT NOT NULL, end_year INTEGER NOT NULL,
    accepted_on DATE NOT NULL, done_fen BIGINT NOT NULL
)
"""
REPLAY = """
SELECT b.project_id, a.name, b.name, a.state, b.state, a.total_fen, b.total_fen, a.end_year, b.end_year,
       a.accepted_on, b.accepted_on
  FROM bench_journal b JOIN bench_journal a ON a.project_id = b.project_id
 WHERE b.id = (SELECT j.id FROM bench_journal j WHERE j.project_id = b.project_id AND j.since <= %s
                ORDER BY j.since DESC, j.id DESC LIMIT 1)
   AND a.id = (SELECT j.id FROM bench_journal j WHERE j.project_id = a.project_id AND j.since <= %s
                ORDER BY j.since DESC, j.id DESC LIMIT 1)
   AND (a.name <> b.name OR a.state <> b.state OR a.total_fen <> b.total_fen OR a.year_fen <> b.year_fen
        OR a.end_year <> b.end_year OR a.accepted_on <> b.accepted_on)
"""


def journal(size: int) -> None:
    """The same history as journal rows: one a month with the month's investment, and the changes of the last year."""
    from django.db import connection, transaction

    from shoushan.apps.projects.models import Project

    ids = list(Project.objects.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(JOURNAL)
        number, insert = 0, f"INSERT INTO bench_journal VALUES ({', '.join(['%s'] * 10)})"
        for place, pk in enumerate(ids):
            lines = []
            for month in range(len(YEARS) * 12):
                year, of_year = YEARS[month // 12], month % 12 + 1
                is_late = (year, of_year) >= (2024, 6)
                since = date(2024, 6, 3) if (year, of_year) == (2024, 6) else date(year, of_year, 1)
                total = (2 + place % 40 + (is_late and place % 10 == 0)) * YI
                state = "HALTED" if is_late and place % 10 == 2 else "BUILDING"
                accepted = date(2025, 4, 1) if is_late and place % 10 == 1 else date(2025, 1, 1)
                number += 1
                words = (
                    number,
                    pk,
                    since,
                    f"示例第{place:05d}号项目（演示）",
                    state,
                    total,
                    YI // 2,
                    2026,
                    accepted,
                    month,
                )
                lines.append(words)
            cursor.executemany(insert, lines)
        cursor.execute("CREATE INDEX bench_journal_of ON bench_journal (project_id, since)")
        cursor.execute("ANALYZE")


def replayed() -> list[Any]:
    """The rows that differ between the two days."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(REPLAY, [LAST, FIRST])
        return list(cursor.fetchall())


def sign_in(home: Any) -> str:
    """A leader's cookie."""
    from django.core.management import call_command

    from shoushan.directory.enums import Role
    from shoushan.directory.services import create_user, grant_role

    user = create_user(username="leader", password="long-enough-2020", display_name="领导（演示）", at=AT)
    grant_role(user=user, role=Role.DISTRICT_LEADER, area_code=harness.DISTRICT, valid_from=date(2020, 1, 1))
    call_command("collectstatic", verbosity=0, interactive=False)
    return harness.cookie_of(user)
