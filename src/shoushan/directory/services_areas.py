"""Changes to areas and organisations; the reference district as package data."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from importlib import resources

from django.db import transaction
from django.utils.translation import gettext as _

from shoushan.directory.enums import CODE_LENGTHS, PARENT_LEVELS, AreaLevel, SuccessionKind
from shoushan.directory.errors import DirectoryError
from shoushan.directory.models import Area, AreaAlias, AreaSuccession, Organisation


@transaction.atomic
def create_area(*, code: str, name: str, valid_from: date) -> Area:
    """Open an area. Its level follows from the length of the code, its parent from the code's beginning."""
    level = next((level for level, length in CODE_LENGTHS.items() if length == len(code)), None)
    if level is None or not (code.isascii() and code.isdecimal()):
        raise DirectoryError(
            _("辖区代码“%(code)s”不正确：应为 6、9、12 或 15 位数字，请核对后重新填写。") % {"code": code}
        )
    if not name.strip():
        raise DirectoryError(_("辖区 %(code)s 没有名称，请填写名称。") % {"code": code})
    if Area.objects.filter(code=code).overlapping(valid_from, None).exists():
        raise DirectoryError(_("辖区代码 %(code)s 在该日期已经启用，请先停用原辖区或改用新代码。") % {"code": code})
    parent = _parent_area(code, level, valid_from)
    return Area.objects.create(code=code, level=level, name=name.strip(), parent=parent, valid_from=valid_from)


def _parent_area(code: str, level: str, on: date) -> Area | None:
    parent_level = PARENT_LEVELS.get(level)
    if parent_level is None:
        return None
    parent_code = code[: CODE_LENGTHS[parent_level]]
    parent = Area.objects.valid_on(on).filter(code=parent_code, level=parent_level).first()
    if parent is None:
        sentence = _("辖区 %(code)s 的上级 %(parent)s 在 %(on)s 没有启用，请先建立上级辖区。")
        raise DirectoryError(sentence % {"code": code, "parent": parent_code, "on": on})
    return parent


@transaction.atomic
def close_area(*, area: Area, valid_to: date) -> None:
    """End an area by its last day; areas below it must have ended by then."""
    row = Area.objects.select_for_update().get(pk=area.pk)
    if row.valid_to is not None or valid_to < row.valid_from:
        raise DirectoryError(
            _("辖区“%(name)s”不能在 %(on)s 停用：它已经停用，或停用日期早于启用日期。")
            % {"name": row.name, "on": valid_to}
        )
    if row.children.overlapping(valid_to + timedelta(days=1), None).exists():
        raise DirectoryError(_("辖区“%(name)s”还有启用中的下级辖区，请先停用或划转下级辖区。") % {"name": row.name})
    row.valid_to = valid_to
    row.save(update_fields=["valid_to"])


@transaction.atomic
def succeed_areas(*, old: Sequence[Area], new: Sequence[Area], kind: SuccessionKind, effective_on: date) -> None:
    """Old areas pass into new ones on a day: the old end the day before, what became of them is kept."""
    if not old or not new or {area.pk for area in old} & {area.pk for area in new}:
        raise DirectoryError(_("请至少各选一个原辖区和新辖区，并且二者不能相同。"))
    if any(area.valid_from < effective_on for area in new) and kind not in {
        SuccessionKind.MERGED,
        SuccessionKind.MOVED,
    }:
        raise DirectoryError(_("新辖区的启用日期早于生效日期 %(on)s，请核对日期。") % {"on": effective_on})
    for area in old:
        close_area(area=area, valid_to=effective_on - timedelta(days=1))
    AreaSuccession.objects.bulk_create(
        AreaSuccession(old=before, new=after, kind=kind, effective_on=effective_on) for before in old for after in new
    )


@transaction.atomic
def add_alias(*, area: Area, name: str, valid_to: date | None = None) -> AreaAlias:
    """Accept another spelling of an area's name from now on; adding it again changes nothing."""
    if not name.strip():
        raise DirectoryError(_("别名不能为空，请填写别名。"))
    return AreaAlias.objects.get_or_create(area=area, name=name.strip(), defaults={"valid_to": valid_to})[0]


@transaction.atomic
def move_organisation(*, organisation: Organisation, parent: Organisation | None) -> None:
    """Put an organisation under another one; never under itself or what is below it."""
    parents = dict(Organisation.objects.select_for_update().order_by("id").values_list("id", "parent_id"))
    step = parent.pk if parent else None
    while step is not None:
        if step == organisation.pk:
            raise DirectoryError(
                _("不能把“%(name)s”放到它自己的下级单位之下，请另选上级单位。") % {"name": organisation.name}
            )
        step = parents[step]
    Organisation.objects.filter(pk=organisation.pk).update(parent=parent)
    organisation.parent = parent


@transaction.atomic
def load_reference_district() -> None:
    """Load Lixia's areas and organisations from the package's data; what is there already stays as it is."""
    _load_areas()
    _load_organisations()


def _load_areas() -> None:
    known = dict(Area.objects.filter(valid_to=None).values_list("code", "id"))
    rows = list(_rows("lixia_areas.csv"))
    for level in AreaLevel.values:
        missing = [row for row in rows if row["level"] == level and row["code"] not in known]
        Area.objects.bulk_create(
            Area(
                code=row["code"],
                level=level,
                name=row["name"],
                parent_id=known.get(row["code"][: CODE_LENGTHS.get(PARENT_LEVELS.get(level, ""), 0)]),
                valid_from=date.fromisoformat(row["valid_from"]),
            )
            for row in missing
        )
        known = dict(Area.objects.filter(valid_to=None).values_list("code", "id"))
    aliases = [_alias(known[row["code"]], text) for row in rows for text in row["aliases"].split("|") if text]
    AreaAlias.objects.bulk_create(aliases, ignore_conflicts=True)


def _alias(area_id: int, text: str) -> AreaAlias:
    name, _mark, last_day = text.partition("<")
    return AreaAlias(area_id=area_id, name=name, valid_to=date.fromisoformat(last_day) if last_day else None)


def _load_organisations() -> None:
    for row in _rows("lixia_organisations.csv"):
        parent = Organisation.objects.filter(code=row["parent_code"]).first()
        values = {key: row[key] for key in ("name", "short_name", "kind", "area_code", "sort_no", "valid_from")}
        Organisation.objects.get_or_create(code=row["code"], defaults={**values, "parent": parent})


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files("shoushan.directory").joinpath("data", name).read_text(encoding="utf-8")
    return csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
