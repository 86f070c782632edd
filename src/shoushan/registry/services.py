"""Changes to the registry: enterprises, their names, status and sites; frames."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from shoushan.directory.models import User
from shoushan.lib import rows as bulk
from shoushan.lib import texts
from shoushan.registry.enums import STATUS_CHANGES, AboveScaleType, EntityKind, RegistrationStatus, Source
from shoushan.registry.errors import RegistryError
from shoushan.registry.kinds import entity_kind, new_codes
from shoushan.registry.models import Enterprise, EnterpriseName, EnterpriseStatus, Frame, FrameMember, Site
from shoushan.registry.services_moves import Place, move_enterprises
from shoushan.registry.writing import CHUNK, lock_enterprises, write_fields

__all__ = [
    "Entered",
    "NewEnterprise",
    "Place",
    "RegistryError",
    "add_frame_members",
    "add_site",
    "change_status",
    "enter_enterprises",
    "lock_frame",
    "move_enterprises",
    "open_frame",
    "register_enterprise",
    "register_enterprises",
    "rename_enterprise",
    "update_enterprises",
]

# What an import may correct in place; name, area, status and code have verbs of their own.
CHANGEABLE: Final = frozenset(
    {
        "business_address",
        "community_code",
        "department_id",
        "employees_on",
        "employees_total",
        "established_on",
        "industry_code",
        "parent_uscc",
        "registered_address",
        "uscc",
    }
)


@dataclass(frozen=True, slots=True)
class NewEnterprise:
    """What is known of an enterprise that enters the register."""

    name: str
    area_code: str
    uscc: str | None = None
    entity_kind: EntityKind | None = None  # None: told from the credit code and the name
    parent_uscc: str = ""
    community_code: str = ""
    industry_code: str = ""
    department_id: int | None = None
    registered_address: str = ""
    business_address: str = ""
    established_on: date | None = None
    employees_total: int | None = None
    employees_on: date | None = None


class Entered(NamedTuple):
    """The keys of an enterprise that was entered just now."""

    id: int
    code: str


_COLUMNS: Final = [
    "id",
    "code",
    "uscc",
    "name",
    "name_key",
    "entity_kind",
    "is_branch",
    "parent_uscc",
    "status",
    "established_on",
    "industry_code",
    "department_id",
    "registered_address",
    "business_address",
    "area_code",
    "community_code",
    "employees_total",
    "employees_on",
    "source",
    "created_at",
    "updated_at",
]
_STATUS_COLUMNS: Final = ["enterprise_id", "status", "valid_from", "reason", "recorded_at"]


# ---- enterprises --------------------------------------------------------------------------------
def register_enterprise(*, row: NewEnterprise, source: Source, on: date, at: datetime) -> Enterprise:
    """Enter one enterprise; RegistryError when its credit code is registered already or a rule is broken."""
    return register_enterprises(rows=[row], source=source, on=on, at=at)[0]


@transaction.atomic
def register_enterprises(*, rows: Sequence[NewEnterprise], source: Source, on: date, at: datetime) -> list[Enterprise]:
    """Enter enterprises, in the order of the rows, as existing from the day `on`; all of them or none.

    The caller has matched the rows against the register before (selectors.match_enterprises).
    """
    entered = enter_enterprises(rows=rows, source=source, on=on, at=at)
    found: dict[int, Enterprise] = {}
    for part in bulk.chunks([each.id for each in entered], CHUNK):
        found |= Enterprise.objects.in_bulk(part)
    return [found[each.id] for each in entered]


@transaction.atomic
def enter_enterprises(*, rows: Sequence[NewEnterprise], source: Source, on: date, at: datetime) -> list[Entered]:
    """`register_enterprises` for imports: thousands of rows, and only their keys come back."""
    if not rows:
        return []
    _check_usccs_are_new([row.uscc for row in rows if row.uscc])
    entered = [
        Entered(number, code)
        for number, code in zip(bulk.reserve_ids("registry_enterprise", len(rows)), new_codes(len(rows)), strict=True)
    ]
    moment = at.astimezone(UTC).replace(tzinfo=None)  # the sessions of both databases are in UTC
    day = on.isoformat()
    try:
        with transaction.atomic():
            drafts = [_draft(row, key, source, moment) for row, key in zip(rows, entered, strict=True)]
            bulk.insert("registry_enterprise", _COLUMNS, drafts)
            first = [(key.id, RegistrationStatus.ACTIVE.value, day, "", moment) for key in entered]
            bulk.insert("registry_enterprisestatus", _STATUS_COLUMNS, first)
    except IntegrityError as error:
        raise RegistryError(
            _("企业信息前后不一致（辖区、社区、所属法人或职工总数截至日期），请核对后重新提交。")
        ) from error
    return entered


def _draft(row: NewEnterprise, entered: Entered, source: Source, moment: datetime) -> tuple[Any, ...]:
    """One row in the order of _COLUMNS."""
    key = texts.match_key(row.name)
    if not key:
        raise RegistryError(_("企业名称不能为空，请填写营业执照上的名称。"))
    kind = entity_kind(name=key, uscc=row.uscc, stated=row.entity_kind)
    return (
        entered.id,
        entered.code,
        row.uscc or None,
        texts.clean(row.name),
        key,
        kind.value,
        kind == EntityKind.BRANCH,
        row.parent_uscc,
        RegistrationStatus.ACTIVE.value,
        row.established_on,
        row.industry_code,
        row.department_id,
        row.registered_address,
        row.business_address,
        row.area_code,
        row.community_code,
        row.employees_total,
        row.employees_on,
        source.value,
        moment,
        moment,
    )


def _check_usccs_are_new(usccs: Sequence[str], *, besides: Iterable[int] = ()) -> None:
    own = set(besides)
    taken = {uscc for uscc, times in Counter(usccs).items() if times > 1}
    for start in range(0, len(usccs), CHUNK):
        rows = Enterprise.objects.filter(uscc__in=usccs[start : start + CHUNK]).values_list("id", "uscc")
        taken |= {str(uscc) for number, uscc in rows if number not in own}
    if taken:
        sentence = _("统一社会信用代码 %(codes)s 已经登记在另一企业名下，请核对代码或先合并企业。")
        raise RegistryError(sentence % {"codes": _("、").join(sorted(taken)[:3])})


@transaction.atomic
def update_enterprises(*, changes: Mapping[int, Mapping[str, Any]], at: datetime) -> int:
    """Correct fields of enterprises by id, {id: {field: value}}; how many rows were touched."""
    fields = {field for change in changes.values() for field in change}
    if not fields <= CHANGEABLE:
        raise RegistryError(_("字段 %(names)s 不能这样修改。") % {"names": _("、").join(sorted(fields - CHANGEABLE))})
    found = lock_enterprises(changes)
    _check_usccs_are_new([str(c["uscc"]) for c in changes.values() if c.get("uscc")], besides=changes)
    by_fields: dict[tuple[str, ...], list[int]] = {}
    for number in found:
        by_fields.setdefault(tuple(sorted(changes[number])), []).append(number)
    try:
        with transaction.atomic():
            for names, numbers in by_fields.items():
                write_fields(names, {number: [changes[number][name] for name in names] for number in numbers}, at=at)
    except (DataError, IntegrityError) as error:
        raise RegistryError(
            _("企业信息前后不一致（辖区、社区、所属法人或职工总数截至日期），请核对后重新提交。")
        ) from error
    return len(found)


@transaction.atomic
def rename_enterprise(*, enterprise: Enterprise, name: str, on: date, at: datetime) -> None:
    """Give an enterprise a new name from the day `on`; the old one is kept as a former name. Same name: no change."""
    row = Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    key = texts.match_key(name)
    if not key:
        raise RegistryError(_("企业名称不能为空，请填写营业执照上的名称。"))
    if texts.clean(name) == row.name:
        return
    last_day = on - timedelta(days=1)
    if row.former_names.filter(used_until_on__gte=last_day).exists():
        raise RegistryError(_("该企业在 %(on)s 当日或之后已经更名，请核对更名日期。") % {"on": on})
    if key != row.name_key:
        EnterpriseName.objects.create(enterprise=row, name=row.name, name_key=row.name_key, used_until_on=last_day)
    kind = entity_kind(name=key, uscc=row.uscc, stated=None if row.is_branch else EntityKind(row.entity_kind))
    row.name, row.name_key, row.updated_at = texts.clean(name), key, at
    row.entity_kind, row.is_branch = kind, kind == EntityKind.BRANCH
    row.save(update_fields=["name", "name_key", "entity_kind", "is_branch", "updated_at"])
    enterprise.refresh_from_db()


@transaction.atomic
def change_status(
    *, enterprise: Enterprise, status: RegistrationStatus, on: date, reason: str = "", at: datetime
) -> None:
    """Record a registration status from the day `on`; only steps of STATUS_CHANGES, in the order of days."""
    row = Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    if status not in STATUS_CHANGES[row.status]:
        names = {"now": RegistrationStatus(row.status).label, "then": RegistrationStatus(status).label}
        raise RegistryError(_("登记状态不能由“%(now)s”变为“%(then)s”，请核对该企业的登记状态。") % names)
    if row.statuses.filter(valid_from__gte=on).exists():
        raise RegistryError(_("该企业在 %(on)s 当日或之后已有状态变更，请核对日期。") % {"on": on})
    EnterpriseStatus.objects.create(enterprise=row, status=status, valid_from=on, reason=reason, recorded_at=at)
    row.status, row.updated_at = status, at
    row.save(update_fields=["status", "updated_at"])
    enterprise.refresh_from_db()


@transaction.atomic
def add_site(
    *, enterprise: Enterprise, name: str, area_code: str, community_code: str = "", address: str = "", valid_from: date
) -> Site:
    """Open a place of business of an enterprise."""
    if not name.strip() or enterprise.sites.filter(name=name.strip(), valid_to=None).exists():
        raise RegistryError(_("经营场所名称为空或与已有场所重复，请填写不同的名称。"))
    return Site.objects.create(
        enterprise=enterprise,
        name=name.strip(),
        address=address,
        area_code=area_code,
        community_code=community_code,
        valid_from=valid_from,
    )


# ---- frames -------------------------------------------------------------------------------------
@transaction.atomic
def open_frame(*, list_name: str, month: date, name: str = "", at: datetime) -> Frame:
    """The open frame of a list and month: the one being loaded, or a new one, a new revision after a locked one."""
    if month.day != 1:
        raise RegistryError(_("名册月份应填该月第一天，例如 2020-01-01，读到的是 %(month)s。") % {"month": month})
    frames = Frame.objects.select_for_update().filter(list_name=list_name, month=month).order_by("-revision")
    last = frames.first()
    if last is not None and not last.is_locked:
        return last
    title = name or f"{list_name}（{month.year}年{month.month}月）"
    revision = last.revision + 1 if last else 1
    return Frame.objects.create(name=title, list_name=list_name, month=month, revision=revision, created_at=at)


@transaction.atomic
def add_frame_members(*, frame: Frame, members: Mapping[int, AboveScaleType | str]) -> int:
    """Put enterprises {id: above-scale type} into an open frame; how many rows were new or changed.

    Branches are refused: only legal persons count as above scale (handbook B1).
    """
    row = _open(frame)
    ids = sorted(members)
    if branch := _first_branch(ids):
        raise RegistryError(_("“%(name)s”是分支机构，不能列入四上企业名册，请从名册中删除该行。") % {"name": branch})
    known = dict(FrameMember.objects.filter(frame=row).values_list("enterprise_id", "above_scale_type"))
    added = [number for number in ids if number not in known]
    FrameMember.objects.bulk_create(
        (FrameMember(frame=row, enterprise_id=number, above_scale_type=members[number]) for number in added),
        batch_size=CHUNK,
    )
    changed = [number for number in ids if number in known and known[number] != members[number]]
    for number in changed:
        FrameMember.objects.filter(frame=row, enterprise_id=number).update(above_scale_type=members[number])
    return len(added) + len(changed)


def _first_branch(ids: Sequence[int]) -> str:
    for start in range(0, len(ids), CHUNK):
        found = Enterprise.objects.filter(id__in=ids[start : start + CHUNK], is_branch=True).order_by("id").first()
        if found is not None:
            return found.name
    return ""


@transaction.atomic
def lock_frame(*, frame: Frame, by: User | None, at: datetime) -> None:
    """Fix the members for good; `by` is None when a command does it. Only a frame with members can be locked."""
    row = _open(frame)
    if not row.members.exists():
        raise RegistryError(_("名册“%(name)s”没有成员，不能锁定，请先导入名册。") % {"name": row.name})
    row.locked_at, row.locked_by = at, by
    row.save(update_fields=["locked_at", "locked_by"])
    frame.refresh_from_db()


def _open(frame: Frame) -> Frame:
    row = Frame.objects.select_for_update().get(pk=frame.pk)
    if row.is_locked:
        raise RegistryError(_("名册“%(name)s”已锁定，不能再修改，如需更正请导入新版名册。") % {"name": row.name})
    return row
