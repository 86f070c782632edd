"""Which enterprise a line is about: credit code, then name; never a guess. What both tables share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from shoushan.exchange.declarations import Batch, Row, RowPlan, Sheet
from shoushan.lib import texts
from shoushan.registry.enums import Source
from shoushan.registry.selectors import (
    EnterpriseBrief,
    Match,
    SimilarNames,
    Stay,
    match_enterprises,
    stay_on,
    stays_of,
)
from shoushan.registry.services import Entered, NewEnterprise, enter_enterprises

MOST_STAFF: Final = 50_000
"""More people than the largest employer of a district has: a count of a whole group, or a slip."""

CATEGORY_SPELLINGS: Final = {
    "规模以上工业": "INDUSTRY",
    "规上工业": "INDUSTRY",
    "工业": "INDUSTRY",
    "有资质的建筑业": "CONSTRUCTION",
    "资质内建筑业": "CONSTRUCTION",
    "建筑业": "CONSTRUCTION",
    "限额以上批发业": "WHOLESALE",
    "限额以上批发": "WHOLESALE",
    "限上批发": "WHOLESALE",
    "批发业": "WHOLESALE",
    "批发": "WHOLESALE",
    "限额以上零售业": "RETAIL",
    "限额以上零售": "RETAIL",
    "限上零售": "RETAIL",
    "零售业": "RETAIL",
    "零售": "RETAIL",
    "限额以上住宿和餐饮业": "HOTEL_CATERING",
    "限额以上住宿、餐饮": "HOTEL_CATERING",
    "限上住餐": "HOTEL_CATERING",
    "住宿和餐饮业": "HOTEL_CATERING",
    "住宿餐饮": "HOTEL_CATERING",
    "住餐": "HOTEL_CATERING",
    "房地产开发经营业": "REALESTATE_DEV",
    "房地产开发经营": "REALESTATE_DEV",
    "房地产开发": "REALESTATE_DEV",
    "房地产业": "REALESTATE_DEV",
    "房地产": "REALESTATE_DEV",
    "规模以上服务业": "SERVICE",
    "规上服务业": "SERVICE",
    "服务业": "SERVICE",
}


def matches_of(sheet: Sheet, rows: Sequence[Row], batch: Batch) -> list[Match]:
    """What the register knows of each line; the batch remembers where those that ever moved lay (`refusal_of_area`)."""
    name, uscc = sheet.position("name"), sheet.position("uscc")
    keys = [texts.match_key(row.values[name]) for row in rows]
    matches = match_enterprises(usccs=[row.values[uscc] for row in rows], name_keys=keys)
    ids = [match.enterprise.id for match in matches if match.enterprise]
    batch.memory.setdefault("stays", {}).update(stays_of(enterprise_ids=ids))
    return matches


def refusal_of_match(sheet: Sheet, row: Row, match: Match, batch: Batch) -> RowPlan | None:
    """Why a line can't be put to an enterprise; None when it can."""
    if match.problem == "NAME_AMBIGUOUS":
        return sheet.reject(row, "name", "name_ambiguous", _("在册有多家同名企业，请补填统一社会信用代码。"))
    if match.problem == "NAME_HAS_OTHER_USCC" and match.enterprise and not batch.may_write(match.enterprise.area_code):
        message = _("其他街道有同名企业，统一社会信用代码与此不同，请核对代码和名称。")
        return sheet.reject(row, "uscc", "uscc_differs", message)
    if match.problem == "NAME_HAS_OTHER_USCC" and match.enterprise:
        message = _("在册同名企业的统一社会信用代码是 %(uscc)s，请核对是代码填错，还是另一家企业。")
        known = match.enterprise.uscc or ""
        return sheet.reject(row, "uscc", "uscc_differs", message % {"uscc": known}, suggestion=known)
    if match.problem == "BRANCH_WITH_PARENT_USCC":
        message = _("这一行是分支机构，填写的却是所属法人的信用代码，请改填分支机构自己的代码。")
        return sheet.reject(row, "uscc", "branch_with_parent_uscc", message)
    if match.enterprise is None and row.values[sheet.position("uscc")] is None:
        similar = [each.name for each in _similar(batch).suggest(texts.match_key(row.values[sheet.position("name")]))]
        message = _("没有填写统一社会信用代码，在册也没有这个名称的企业，请补填代码。")
        return sheet.reject(row, "uscc", "uscc_missing", message, suggestion="、".join(similar))
    return None


def _similar(batch: Batch) -> SimilarNames:
    found: SimilarNames = batch.memory.setdefault("similar_names", None) or SimilarNames(batch.area_scope)
    batch.memory["similar_names"] = found
    return found


def refusal_of_area(
    sheet: Sheet,
    row: Row,
    found: EnterpriseBrief | None,
    area: str | None,
    batch: Batch,
    *,
    since: date | None = None,
) -> RowPlan | None:
    """Why a line does not belong to the area that it names, or to the sender; None when all is well.

    A line belongs to where the enterprise lay on the file's day; one of a list of a month, which names `since`, to any
    place where it lay from that day on.
    """
    if area is None:
        return sheet.reject(row, "area", "area_missing", _("没有填写所属街道，表头的填报单位也认不出街道，请补填。"))
    if found is not None and area not in _areas_then(found, batch, since):
        return sheet.reject(row, "area", "other_subdistrict", _sentence_of_place(found, batch))
    if not batch.may_write(area):
        message = _("您只能填报本辖区的企业，%(name)s不在您的权限范围内。")
        return sheet.reject(row, "area", "outside_scope", message % {"name": area_name(batch, area)})
    return None


def _stays(found: EnterpriseBrief, batch: Batch) -> tuple[Stay, ...]:
    stays: tuple[Stay, ...] = batch.memory["stays"].get(found.id, ())
    return stays


def _day(batch: Batch) -> date:
    return batch.as_of or batch.today


def _area_then(found: EnterpriseBrief, batch: Batch, day: date | None = None) -> str:
    stay = stay_on(_stays(found, batch), day or _day(batch))
    return stay.area_code if stay else found.area_code


def _areas_then(found: EnterpriseBrief, batch: Batch, since: date | None) -> set[str]:
    if since is None:
        return {_area_then(found, batch)}
    return {_area_then(found, batch, since)} | {stay.area_code for stay in _stays(found, batch) if stay.since > since}


def _sentence_of_place(found: EnterpriseBrief, batch: Batch) -> str:
    """Which subdistrict answers for the enterprise on the day of the file; after a move, since when."""
    stays = _stays(found, batch)
    if not stays:
        message = _("该企业在册属地为%(name)s，一家企业只由属地街道填报一次；如已迁移，请先办理属地变更。")
        return message % {"name": area_name(batch, found.area_code)}
    before, after = stays[-2:]
    words = {
        "moved": after.since.isoformat(),
        "before": area_name(batch, before.area_code),
        "after": area_name(batch, after.area_code),
        "as_of": _day(batch).isoformat(),
        "name": area_name(batch, _area_then(found, batch)),
    }
    message = _(
        "该企业自 %(moved)s 起由%(before)s迁入%(after)s，截至 %(as_of)s 属地为%(name)s，请由%(name)s填报或核对截至日期。"
    )
    return message % words


def refusal_of_staff(sheet: Sheet, row: Row, staff_total: int | None) -> RowPlan | None:
    """Why a number of staff can't be that of one enterprise in the district; None when it can."""
    if staff_total is None or staff_total <= MOST_STAFF:
        return None
    message = _("职工总数 %(staff)d 超出单个企业的合理范围，请只填本企业在本区的人数。")
    return sheet.reject(row, "staff_total", "staff_implausible", message % {"staff": staff_total})


def refusal_of_repetition(sheet: Sheet, row: Row, found: EnterpriseBrief | None, batch: Batch) -> RowPlan | None:
    """Why a line that would stand can't: an earlier one is about the same enterprise, by whichever of code and name."""
    taken: dict[int | str, tuple[str, int]] = batch.memory.setdefault("lines_that_stand", {})
    name = texts.match_key(row.values[sheet.position("name")])
    keys: list[int | str] = [found.id] if found else []
    if row.values[sheet.position("uscc")] is None:
        keys.append(name)
    earlier = next((taken[key] for key in keys if key in taken), None)
    if earlier is None:
        taken[found.id if found else name] = row.tab, row.number
        return None
    number = str(earlier[1])
    message = _("本行与第 %(number)s 行是同一家企业，同一文件内每家企业只能出现一次，请删去多余的一行。")
    return sheet.reject(row, "name", "duplicate_in_file", message % {"number": number}, suggestion=number)


def area_name(batch: Batch, code: str) -> str:
    """An area's name, looked up once a file."""
    from shoushan.apps.resumption.selectors import names_of_subdistricts

    names: dict[str, str] = batch.memory.setdefault("area_names", None) or names_of_subdistricts()
    batch.memory["area_names"] = names
    return names.get(code, code)


def register(new: Sequence[tuple[Row, NewEnterprise]], *, source: Source, on: date, at: datetime) -> list[Entered]:
    """Enter enterprises that the register did not know."""
    return enter_enterprises(rows=[each for _row, each in new], source=source, on=on, at=at)
