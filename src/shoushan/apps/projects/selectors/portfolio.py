"""The portfolio: every project with the plan and return that count, filtered and in order; the facts of one project."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Case, Exists, F, Func, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When

from shoushan.apps.projects.enums.projects import LEVELS, LIGHTS_RULE, WAY, Level, Light, ProjectStage
from shoushan.apps.projects.models import ListMembership, Milestone, MonthlyReturn, Obstacle, Project, ProjectPlan, Zone
from shoushan.apps.projects.selectors.names import project_like
from shoushan.apps.projects.selectors.returns import Standing, standing_of
from shoushan.casework.enums import OPEN
from shoushan.directory import scopes
from shoushan.lib import rows
from shoushan.lib.days import month_end
from shoushan.lifecycle.selectors import rule_history

NO_ZONE: Final = "-"
"""In the filter of zones: projects that lie in none."""
ORDERS: Final = {
    "name": "name_key",
    "area": "area_code",
    "lead": "lead__sort_no",
    "total": "plan_total",
    "year": "plan_year",
    "done": "done_year",
    "stage": "state",
}


def year_of(text: str, today: date) -> int:
    """The year that was asked for; where none can be read the newest that has a list, this year where none has."""
    if text.isascii() and text.isdecimal() and 2000 <= int(text) <= 2100:
        return int(text)
    newest = ListMembership.objects.filter(year__lte=today.year).aggregate(year=Max("year"))["year"]
    return int(newest or today.year)


def newest_day(year: int, today: date) -> date:
    """The last day for which a year's list can be asked."""
    return min(today, date(year, 12, 31))


FACTS: Final = ("plan_total", "plan_year", "start_year", "end_year", "done_year", "done_month", "level_rank")
"""What is known of a project for a year besides itself: the plan that counts, the newest return, the place of its highest level."""


def portfolio(*, areas: Sequence[str], year: int, facts: Collection[str] = FACTS) -> QuerySet[Project]:
    """The projects on a list of a year within areas, with those facts of the year that are asked for."""
    plans = ProjectPlan.objects.filter(project=OuterRef("pk"), year=year).order_by("-revision")
    done = MonthlyReturn.objects.filter(project=OuterRef("pk"), month__year=year).order_by("-month")
    listed = ListMembership.objects.filter(project=OuterRef("pk"), year=year, until__isnull=True)
    found = Project.objects.filter(scopes.within_any(areas, "area_code"), Exists(listed))
    sources = {
        "plan_total": (plans, "total_fen"),
        "plan_year": (plans, "year_fen"),
        "start_year": (plans, "start_year"),
        "end_year": (plans, "end_year"),
        "done_year": (done, "year_fen"),
        "done_month": (done, "month"),
    }
    asked: dict[str, Any] = {
        name: Subquery(sources[name][0].values(sources[name][1])[:1]) for name in sources if name in facts
    }
    if "level_rank" in facts:
        asked["level_rank"] = Subquery(_ranked(listed))
    return found.annotate(**asked).select_related("lead", "zone")


def facts_for(*, order: str, level: str) -> set[str]:
    """The facts that an order and the filter of levels need."""
    field = ORDERS.get(order.removeprefix("-"), "")
    by_order = {field} if field in FACTS else set() if field else {"level_rank", "plan_total"}
    return by_order | ({"level_rank"} if level else set())


def rows_of(ids: Sequence[int], year: int) -> list[Project]:
    """These projects in this order, with all facts of the year.

    A page asks for the ids in order first: with all that a row shows, a database makes every row before it sorts them.
    """
    made: dict[int, Any] = {}
    for part in rows.chunks(ids, 400):
        made |= Project.objects.select_related("lead").in_bulk(part)
    first, last = date(year, 1, 1), date(year, 12, 31)
    for pk, *plan, done, month, rank in rows.fetch_in(_FACTS_OF, ids, [year, year, year, first, last]):
        values = (*plan, done, month and rows.as_day(month), rank)
        vars(made[pk]).update(zip(FACTS, values, strict=True))
    return [made[pk] for pk in ids if pk in made]


_FACTS_OF: Final = f"""
SELECT p.id, plan.total_fen, plan.year_fen, plan.start_year, plan.end_year, done.year_fen, done.month,
       (SELECT MAX(CASE level {" ".join(f"WHEN '{level}' THEN {place}" for place, level in enumerate(LEVELS))} END)
          FROM projects_listmembership WHERE project_id = p.id AND year = %s AND until IS NULL)
  FROM projects_project p
  LEFT JOIN projects_projectplan plan ON plan.project_id = p.id AND plan.year = %s AND plan.revision =
       (SELECT MAX(revision) FROM projects_projectplan WHERE project_id = p.id AND year = %s)
  LEFT JOIN projects_monthlyreturn done ON done.project_id = p.id AND done.month =
       (SELECT MAX(month) FROM projects_monthlyreturn WHERE project_id = p.id AND month BETWEEN %s AND %s)
 WHERE p.id IN {{in}}
"""  # noqa: S608 - made of our own levels alone
"""FACTS of some projects: one statement, since a page asks for them each time and the mapper takes longer than the database."""


def _ranked(listed: QuerySet[ListMembership]) -> Any:
    """The highest level as its place in the order of levels."""
    rank = Case(
        *(When(level=level, then=Value(place)) for place, level in enumerate(Level)), output_field=IntegerField()
    )
    return listed.annotate(rank=Func(rank, function="MAX")).values("rank")  # no aggregate of the mapper, which groups


def filtered(
    found: QuerySet[Project],
    *,
    text: str = "",
    area: str = "",
    level: str = "",
    kind: str = "",
    stage: str = "",
    lead: str = "",
    zone: str = "",
    obstacle: str = "",
    order: str = "",
) -> QuerySet[Project]:
    """Those that the filters ask for, in order."""
    if text:
        found = found.filter(project_like(text))
    for name, value in (("area_code", area), ("kind", kind), ("state", stage), ("lead__code", lead)):
        if value:
            found = found.filter(**{name: value})
    if level:
        found = found.filter(Q(("level_rank__gte", LEVELS.index(level))))
    if zone:
        found = found.filter(zone__isnull=True) if zone == NO_ZONE else found.filter(zone__code=zone)
    if obstacle:
        own = Obstacle.objects.filter(project=OuterRef("pk"), matter__state__in=OPEN)
        red = Q(is_critical=True) | Q(matter__is_late=True)
        found = found.filter(Exists(own.filter(red) if obstacle == "RED" else own))
    field = ORDERS.get(order.removeprefix("-"), "")
    if not field:
        return found.order_by(F("level_rank").desc(), F("plan_total").desc(nulls_last=True), "pk")
    return found.order_by(F(field).desc(nulls_last=True) if order.startswith("-") else F(field).asc(), "pk")


class Lights:
    """Reads the rule once and gives every project of a list its light."""

    def __init__(self, *, on: date) -> None:
        self._history = rule_history(LIGHTS_RULE, area=settings.DISTRICT_CODE)
        self._by_day: dict[date, Sequence[dict[str, Any]]] = {}
        self._rows = self._rows_on(on)

    def _rows_on(self, day: date) -> Sequence[dict[str, Any]]:
        if day not in self._by_day:
            found = self._history.on(day)
            self._by_day[day] = list(found.rows) if found else []
        return self._by_day[day]

    def standing(self, project: Any) -> Standing:
        """Of a row of the portfolio; without a return there is none."""
        if project.done_month is None or not project.plan_year:
            return self.none()
        return self._of(project.done_year, project.plan_year, project.done_month.month)

    @staticmethod
    def none() -> Standing:
        """Of a project that has sent no return."""
        return Standing(None, None, Light.NONE)

    def of_return(self, each: MonthlyReturn, plan: ProjectPlan | None) -> Standing:
        """Of the newest return beside the plan of its year, by the rule of the day asked."""
        return self._of(each.year_fen, plan.year_fen if plan else 0, each.month.month)

    def of_month(self, each: MonthlyReturn, plan: ProjectPlan | None) -> Standing:
        """Of a month, past or not, by the rule in force at its end; `plan` is the one that was, see `plan_at`."""
        plan_fen, rows = plan.year_fen if plan else 0, self._rows_on(month_end(each.month))
        return standing_of(each.year_fen, plan_fen, each.month.month, rows)

    def red_of(self, listed: QuerySet[Any]) -> int:
        """How many projects of a portfolio have a red light."""
        rows = listed.values_list("done_month", "done_year", "plan_year")
        return sum(self._of(done, plan, month.month).light == Light.RED for month, done, plan in rows if month and plan)

    def _of(self, done_fen: int, plan_fen: int, month: int) -> Standing:
        """Of sums as of the end of a month."""
        return standing_of(done_fen, plan_fen, month, self._rows)


def level_of(rank: int | None) -> str:
    """The level of a rank, "" for none."""
    return "" if rank is None else LEVELS[rank]


def newest_milestones(project: Project) -> list[Milestone]:
    """Every milestone as it stands, in the order of the days planned."""
    newest: dict[str, Milestone] = {}
    for each in project.milestones.order_by("revision"):
        newest[each.key] = each
    return sorted(newest.values(), key=lambda each: (each.planned_on, each.key))


def steps_of(project: Project, days: Mapping[str, date]) -> list[dict[str, Any]]:
    """The way of a project for the stepper: what is behind, where it is, what is ahead; with the day on which each began."""
    state = ProjectStage(project.state)
    place = WAY.index(state) if state in WAY else _place_beside(days)
    marks = []
    for number, stage in enumerate(WAY):
        is_current = number == place
        shown = "current" if is_current else "done" if number < place else "todo"
        marks.append({"label": stage.label, "state": shown, "on": days.get(stage)})
    return marks


def _place_beside(days: Mapping[str, date]) -> int:
    """How far a halted or withdrawn project had come."""
    reached = [number for number, stage in enumerate(WAY) if stage in days]
    return max(reached, default=0)


def leads_of(year: int) -> list[tuple[str, str]]:
    """Code and name of the organisations that lead a project of a year's lists."""
    return [(code, short or name) for code, short, name in rows.fetch(_LEADS, [year])]


_LEADS: Final = """
SELECT code, short_name, name FROM directory_organisation o
 WHERE EXISTS (SELECT 1 FROM projects_project p WHERE p.lead_id = o.id AND EXISTS
       (SELECT 1 FROM projects_listmembership l WHERE l.project_id = p.id AND l.year = %s))
 ORDER BY sort_no, code
"""


def zones() -> list[tuple[str, str]]:
    """Code and name of every zone."""
    return list(Zone.objects.values_list("code", "name"))


def next_month(project: Project, today: date) -> date | None:
    """The oldest month of its newest list's year that is over and has no return; None when none is owed."""
    newest = project.memberships.filter(until__isnull=True).order_by("-year").first()
    if newest is None:
        return None
    there = set(project.returns.filter(month__year=newest.year).values_list("month", flat=True))
    month = date(newest.year, 1, 1)
    while month_end(month) <= today and month.year == newest.year:
        if month not in there:
            return month
        month = (month_end(month) + timedelta(days=1)).replace(day=1)
    return None
