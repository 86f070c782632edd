"""The map of the cockpit: the chosen measure by subdistrict, or by the communities of one, with the table that says the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from shoushan.directory import scopes
from shoushan.directory.access import area_scope
from shoushan.directory.enums import AreaLevel, TargetKind
from shoushan.directory.scopes import SUBDISTRICT_LENGTH
from shoushan.directory.selectors import area_names, primary_leaders
from shoushan.directory.tiles import TileMap, Value, short_name, tile_map
from shoushan.figures import values
from shoushan.figures.measures import Measure

if TYPE_CHECKING:
    from shoushan.directory.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """One area of the table; the last one of a subdistrict may be what is known of it without a community (`is_rest`)."""

    code: str
    name: str
    value: Value
    leader: str = ""
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """The map with its table; `area` is the subdistrict looked into, "" for the whole."""

    area: str
    name: str
    leader: str
    map: TileMap
    lines: list[Line]
    value: Value
    frame: str
    is_part: bool
    """Does the reader see more than this area, so that there is a way back?"""


def known_area(asked: str, *, areas: Sequence[str], on: date) -> str:
    """The subdistrict asked for, "" for the whole; Http404 for one that is not there on the day or not the reader's."""
    if not asked or asked == settings.DISTRICT_CODE:
        return ""
    is_own = any(asked.startswith(area) or area.startswith(asked) for area in areas)
    if not is_own or asked not in area_names(on=on, level=AreaLevel.SUBDISTRICT):
        raise Http404(_("没有这个街道，或者它不在您的权限范围内，请从地图或数据表进入。"))
    return asked


def page_of_area(code: str) -> str:
    """The cockpit of a subdistrict, where what somebody answers for is shown."""
    return f"{reverse('portal:cockpit')}?area={code}"


def openable_areas(reader: User, codes: Collection[str], on: date) -> set[str]:
    """The subdistricts among these areas whose cockpit a person may open; areas of other levels have none."""
    scope = area_scope(reader, "figures.view_figure", on=on)
    return {code for code in codes if len(code) == SUBDISTRICT_LENGTH and scopes.meets(scope, code)}


def survey(measure: Measure, *, as_of: date, areas: Sequence[str], area: str = "", is_part: bool = False) -> Ground:
    """A measure by subdistrict, or by the communities of `area`, within the areas that the reader may see."""
    depth = values.COMMUNITY_DIGITS if area else values.SUBDISTRICT_DIGITS
    figure = values.evaluate(measure, as_of=as_of, areas=areas, by="area", depth=depth)
    level = AreaLevel.COMMUNITY if area else AreaLevel.SUBDISTRICT
    names = {code: name for code, name in area_names(on=as_of, level=level).items() if scopes.meets(areas, code)}
    leaders = primary_leaders(target_kind=TargetKind.AREA, within=area or settings.DISTRICT_CODE, on=as_of)
    by_area = {part.key: part.value for part in figure.parts}
    lines = [Line(code, name, by_area.get(code), leaders.get(code, "")) for code, name in names.items()]
    # An area that was closed before the day may still hold a number; the table leaves none out.
    closed = [part for part in figure.parts if part.key not in names and part.key != area]
    lines += [Line(part.key, str(part.name), part.value) for part in closed]
    if area and area in by_area:
        lines.append(Line(area, _("未记到社区"), by_area[area], is_rest=True))
    return Ground(
        area,
        area_names(on=as_of).get(area, "") if area else "",
        leaders.get(area, ""),
        _map(names, by_area, area),
        lines,
        figure.value,
        figure.frame,
        is_part,
    )


def _map(names: Mapping[str, str], by_area: Mapping[str, Value], area: str) -> TileMap:
    """Subdistricts lie roughly as the district's file says; how communities lie nobody told, so they fill rows by code."""
    short = {code: short_name(name) for code, name in names.items()}
    of_tiles = {code: value for code, value in by_area.items() if code in names}
    return tile_map("" if area else str(settings.DISTRICT_CODE), short, of_tiles)
