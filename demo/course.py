"""The course of the resumption: which enterprise resumes on which day, and how many people are back on each day after."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from demo import scenario
from demo.enterprises import Enterprise, population

# What the subdistricts' notes name as difficulties (reference-district.md, R7).
PROBLEMS = ("部分员工返济交通受阻", "部分员工居家隔离或所在村居封闭", "口罩、消毒液等防护物资紧缺", "流动资金紧张")


def shares(total: int, weights: Mapping[date, int]) -> dict[date, int]:
    """Split a total in proportion to whole weights by largest remainder, so that the parts add up exactly."""
    base = sum(weights.values())
    parts = {day: total * weight // base for day, weight in weights.items()}
    by_rest = sorted(weights, key=lambda day: (-(total * weights[day] % base), day))
    for day in by_rest[: total - sum(parts.values())]:
        parts[day] += 1
    return parts


def pace(random: Random) -> dict[date, int]:
    """Return a weight for each day after the first, up to the target day, working days far above weekends."""
    weights: dict[date, int] = {}
    day = scenario.FIRST_DAY + timedelta(days=1)
    while day <= scenario.TARGET_DAY:
        weekly = scenario.WEEKLY_PACE[day - timedelta(days=day.weekday())]
        weights[day] = weekly * random.randrange(80, 121) // (6 if day.weekday() > 4 else 1)
        day += timedelta(days=1)
    return weights


def _urgency(enterprise: Enterprise, random: Random) -> int:
    """Return a rank: essential trades and larger enterprises tend to come first."""
    return random.randrange(1000) - (700 if enterprise.trade.is_essential else 0) - min(enterprise.staff, 400) // 2


def _resume(queue: Sequence[Enterprise], plan: Mapping[date, int]) -> int:
    """Give the enterprises of a queue their days in order; return how many were served."""
    days = [day for day in sorted(plan) for _ in range(plan[day])]
    for enterprise, day in zip(queue, days, strict=False):
        enterprise.resumed_on = day
    return len(days)


def _schedule_frame(enterprises: list[Enterprise], random: Random) -> None:
    """Give every member of both lists its day, and take the March leavers from those who stay closed longest."""
    queue = [item for item in enterprises if item.january and item.march]
    ranks = {item.serial: _urgency(item, random) for item in queue}
    queue.sort(key=lambda item: (ranks[item.serial], item.serial))
    plan = shares(scenario.TARGET_ENTERPRISES - scenario.FIRST_DAY_ENTERPRISES, pace(random))
    plan[scenario.FIRST_DAY] = scenario.FIRST_DAY_ENTERPRISES
    plan |= scenario.LATER_RESUMPTIONS
    closed = [item for item in queue[_resume(queue, plan) :] if item.january is item.march]
    leavers = closed[: len(scenario.MARCH_LEAVES_AND_RESUMES) + scenario.MARCH_LEAVES_CLOSED]
    for leaver in leavers:
        leaver.march = None
    for leaver, day in zip(leavers, scenario.MARCH_LEAVES_AND_RESUMES, strict=False):
        leaver.resumed_on = day


def _schedule_outsiders(enterprises: list[Enterprise], random: Random) -> None:
    """Let most enterprises outside the lists resume between the first day and the middle of March."""
    for position, enterprise in enumerate(item for item in enterprises if item.is_outside):
        if position % 3 == 0:
            enterprise.resumed_on = scenario.FIRST_DAY
        elif position % 7:
            day = scenario.FIRST_DAY + timedelta(days=random.randrange(1, 36))
            enterprise.resumed_on = day - timedelta(days=max(0, day.weekday() - 4))


def _fill_people(enterprises: list[Enterprise], random: Random) -> None:
    """Give every enterprise a plausible share of its staff back at work on the target day."""
    for enterprise in enterprises:
        enterprise.start_permille = random.randrange(300, 650)
        permille = random.randrange(600, 960)
        enterprise.people_on_target_day = max(1, enterprise.staff * permille // 1000)


def _counted(enterprises: list[Enterprise]) -> list[Enterprise]:
    day = scenario.TARGET_DAY
    return [item for item in enterprises if item.category(day) and item.resumed_on and item.resumed_on <= day]


def _fit_people(enterprises: list[Enterprise], random: Random) -> None:
    """Scale staff and people so that the people of the counted enterprises meet the target, then settle the remainder."""
    counted = _counted(enterprises)
    drawn = sum(item.people_on_target_day for item in counted)
    for item in enterprises:
        if item.january or item.march:
            share = item.people_on_target_day * 1000 // item.staff
            item.staff = max(5, item.staff * scenario.TARGET_PEOPLE // drawn)
            item.people_on_target_day = max(1, item.staff * share // 1000)
    order = [item for item in counted if item.staff >= 20]
    random.shuffle(order)
    _settle(order, scenario.TARGET_PEOPLE - sum(item.people_on_target_day for item in counted))


def _settle(order: Sequence[Enterprise], missing: int) -> None:
    """Add or take one person at a time, round and round, within one and the staff of each enterprise."""
    step = 1 if missing > 0 else -1
    while missing:
        before = missing
        for item in order:
            if missing and 1 <= item.people_on_target_day + step <= item.staff:
                item.people_on_target_day += step
                missing -= step
        if before == missing:
            raise ValueError("The target of people cannot be met by these enterprises; change the staff bands.")


def _note_problems(enterprises: list[Enterprise], random: Random) -> None:
    for item in enterprises:
        if random.randrange(9) == 0:
            item.notes["problem"] = random.choice(PROBLEMS)


def people_at_work(enterprise: Enterprise, on: date) -> int:
    """Return the people back at work on a day: none before the resumption, growing to the target day and slowly after."""
    start = enterprise.resumed_on
    if start is None or start > on:
        return 0
    final, target = enterprise.people_on_target_day, scenario.TARGET_DAY
    if on > target:
        return final + (enterprise.staff - final) * min((on - target).days, 20) // 30
    span = max((target - start).days, 1)
    gone = (on - start).days if on < target else span
    permille = enterprise.start_permille + (1000 - enterprise.start_permille) * gone // span
    return max(1, final * permille // 1000)


def district(seed: int) -> list[Enterprise]:
    """Return the enterprises of the district with their whole course; the same for the same seed on every machine."""
    enterprises = population(seed)
    random = Random(f"{seed}:course")
    _schedule_frame(enterprises, random)
    _schedule_outsiders(enterprises, random)
    _fill_people(enterprises, random)
    _fit_people(enterprises, random)
    _note_problems(enterprises, random)
    return enterprises
