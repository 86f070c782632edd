"""Why a line of a list of projects can't stand (handbook D6)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from statistics import median
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from shoushan.apps.projects.enums.projects import Kind, ProjectStage
from shoushan.apps.projects.selectors.codes import problem_of_code
from shoushan.apps.projects.selectors.lists import PLAN_FIELDS, PROJECT_FIELDS, Known, KnownProjects
from shoushan.apps.projects.services.lists import ListLine
from shoushan.directory.selectors import area_names
from shoushan.exchange.declarations import Batch, Problem, Row, RowPlan, Sheet
from shoushan.lib import texts
from shoushan.lib.money import FEN_PER_UNIT, from_fen

YI: Final = FEN_PER_UNIT["亿元"]
MOST_YI: Final = 2_000
"""A single project of more 亿元 than this is an amount in 万元; in a list of several half of it is."""
OUT_OF_PLACE: Final = 100
"""An amount so many times the middle of its column is nearer to it in the other unit: 亿元 and 万元 are 10,000 apart."""
OF_TWO: Final = 1_000
"""The same where there is but one other amount to compare with."""
LEAST_TOTAL: Final = FEN_PER_UNIT["万元"] * 500
"""A project below it is not counted as investment in fixed assets (handbook D1): as a total it may be one in 亿元 under 万元."""
ASSURED: Final = "金额已核实"
"""What the note says of an amount that looks odd and is right."""
ALIKE: Final = 80.0
MONEY: Final = ("total_fen", "done_before_fen", "year_fen")
_OTHER_PLACE: Final = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{2,3}市)?(?P<place>[\u4e00-\u9fff]{1,3}?[区县])"
)
_NUMBERS: Final = re.compile(r"\d+|[一二三四五六七八九十]+(?=期|号|标段|座|区|栋)")
_NO_DISTRICT: Final = ("片区", "园区", "社区", "小区", "新区", "城区", "街区", "校区", "院区", "库区", "景区", "厂区")


class Neighbours:
    """What the rows of one file say of each other: two units in one column, a package and its parts both summed."""

    def __init__(self, sheet: Sheet, rows: Sequence[Row]) -> None:
        self._sheet, self._rows = sheet, rows
        self._column = {name: self._sorted(name) for name in MONEY}
        self._within, self._maybe = self._parts()

    def _sorted(self, name: str) -> list[int]:
        values = [self._sheet.value(row, name) for row in self._rows]
        return sorted(value for value in values if value)

    def _parts(self) -> tuple[dict[int, int], dict[int, int]]:
        """Places of rows whose total is within that of a row above: it equals the sum of those that follow it.

        First those that have its owner, which can't both be counted; then all of them.
        """
        sure, found = dict[int, int](), dict[int, int]()
        for first, row in enumerate(self._rows):
            total, running = self._sheet.value(row, "total_fen"), 0
            for last in range(first + 1, len(self._rows)):
                if running >= total or self._sheet.value(self._rows[last], "package"):
                    break
                running += self._sheet.value(self._rows[last], "total_fen")
                if running == total and last > first + 1:
                    own = dict.fromkeys(range(first + 1, last + 1), first)
                    found |= own
                    if len({self._owner(self._rows[place]) for place in (first, *own)}) == 1:
                        sure |= own
        return sure, found

    def _owner(self, row: Row) -> str:
        return texts.match_key(self._sheet.value(row, "owner"))

    def refusal(self, place: int) -> RowPlan | None:
        """Why a row can't stand beside the others."""
        row = self._rows[place]
        for name in () if ASSURED in (self._sheet.value(row, "note") or "") else MONEY:
            value = self._sheet.value(row, name)
            likely = self._in_other_unit(name, value) if value else None
            if likely is not None:
                words = {"amount": _yi(value), "note": ASSURED}
                message = _(
                    "%(amount)s 亿元与同列其他数不在一个数量级，像是万元数；请换算成亿元，或写明单位；确实无误的，请在备注写“%(note)s”。"
                )
                if likely > value:
                    message = _(
                        "%(amount)s 亿元与同列其他数不在一个数量级，像是以亿元填写的数；请写明单位；确实无误的，请在备注写“%(note)s”。"
                    )
                return self._sheet.reject(row, name, "mixed_units", message % words, suggestion=_yi(likely))
        if place in self._within:
            number = str(self._rows[self._within[place]].number)
            message = _(
                "第 %(number)s 行的总投资等于其后各行之和，打包项目和子项不能都计；请在子项的“所属打包项目”填打包项目的名称。"
            )
            return self._sheet.reject(row, "total_fen", "parent_and_child", message % {"number": number})
        return None

    def warnings(self, place: int) -> list[Problem]:
        """What may be odd about a row beside those above it: parts of a package often have owners of their own."""
        if place not in self._maybe:
            return []
        number = str(self._rows[self._maybe[place]].number)
        message = _(
            "第 %(number)s 行的总投资正好等于其后各行之和，请核对这一行是不是它的子项；是的，请填写“所属打包项目”。"
        )
        row = self._rows[place]
        return [self._sheet.problem(row, "total_fen", "maybe_part", message % {"number": number}, level="warning")]

    def refusal_of_twin(self, place: int, codes: Sequence[str]) -> RowPlan | None:
        """The same project twice in the file, under two names or leads: one owner, one total, names that are alike."""
        row = self._rows[place]
        name, total = texts.match_key(row.values[0]), self._sheet.value(row, "total_fen")
        for other in range(place):
            before = self._rows[other]
            if self._sheet.value(before, "total_fen") != total or self._owner(before) != self._owner(row):
                continue
            is_part = self._sheet.value(before, "package")
            if is_part or (codes[place] and codes[other] and codes[place] != codes[other]):
                continue
            above = texts.match_key(before.values[0])
            if name != above and _are_alike(name, above):
                message = _(
                    "与第 %(number)s 行“%(name)s”建设单位和总投资相同、名称相近，疑为同一项目重复列入；确为两个项目的，请填写各自的统一代码。"
                )
                words = {"number": str(before.number), "name": before.values[0]}
                return self._sheet.reject(row, "name", "same_project_in_file", message % words)
        return None

    def _in_other_unit(self, name: str, value: int) -> int | None:
        """The amount as it is in the other unit, where it fits there and not as it stands."""
        column = self._column[name]
        others = len(column) - 1
        middle = (column[0] + column[1] - value) if others == 1 else median(column) if others > 1 else 0
        most = OF_TWO if others == 1 else OUT_OF_PLACE
        if value > MOST_YI * YI / min(2, len(column)) or (
            middle and value > middle * most and value < middle * most * 10_000
        ):
            return value // 10_000
        is_small = value < (LEAST_TOTAL if name == "total_fen" else middle / OUT_OF_PLACE**1.5)
        if middle and is_small and middle / most < value * 10_000 < middle * most:
            return value * 10_000
        return None


def _yi(fen: int) -> str:
    return f"{from_fen(fen, '亿元').normalize():f}"


def refusal_of_code(
    sheet: Sheet, row: Row, code: str, known: KnownProjects, name_key: str, batch: Batch
) -> RowPlan | None:
    """A national code is well formed, and is not that of another project."""
    if not code:
        return None
    problem = problem_of_code(code, on=batch.today)
    if problem:
        return sheet.reject(row, "project_code", "project_code_form", problem)
    named = known.by_name.get(name_key)
    other = known.by_code.get(code)
    if named is not None and named.project_code not in {"", code}:
        message = _("在册同名项目的统一代码是 %(code)s，请核对是代码填错，还是另一个项目。")
        words = {"code": named.project_code}
        return sheet.reject(row, "project_code", "project_code_differs", message % words, suggestion=named.project_code)
    if named is not None and other is not None and other.id != named.id:
        message = _("这个统一代码是在册项目“%(name)s”的，请核对代码。") % {"name": other.name}
        return sheet.reject(row, "project_code", "project_code_of_another", message)
    return None


def refusal_of_lead(sheet: Sheet, row: Row, leads: dict[str, int]) -> RowPlan | None:
    """The lead is an organisation of the district."""
    said = sheet.value(row, "lead")
    if texts.match_key(said) in leads:
        return None
    near = process.extractOne(texts.match_key(said), list(leads), scorer=fuzz.partial_ratio, score_cutoff=ALIKE)
    message = _("“%(name)s”不是本区登记的单位，请填写单位的全称或简称。") % {"name": said}
    return sheet.reject(row, "lead", "lead_unknown", message, suggestion=near[0] if near else "")


def area_of(sheet: Sheet, row: Row, batch: Batch) -> str | None:
    """The subdistrict of a line: as its column says, else as the place begins."""
    said: str | None = sheet.value(row, "area")
    if said or batch.area_matcher is None:
        return said
    site = sheet.value(row, "site")
    for end in range(len(site), 1, -1):
        found = batch.area_matcher.match(site[:end])
        if found is not None:
            return found.code
    return None


def refusal_of_place(sheet: Sheet, row: Row, found: Known | None, batch: Batch) -> RowPlan | None:
    """The place lies in the district, and in the sender's scope."""
    name = _district_name(batch)
    match = _OTHER_PLACE.match(sheet.value(row, "site"))
    if match and not match["place"].endswith(_NO_DISTRICT) and match["place"] != name:
        message = _("建设地点在“%(place)s”，不在本区，请核对；跨区项目请只列本区部分。") % {"place": match["place"]}
        return sheet.reject(row, "site", "outside_district", message)
    area = area_of(sheet, row, batch)
    if found is not None:
        if area and area != found.area_code:
            message = _("项目在册属地是“%(name)s”，与这一行不同，请核对；属地变更请联系确认单位。")
            return sheet.reject(row, "area", "area_differs", message % {"name": _names(batch).get(found.area_code, "")})
        return None
    if area is None:
        message = _("看不出在哪个街道，请填写“所属街道”，或把街道写在建设地点的开头。")
        return sheet.reject(row, "area", "area_missing", message)
    return None


def _district_name(batch: Batch) -> str:
    return _names(batch).get(settings.DISTRICT_CODE, "")


def _names(batch: Batch) -> dict[str, str]:
    if "area_names" not in batch.memory:
        batch.memory["area_names"] = area_names()
    names: dict[str, str] = batch.memory["area_names"]
    return names


def refusal_of_history(sheet: Sheet, row: Row, found: Known | None, day: date) -> RowPlan | None:
    """A project that has left for good stays away; what a newer list says is not overruled by an older one."""
    if found is None:
        return None
    if found.state == ProjectStage.WITHDRAWN:
        words: dict[str, Any] = {"name": found.name, "day": found.state_on.isoformat()}
        message = _("“%(name)s”已于 %(day)s 退出，不能再列入清单；重新启动的请以新名称作为新项目列入。")
        return sheet.reject(row, "name", "project_withdrawn", message % words)
    if found.newest_on is not None and day < found.newest_on:
        words = {"day": day.isoformat(), "newest": found.newest_on.isoformat()}
        message = _(
            "在册内容来自 %(newest)s 的清单或调整，比本清单（%(day)s）新，没有采用；请核对截至时间，过去的更正请在项目页面办理。"
        )
        return sheet.reject(row, "", "list_is_older", message % words)
    return None


def refusal_of_part(sheet: Sheet, row: Row, known: KnownProjects, found: Known | None) -> RowPlan | None:
    """What is known as part of a packaged project is not a row of its own beside it."""
    package = None if found is not None else known.by_part.get(texts.match_key(row.values[0]))
    if package is None:
        return None
    message = _("“%(name)s”在册是打包项目“%(package)s”的子项，两处都列会重复计算；请在“所属打包项目”填打包项目的名称。")
    return sheet.reject(row, "name", "part_on_its_own", message % {"name": row.values[0], "package": package.name})


def refusal_of_twin(sheet: Sheet, row: Row, known: KnownProjects, found: Known | None, code: str) -> RowPlan | None:
    """The same project under two names: the same owner and total, and names that are alike. Codes that differ say that it is not."""
    if found is not None:
        return None
    name = texts.match_key(sheet.value(row, "name"))
    for other in known.by_owner.get(texts.match_key(sheet.value(row, "owner")), []):
        is_other = bool(code and other.project_code and code != other.project_code)
        if is_other or other.total_fen != sheet.value(row, "total_fen"):
            continue
        if _are_alike(name, other.name_key):
            words: dict[str, Any] = {"name": other.name, "code": other.code}
            message = _(
                "与在册项目“%(name)s”（%(code)s）建设单位和总投资相同、名称相近，疑为同一项目；确为两个项目的，请填写各自的统一代码。"
            )
            return sheet.reject(row, "name", "same_project", message % words, suggestion=other.name)
    return None


def _are_alike(name: str, other: str) -> bool:
    """Are two names alike but for numbers? Phase one and phase two are two projects."""
    if _NUMBERS.findall(name) != _NUMBERS.findall(other):
        return False
    return fuzz.ratio(name, other) >= ALIKE or fuzz.partial_ratio(name, other) >= ALIKE


def warnings_of_known(sheet: Sheet, row: Row, found: Known, line: ListLine) -> list[Problem]:
    """What the register says otherwise of the project of a line: taken as it stands where it may be, and said."""
    said: list[tuple[str, str, str]] = []
    stage = sheet.value(row, "stage")
    if found.state == ProjectStage.HALTED:
        words: dict[str, Any] = {"day": found.state_on.isoformat(), "stage": ProjectStage(stage).label if stage else ""}
        message = _("项目在册自 %(day)s 起停建缓建，清单仍列为“%(stage)s”，请核对；恢复建设请在项目页面办理。")
        if not stage:
            message = _("项目在册自 %(day)s 起停建缓建，清单仍列入当年计划，请核对；恢复建设请在项目页面办理。")
        said.append(("stage", "project_halted", message % words))
    elif stage and stage != found.state:
        message = _("项目在册阶段是“%(stage)s”，阶段只在项目页面凭依据办理，清单所填不改变阶段。")
        said.append(("stage", "stage_by_steps", message % {"stage": ProjectStage(found.state).label}))
    if found.name_key != texts.match_key(row.values[0]):
        message = _("名称与在册名称“%(name)s”不同，按代码或曾用名认定为同一项目；更名请在项目页面办理。")
        said.append(("name", "name_differs", message % {"name": found.name}))
    values, known = (dict(zip(PROJECT_FIELDS, each, strict=True)) for each in (line.project, found.values))
    for name, column in (("owner_name", "owner"), ("site", "site")):
        if texts.match_key(values[name]) != texts.match_key(known[name]):
            message = _("在册的是“%(before)s”，导入后自清单之日起改为“%(after)s”，此前的仍可按日期查看。")
            said.append((column, f"{column}_changes", message % {"before": known[name], "after": values[name]}))
    if values["lead_id"] != known["lead_id"]:
        message = _("在册牵头单位是“%(before)s”，导入后改为“%(after)s”，请核对是不是同一个项目。")
        words = {"before": found.lead, "after": sheet.value(row, "lead")}
        said.append(("lead", "lead_changes", message % words))
    kind = sheet.value(row, "kind")
    if kind and kind != found.kind:
        message = _("在册类别是“%(before)s”，清单所填不改变类别；确需变更的，请在项目页面办理“调整”。")
        said.append(("kind", "kind_by_steps", message % {"before": Kind(found.kind).label}))
    if found.plan and found.plan != line.plan:
        message = _("与在册的当年计划不同（%(changes)s），导入后作为计划调整，原计划和依据的文件都保留。")
        said.append(("year_fen", "plan_adjusted", message % {"changes": _changes(found.plan, line.plan)}))
    return [sheet.problem(row, name, code, message, level="warning") for name, code, message in said]


def _changes(before: Sequence[Any], after: Sequence[Any]) -> str:
    """What of a plan changes, from what to what."""
    labels = {
        "total_fen": _("总投资"),
        "done_before_fen": _("截至上年底完成"),
        "year_fen": _("本年计划投资"),
        "year_content": _("本年建设内容"),
        "start_year": _("开工年份"),
        "end_year": _("竣工年份"),
        "premises_sqm": _("本年竣工载体面积"),
    }
    found = []
    for name, old, new in zip(PLAN_FIELDS, before, after, strict=True):
        if old != new and name in MONEY:
            pair = {"old": _yi(old), "new": _yi(new)}
            found.append(labels[name] + _(" %(old)s 亿元改为 %(new)s 亿元") % pair)
        elif old != new:
            found.append(labels[name] if name == "year_content" else f"{labels[name]} {old}→{new}")
    return _("、").join(found)
