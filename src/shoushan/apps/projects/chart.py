"""The accounts of key projects, and where a project and its money are in them on a day.

What is on a list in force is counted; projects of at least 亿元 and smaller ones are two families, so that a count of the
one never holds the other. Free of any framework.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from shoushan.casework.chart import matter_accounts
from shoushan.ledger.transfers import Account, Move, Position, Positions

PROJECT: Final = "project"
YUAN: Final = "yuan"
SQM: Final = "sqm"
LARGE_FEN: Final = 10**10
"""亿元以上项目: total planned investment of at least 1 亿元 (handbook D1)."""

STAGES: Final = "projects.stages"
RETURNS: Final = "projects.returns"
LARGE: Final = "projects.large"
SMALL: Final = "projects.small"

LISTED, SMALL_LISTED = f"{LARGE}_rows.listed", f"{SMALL}_rows.listed"
PARTS, SMALL_PARTS = f"{LARGE}_parts.listed", f"{SMALL}_parts.listed"
TOTAL, YEAR_PLAN = f"{LARGE}_total.planned", f"{LARGE}_year.planned"
YEAR_APPROVED: Final = f"{LARGE}_year_approved.planned"
YEAR_DONE, ALL_DONE = f"{LARGE}_year_done.done", f"{LARGE}_all_done.done"
COMPLETING, PREMISES = f"{LARGE}_completing.planned", f"{LARGE}_premises.planned"
COMPLETED, PREMISES_DONE = f"{LARGE}_completed.in_year", f"{LARGE}_premises_done.in_year"
STARTING, STARTED = f"{LARGE}_starting.planned", f"{LARGE}_started.in_year"
LEVELS: Final = ("DISTRICT", "CITY", "PROVINCE", "NATION")
LEVEL_ACCOUNTS: Final = {level: f"{LARGE}_levels_{level.lower()}.listed" for level in LEVELS}

CAMPAIGN: Final = "projects.batch"
BATCHES: Final = ("SIGN", "LAND", "START")
OPEN_ITEMS: Final = {key: f"{CAMPAIGN}_{key.lower()}.open" for key in BATCHES}
ACHIEVED_ITEMS: Final = {key: f"{CAMPAIGN}_{key.lower()}.achieved" for key in BATCHES}
ACHIEVED_MONEY: Final = {key: f"{CAMPAIGN}_{key.lower()}_money.achieved" for key in BATCHES}

OBSTACLES: Final = "projects.obstacles"
IDEAS: Final = "projects.ideas"
IDEAS_OPEN: Final = tuple(f"{IDEAS}.{state}" for state in ("proposed", "studying", "ready"))
IDEAS_CONVERTED: Final = f"{IDEAS}.converted"
POOL_OPEN, POOL_CONVERTED = "projects.pool_money.open", "projects.pool_money.converted"
TAX_OPEN, TAX_CONVERTED = "projects.pool_tax.open", "projects.pool_tax.converted"
JOBS_OPEN, JOBS_CONVERTED = "projects.pool_jobs.open", "projects.pool_jobs.converted"
PERMITS: Final = "projects.permits"
PERMIT_STATES: Final = ("applied", "processing", "waiting", "granted", "refused", "returned")
PERMIT_OPEN: Final = tuple(f"{PERMITS}.{state}" for state in PERMIT_STATES[:3])
PERMIT_IN_TIME, PERMIT_LATE = "projects.permits_decided.in_time", "projects.permits_decided.late"

STANDING_BOOK: Final = "projects.standing"
CAMPAIGN_BOOK: Final = "projects.batches"
POOL_BOOK: Final = "projects.pool"

PROJECT_LISTED: Final = "projects.project_listed"
PROJECT_DELISTED: Final = "projects.project_delisted"
PLAN_APPROVED: Final = "projects.plan_approved"
PLAN_ADJUSTED: Final = "projects.plan_adjusted"
INVESTMENT_REPORTED: Final = "projects.investment_reported"
PROJECT_STARTED: Final = "projects.start_counted"
PROJECT_COMPLETED: Final = "projects.completion_counted"
CAMPAIGN_LISTED: Final = "projects.campaign_item_listed"
CAMPAIGN_ACHIEVED: Final = "projects.campaign_item_achieved"
CAMPAIGN_LEFT: Final = "projects.campaign_item_left"
IDEA_STATED: Final = "projects.idea_stated"
STANDING_CORRECTED: Final = "projects.standing_corrected"


def _accounts(stem: str, what: str) -> dict[str, tuple[str, str]]:
    return {
        f"{stem}_rows.listed": (PROJECT, f"rows of the lists in force, {what}"),
        f"{stem}_parts.listed": (PROJECT, f"works of these rows: a package by its parts, {what}"),
        f"{stem}_total.planned": (YUAN, f"total planned investment, {what}"),
        f"{stem}_year.planned": (YUAN, f"investment planned for the year of the list, {what}"),
        f"{stem}_year_approved.planned": (YUAN, f"the same before any adjustment, {what}"),
        f"{stem}_year_done.done": (YUAN, f"investment of the list's year that was reported, {what}"),
        f"{stem}_all_done.done": (YUAN, f"investment since the beginning, {what}"),
        f"{stem}_completing.planned": (PROJECT, f"rows to be completed within the list's year, {what}"),
        f"{stem}_premises.planned": (SQM, f"commercial premises to be completed within the list's year, {what}"),
        f"{stem}_completed.in_year": (PROJECT, f"rows completed within the list's year, {what}"),
        f"{stem}_premises_done.in_year": (SQM, f"premises completed within the list's year, {what}"),
        f"{stem}_starting.planned": (PROJECT, f"rows to be started within the list's year, {what}"),
        f"{stem}_started.in_year": (PROJECT, f"of these, rows that were started, {what}"),
        **{
            f"{stem}_levels_{level.lower()}.listed": (PROJECT, f"rows on the list of the {level.lower()}, {what}")
            for level in LEVELS
        },
    }


_STAGE_WORDS: Final = {
    "planning": "that are being thought out",
    "reserve": "in reserve",
    "signed": "with a formal contract",
    "landed": "with a company and a place",
    "preparation": "with their permits under way",
    "started": "whose permanent works have begun",
    "building": "under construction",
    "completed": "accepted as completed",
    "in_use": "in use",
    "halted": "halted or delayed",
}
ACCOUNTS: Final[dict[str, tuple[str, str]]] = {
    **_accounts(LARGE, "of at least 1 亿元"),
    **_accounts(SMALL, "of less than 1 亿元"),
    **{f"{STAGES}.{stage}": (PROJECT, f"projects {words}") for stage, words in _STAGE_WORDS.items()},
    **{OPEN_ITEMS[key]: (PROJECT, f"items of the batch {key} that are still to be achieved") for key in BATCHES},
    **{
        ACHIEVED_ITEMS[key]: (PROJECT, f"items of the batch {key} that were achieved within their campaign")
        for key in BATCHES
    },
    **{
        ACHIEVED_MONEY[key]: (YUAN, f"total planned investment of the achieved items of the batch {key}")
        for key in BATCHES
    },
    **{account: (PROJECT, f"ideas for projects that are {account.rpartition('.')[2]}") for account in IDEAS_OPEN},
    IDEAS_CONVERTED: (PROJECT, "ideas that became projects"),
    POOL_OPEN: (YUAN, "investment that ideas in the pool expect"),
    POOL_CONVERTED: (YUAN, "investment that ideas expected which became projects"),
    TAX_OPEN: (YUAN, "tax a year that ideas in the pool expect"),
    TAX_CONVERTED: (YUAN, "tax a year that ideas expected which became projects"),
    JOBS_OPEN: ("person", "jobs that ideas in the pool expect"),
    JOBS_CONVERTED: ("person", "jobs that ideas expected which became projects"),
    **matter_accounts(OBSTACLES, "obstacles of projects"),
    **{f"{PERMITS}.{state}": ("case", f"applications for permits that are {state}") for state in PERMIT_STATES},
    PERMIT_IN_TIME: ("case", "permits decided within the promised working days, by authority"),
    PERMIT_LATE: ("case", "permits decided later than promised, by authority"),
    f"{RETURNS}.reported": ("case", "monthly returns that wait for a review"),
    f"{RETURNS}.sent_back": ("case", "monthly returns sent back"),
    f"{RETURNS}.reviewed": ("case", "monthly returns that were reviewed and are closed"),
}
"""Every account but those of origin: its unit and what is in it."""

KINDS: Final[dict[str, str]] = {
    PROJECT_LISTED: "a project came onto a list",
    PROJECT_DELISTED: "a project was taken off a list, or the list's year ended",
    PLAN_APPROVED: "the plan of a year was approved",
    PLAN_ADJUSTED: "the plan of a year was adjusted, with a reason",
    INVESTMENT_REPORTED: "a monthly return stated the investment as of the month's last day",
    PROJECT_STARTED: "a start was confirmed: the year's starts count it from its day",
    PROJECT_COMPLETED: "a completion was confirmed: the year's completions count it from its day",
    CAMPAIGN_LISTED: "a project was put into a batch of a campaign",
    CAMPAIGN_ACHIEVED: "a project reached the stage that its batch asks for, within the campaign",
    CAMPAIGN_LEFT: "a project that had not achieved its item left the batch: taken out of it, or withdrawn altogether",
    IDEA_STATED: "what an idea expects was stated, or stated anew",
    STANDING_CORRECTED: "what was stated of a day was taken back, because the records no longer say it",
}
"""Every kind of entry of the book and what happened; those of steps are in their lifecycles."""


_LAST: Final = {
    **dict.fromkeys(("total", "year", "year_approved", "completing", "premises", "starting"), "planned"),
    **dict.fromkeys(("year_done", "all_done"), "done"),
    **dict.fromkeys(("completed", "premises_done", "started"), "in_year"),
}
"""Last part of the accounts that do not say what is listed."""


class Membership(NamedTuple):
    """On the list of a level for a year, from a day on; `until` is the first day off it."""

    year: int
    level: str
    since: date
    until: date | None


class Plan(NamedTuple):
    """A revision of a year's plan, in force from a day on."""

    on: date
    year: int
    revision: int
    total_fen: int
    done_before_fen: int
    year_fen: int
    starts: bool
    completes: bool
    premises_sqm: int


class Done(NamedTuple):
    """What a return says as of the last day of its month."""

    on: date
    year_fen: int
    total_fen: int


class Facts(NamedTuple):
    """All that decides where a project is in the accounts."""

    area: str
    kinds: tuple[tuple[date, str], ...]
    """Of which kind it is, since when."""
    parts: tuple[tuple[date, date | None], ...]
    """Since when each of its parts is known, and from when on it is none any more."""
    memberships: tuple[Membership, ...]
    plans: tuple[Plan, ...]
    returns: tuple[Done, ...] = ()
    started_on: date | None = None
    completed_on: date | None = None
    premises_done_sqm: int = 0

    def levels_on(self, day: date) -> dict[int, set[str]]:
        """The levels on whose lists it is, by year. A list is in force from its first day to the end of its year."""
        found: dict[int, set[str]] = {}
        for each in self.memberships:
            if each.since <= day < min(each.until or date.max, date(each.year + 1, 1, 1)):
                found.setdefault(each.year, set()).add(each.level)
        return found

    def plan_on(self, day: date, year: int) -> Plan | None:
        """The plan of a year that is in force on a day."""
        found = [each for each in self.plans if each.year == year and each.on <= day]
        return max(found, key=lambda each: (each.on, each.revision), default=None)

    def approved(self, year: int) -> Plan:
        """The plan of a year before any adjustment; there is one."""
        return min((each for each in self.plans if each.year == year), key=lambda each: each.revision)

    def kind_on(self, day: date) -> str:
        """Its kind on a day; before the first that is known, that one."""
        return max((each for each in self.kinds if each[0] <= day), key=lambda each: each[0], default=self.kinds[0])[1]

    def done_on(self, day: date) -> Done | None:
        """The newest return by a day."""
        return max((each for each in self.returns if each.on <= day), default=None)

    @property
    def turns(self) -> set[date]:
        """Every day on which something may change."""
        days = {each.since for each in self.memberships} | {each.until for each in self.memberships if each.until}
        days |= {date(each.year + 1, 1, 1) for each in self.memberships}
        days |= {each.on for each in self.plans} | {each.on for each in self.returns}
        days |= {since for since, _kind in self.kinds}
        days |= {day for part in self.parts for day in part if day}
        return days | {day for day in (self.started_on, self.completed_on) if day}


def positions_on(facts: Facts, day: date) -> Positions:
    """Where a project is on a day: nowhere unless it is on a list in force and has a plan of that year."""
    by_year = facts.levels_on(day)
    year = max(by_year, default=0)
    plan = facts.plan_on(day, year)
    if plan is None:
        return ()
    stem = LARGE if plan.total_fen >= LARGE_FEN else SMALL
    kind, found = facts.kind_on(day), _planned(facts, plan, by_year[year], day)
    return tuple(
        sorted(
            Position(Account(f"{stem}_{name}.{_LAST.get(name, 'listed')}", unit, facts.area, kind), amount)
            for name, unit, amount in found
            if amount
        )
    )


def _planned(facts: Facts, plan: Plan, levels: set[str], day: date) -> Iterator[tuple[str, str, int]]:
    yield "rows", PROJECT, 1
    yield "parts", PROJECT, max(sum(since <= day < (until or date.max) for since, until in facts.parts), 1)
    for level in levels:
        yield f"levels_{level.lower()}", PROJECT, 1
    yield "total", YUAN, plan.total_fen
    yield "year", YUAN, plan.year_fen
    yield "year_approved", YUAN, facts.approved(plan.year).year_fen
    done = facts.done_on(day)
    in_year = done is not None and done.on.year == plan.year
    yield "year_done", YUAN, done.year_fen if done and in_year else 0
    yield "all_done", YUAN, done.total_fen if done and in_year else plan.done_before_fen
    if plan.completes:
        yield "completing", PROJECT, 1
        yield "premises", SQM, plan.premises_sqm
    if facts.completed_on and facts.completed_on <= day and facts.completed_on.year == plan.year:
        yield "completed", PROJECT, 1
        yield "premises_done", SQM, facts.premises_done_sqm
    if plan.starts:
        yield "starting", PROJECT, 1
        if facts.started_on and facts.started_on <= day:
            yield "started", PROJECT, 1


def timeline(facts: Facts) -> dict[date, Positions]:
    """Every day on which the project's place changes, with the place from then on."""
    found: dict[date, Positions] = {}
    before: Positions = ()
    for day in sorted(facts.turns):
        positions = positions_on(facts, day)
        if positions != before:
            found[day] = positions
        before = positions
    return found


class Item(NamedTuple):
    """A project in a batch of a campaign, whose code is the category: since when, and when it was achieved."""

    campaign: str
    key: str
    since: date
    achieved_on: date | None
    total_fen: int
    """The project's total when it was achieved."""
    left_on: date | None = None
    """The day from which an item that is not achieved no longer counts."""

    def is_left(self, day: date) -> bool:
        """Has it left its batch by a day without being achieved?"""
        has_left = self.left_on is not None and self.left_on <= day
        return has_left and (self.achieved_on is None or self.achieved_on > day)


def campaign_positions(area: str, items: tuple[Item, ...], day: date) -> Positions:
    """Where a project is in its campaigns on a day."""
    found: list[Position] = []
    for item in items:
        if item.since > day or item.is_left(day):
            continue
        if item.achieved_on is None or item.achieved_on > day:
            found.append(Position(Account(OPEN_ITEMS[item.key], PROJECT, area, item.campaign), 1))
            continue
        found.append(Position(Account(ACHIEVED_ITEMS[item.key], PROJECT, area, item.campaign), 1))
        if item.total_fen:
            found.append(Position(Account(ACHIEVED_MONEY[item.key], YUAN, area, item.campaign), item.total_fen))
    return tuple(sorted(found))


def campaign_timeline(area: str, items: tuple[Item, ...]) -> dict[date, Positions]:
    """Every day on which its place in a campaign changes."""
    days = {item.since for item in items} | {item.achieved_on for item in items if item.achieved_on}
    days |= {item.left_on for item in items if item.left_on and item.left_on > item.since}
    return {day: campaign_positions(area, items, day) for day in sorted(days)}


def permit_decided(*, area: str, authority: str, is_late: bool) -> Move:
    """One more permit was decided by an authority, in time or late."""
    account = Account(PERMIT_LATE if is_late else PERMIT_IN_TIME, "case", area, authority)
    return Move(account.origin, account, 1)


def idea_positions(state: str, area: str, theme: str, *, invest_fen: int, tax_fen: int, jobs: int) -> Positions:
    """What an idea expects: in the pool, in a project, or nowhere once it was dropped."""
    if state == "DROPPED":
        return ()
    is_converted = state == "CONVERTED"
    found = (
        (POOL_CONVERTED if is_converted else POOL_OPEN, YUAN, invest_fen),
        (TAX_CONVERTED if is_converted else TAX_OPEN, YUAN, tax_fen),
        (JOBS_CONVERTED if is_converted else JOBS_OPEN, "person", jobs),
    )
    return tuple(sorted(Position(Account(code, unit, area, theme), amount) for code, unit, amount in found if amount))
