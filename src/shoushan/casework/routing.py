"""Who does a matter: asked of the dated rule of its kind."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from django.utils.translation import gettext as _

from shoushan.casework.enums import Level
from shoushan.casework.kinds import kind_of
from shoushan.casework.rules import STREET
from shoushan.directory import selectors as directory
from shoushan.directory.enums import OrganisationKind
from shoushan.directory.models import Organisation, User
from shoushan.lifecycle import selectors
from shoushan.lifecycle.errors import PolicyError

if TYPE_CHECKING:
    from shoushan.casework.models import Matter

_APART: Final = re.compile(r"[、,;\s]+")


class Route(NamedTuple):
    """Where a matter goes by the rules; `is_direct` without anybody's dispatching it. `cited` names the rule."""

    level: str
    lead: Organisation | None
    assist: tuple[Organisation, ...]
    officer: User | None
    is_direct: bool
    cited: str
    problem: str = ""


def route_of(matter: Matter, *, on: date) -> Route:
    """What the rules of a day say of a matter; `problem` says what they lack, and then somebody has to dispatch it."""
    kind = kind_of(matter.kind)
    facts = {
        "category": kind.lineage(matter.category),
        "area": _prefixes(matter.area_code),
        "industry": _prefixes(matter.industry_code),
    }
    try:
        found = selectors.ruling(kind.routing_rule, on=on, area=matter.area_code, facts=facts)
    except PolicyError as error:
        return Route(Level.STREET, None, (), None, is_direct=False, cited="", problem=str(error))
    row = found.row
    known = {each.code: each for each in directory.organisations(on=on)}
    lead = office_of(matter.area_code, on=on) if row["lead"] == STREET else known.get(row["lead"])
    if lead is None:
        problem = _("%(cited)s的牵头单位“%(code)s”不在单位名录中，请更正分派规则。") % {
            "cited": found.cited,
            "code": row["lead"],
        }
        return Route(row["level"], None, (), None, is_direct=False, cited=found.cited, problem=problem)
    assist = tuple(
        known[code] for code in _APART.split(row.get("assist") or "") if code in known and known[code] != lead
    )
    officer = User.objects.filter(username=(row.get("officer") or "").lower(), is_active=True).first()
    return Route(row["level"], lead, assist, officer, is_direct=row["direct"] == "YES", cited=found.cited)


def office_of(area_code: str, *, on: date) -> Organisation | None:
    """The office of the subdistrict in which an area lies."""
    offices = directory.organisations(on=on, kind=OrganisationKind.SUBDISTRICT)
    return offices.filter(area_code=area_code[:9]).first()


def _prefixes(code: str) -> frozenset[str]:
    return frozenset(code[:length] for length in range(1, len(code) + 1))
