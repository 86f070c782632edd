"""Zones are entered, renamed and drawn by the office that confirms plans."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.projects.lifecycle import CONFIRM, check_duty
from shoushan.apps.projects.models import Zone, ZoneOutline
from shoushan.directory.frames import frame_of
from shoushan.lib import texts
from shoushan.lib.outlines import OutlineError, read_outline
from shoushan.lifecycle.errors import MissingError

if TYPE_CHECKING:
    from shoushan.directory.models import User

CODE: Final = re.compile("[A-Z0-9][A-Z0-9_-]*")


@transaction.atomic
def enter_zone(*, code: str, name: str, kind: str, actor: User | None, at: datetime) -> Zone:
    """A further zone, which nobody has drawn yet. Raises NotAllowedError, MissingError."""
    _check_office(actor, at)
    code = texts.narrow(code).strip().upper()
    problems = _problems_of_name(name, None)
    there = Zone.objects.filter(code=code).first()
    if not CODE.fullmatch(code):
        problems["code"] = _("代码只用字母、数字、“-”和“_”，并以字母或数字开头，如 MINGFU。")
    elif there is not None:
        words = {"code": code, "name": there.name}
        problems["code"] = _("代码 %(code)s 已用于“%(name)s”，请换一个代码，或直接修改那个片区。") % words
    if problems:
        raise MissingError(problems)
    zone = Zone(code=code, name=name.strip(), kind=kind)
    _save(zone)
    return zone


@transaction.atomic
def change_zone(*, zone: Zone, name: str, kind: str, actor: User | None, at: datetime) -> Zone:
    """What a zone is called and what kind it is of. Raises NotAllowedError, MissingError."""
    _check_office(actor, at)
    if problems := _problems_of_name(name, zone):
        raise MissingError(problems)
    zone.name, zone.kind = name.strip(), kind
    _save(zone)
    return zone


def _check_office(actor: User | None, at: datetime) -> None:
    if actor is not None:
        check_duty(actor, CONFIRM, on=timezone.localtime(at).date())


def _problems_of_name(name: str, own: Zone | None) -> dict[str, str]:
    """Lists name zones, so two names that a list can't tell apart are one."""
    key = texts.match_key(name)
    others = Zone.objects.exclude(pk=own.pk) if own else Zone.objects.all()
    taken = next((each for each in others if texts.match_key(each.name) == key), None)
    if taken is None:
        return {}
    words = {"name": taken.name, "code": taken.code}
    return {"name": _("已有片区“%(name)s”（代码 %(code)s），请核对是不是同一个片区，不是的请换一个名称。") % words}


def _save(zone: Zone) -> None:
    """Two people may enter the same at the same moment; the database lets one of them through."""
    try:
        with transaction.atomic():
            zone.save()
    except IntegrityError as error:
        raise MissingError({"name": _("刚刚有人登记了同名或同代码的片区，请返回片区列表查看。")}) from error


@transaction.atomic
def draw_zone(
    *, zone: Zone, text: str, source: str, is_schematic: bool, actor: User | None, at: datetime
) -> tuple[ZoneOutline, tuple[str, ...]]:
    """The outline of a zone from now on, with sentences about what was mended; the same again is no revision.

    Raises NotAllowedError and MissingError, whose sentence says where the outline is wrong.
    """
    _check_office(actor, at)
    if not text.strip():
        raise MissingError({"text": _("请上传边界文件，或把 GeoJSON 粘贴在这里。")})
    try:
        found = read_outline(text, frame_of(settings.DISTRICT_CODE))
    except OutlineError as error:
        raise MissingError({"text": error.sentence}) from error
    held = Zone.objects.select_for_update().get(pk=zone.pk)
    newest = held.outlines.order_by("-revision").first()
    said = (found.polygons, source.strip(), is_schematic)
    if newest is not None and (newest.polygons, newest.source, newest.is_schematic) == said:
        return newest, found.notes
    outline = ZoneOutline.objects.create(
        zone=held,
        revision=newest.revision + 1 if newest else 1,
        polygons=found.polygons,
        points=found.points,
        is_schematic=is_schematic,
        source=source.strip(),
        entered_at=at,
        entered_by=actor,
    )
    return outline, found.notes
