"""What a status report says of the portfolio of a year within an area."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any, Final

from django.utils import timezone

from shoushan.apps.projects.enums.projects import WAY, ChangeKind, Light, ProjectStage
from shoushan.apps.projects.models import StatusReport
from shoushan.apps.projects.selectors.comparison import baseline_day, compare
from shoushan.apps.projects.selectors.obstacles import category_of
from shoushan.apps.projects.selectors.reporting import Held, Now, as_they_were, listed_on, obstacles_on
from shoushan.apps.projects.selectors.returns import completion, due_in, last_month
from shoushan.apps.projects.services.comparisons import plain_value, what_of
from shoushan.apps.projects.services.report_words import NOTHING, Section, light, points, share, stage, yi
from shoushan.apps.projects.services.summaries import Summary
from shoushan.casework.enums import MatterState
from shoushan.lib.money import rounded

LINES: Final = 100
"""So many lines a table of a report has; that there are more is said below it, with where to find them."""


def sections_of(
    summary: Summary, *, areas: tuple[str, ...], year: int, as_of: date, before: StatusReport | None
) -> tuple[list[Section], dict[str, Any]]:
    """The sections of a portfolio's report, and the facts against which the next one is compared."""
    due = set(due_in(last_month(as_of), areas=areas).values_list("pk", flat=True))
    found = as_they_were(listed_on(year=year, day=as_of, areas=areas), year=year, day=as_of)
    obstacles = obstacles_on([each.project.pk for each in found], as_of)
    sections = [
        _whole(summary, found, before),
        _stages(found),
        _lights(found, as_of, due),
        _obstacles(obstacles, as_of),
        _leads(found, as_of),
        _since(areas, year=year, as_of=as_of, before=before),
    ]
    return sections, facts_of(found, obstacles, as_of)


def facts_of(found: list[Now], obstacles: list[Held], as_of: date) -> dict[str, Any]:
    """What the next report compares with."""
    lights = Counter(str(each.standing.light) for each in _told(found, as_of))
    return {
        "projects": len(found),
        "year_fen": sum(each.newest.year_fen for each in found if each.newest),
        "plan_fen": sum(each.plan.year_fen for each in found if each.plan),
        "lights": {each.value: lights[each.value] for each in Light},
        "obstacles": len(obstacles),
    }


def _whole(summary: Summary, found: list[Now], before: StatusReport | None) -> Section:
    if summary.is_empty:
        return Section("总体情况", ("这一天没有列入清单的项目。",))
    said = [summary.headline, summary.basis]
    if summary.ahead is not None:
        word = "快于" if summary.ahead >= 0 else "慢于"
        said.append(f"年度计划完成率{word}时间进度{rounded(abs(summary.ahead), 1)}个百分点。")
    if before is not None:
        said.append(_against(before, found))
    return Section("总体情况", tuple(said))


def _against(before: StatusReport, found: list[Now]) -> str:
    """Investment and number of projects against those of the report before."""
    old, done = before.said["facts"], sum(each.newest.year_fen for each in found if each.newest)
    more = done - old["year_fen"]
    word = f"{'增加' if more > 0 else '减少'}{yi(abs(more))}亿元" if more else "没有变化"
    count = f"由{old['projects']}个变为{len(found)}个" if old["projects"] != len(found) else f"仍为{len(found)}个"
    return f"与{before.number}（截至{before.as_of.isoformat()}）相比，本年完成投资{word}，清单项目{count}。"


def _stages(found: list[Now]) -> Section:
    counts = Counter(each.stage for each in found)
    money: Counter[str] = Counter()
    for each in found:
        money[each.stage] += each.plan.total_fen if each.plan else 0
    order = [*WAY, ProjectStage.HALTED, ProjectStage.WITHDRAWN]
    rows = [(stage(each), str(counts[each]), yi(money[each])) for each in order if counts[each]]
    rows.append(("合计", str(len(found)), yi(sum(money.values()))))
    return Section("按阶段", headings=("阶段", "项目（个）", "总投资（亿元）"), rows=tuple(rows), numbers_from=1)


def _told(found: list[Now], as_of: date) -> list[Now]:
    """Those whose newest return is of the month that is due; a light of an older month says nothing of it."""
    return [each for each in found if each.newest is not None and each.newest.month == last_month(as_of)]


def _lights(found: list[Now], as_of: date, due: set[int]) -> Section:
    """The lights of the month that is due, and how many of those that owe it have not sent it; the slow ones by name."""
    told = _told(found, as_of)
    counts = Counter(each.standing.light for each in told)
    silent = {each.project.pk for each in found} - {each.project.pk for each in told}
    missing = len(silent & due)
    shown = "、".join(f"{each.label}{counts[each]}个" for each in Light)
    slow = sorted(
        (each for each in found if each.standing.light in {Light.RED, Light.YELLOW}),
        key=lambda each: (each.standing.ahead or 0, each.name),
    )
    rows = tuple(
        (
            each.name,
            str(each.project.lead),
            light(each, as_of),
            yi(each.plan.year_fen if each.plan else None),
            yi(each.newest.year_fen if each.newest else None),
            share(each.standing.share),
            points(each.standing.ahead),
        )
        for each in slow[:LINES]
    )
    month = last_month(as_of).month if last_month(as_of).year == as_of.year else 0
    beside = f"，不需报送{len(silent) - missing}个" if len(silent) > missing else ""
    said = [f"按{month}月底的月度报送：{shown}，未报送{missing}个{beside}。" if month else "本年还没有可以亮灯的月份。"]
    headings = ("项目", "牵头单位", "亮灯", "年度计划（亿元）", "本年完成（亿元）", "完成率", "比时间进度（百分点）")
    return Section("亮灯", (*said, *_more(len(slow), "项目清单")), headings if rows else (), rows, numbers_from=3)


def _obstacles(found: list[Held], as_of: date) -> Section:
    critical = sum(each.record.is_critical for each in found)
    if not found:
        return Section("堵点", ("没有未解决的堵点。",))
    rows = tuple(
        (
            each.record.project.name,
            str(category_of(each.record.matter)),
            "是" if each.record.is_critical else "否",
            str(each.record.matter.lead or NOTHING),
            str(MatterState(each.state).label),
            str((as_of - timezone.localtime(each.record.matter.raised_at).date()).days),
        )
        for each in found[:LINES]
    )
    said = (f"未解决的堵点{len(found)}件，其中关键堵点{critical}件。", *_more(len(found), "事项清单"))
    return Section("堵点", said, ("项目", "类别", "关键", "承办单位", "状态", "已历时（天）"), rows, numbers_from=5)


def _leads(found: list[Now], as_of: date) -> Section:
    """Lead organisations by their share of the year's plan; the best first."""
    by_lead: dict[str, list[Now]] = {}
    for each in found:
        by_lead.setdefault(str(each.project.lead), []).append(each)
    lines = []
    for name, own in by_lead.items():
        plan = sum(each.plan.year_fen for each in own if each.plan)
        done = sum(each.newest.year_fen for each in own if each.newest)
        red = sum(each.standing.light == Light.RED for each in _told(own, as_of))
        rate = completion(done, plan)
        lines.append((rate is not None, rate or 0, len(own), name, plan, done, red))
    lines.sort(key=lambda each: (not each[0], -each[1], -each[2], each[3]))
    rows = tuple(
        (name, str(count), yi(plan), yi(done), share(rate * 100 if known else None), str(red))  # type: ignore[arg-type]
        for known, rate, count, name, plan, done, red in lines
    )
    headings = ("牵头单位", "项目（个）", "年度计划（亿元）", "本年完成（亿元）", "完成率", "红灯（个）")
    return Section("牵头单位", headings=headings, rows=rows, numbers_from=1)


def _since(areas: tuple[str, ...], *, year: int, as_of: date, before: StatusReport | None) -> Section:
    """What changed in the list since the report before; without one, since the list was approved."""
    first = before.as_of if before else min(baseline_day(year, as_of), as_of)
    found = compare(year=year, first=first, last=as_of, areas=areas)
    name = f"{before.number}（截至{first.isoformat()}）" if before else f"年初清单（{first.isoformat()}）"
    counts = "、".join(f"{each.label}{found.count(each)}个" for each in ChangeKind if found.count(each))
    if not counts:
        return Section("清单变化", (f"与{name}相比，清单没有变化。",))
    lines = [
        (
            one.name,
            str(each.kind.label),
            what_of(each) or NOTHING,
            plain_value(each, each.before) or NOTHING,
            plain_value(each, each.after) or NOTHING,
            each.reason or NOTHING,
        )
        for one in found.changed
        for each in one.changes
    ]
    said = (f"与{name}相比：{counts}。", *_more(len(lines), "清单对照"))
    return Section("清单变化", said, ("项目", "变化", "事项", "原为", "现为", "原因"), tuple(lines[:LINES]))


def _more(count: int, where: str) -> tuple[str, ...]:
    return (f"下表列前{LINES}行，共{count}行，全部见{where}。",) if count > LINES else ()
