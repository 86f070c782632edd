"""How long a step of a matter may take: asked of the dated rule of its kind; the clock kind's own terms where none says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from shoushan.casework.enums import Timed
from shoushan.casework.kinds import kind_of
from shoushan.deadlines.enums import RungAction, RungWhen
from shoushan.deadlines.kinds import Rung
from shoushan.lib.languages import official
from shoushan.lifecycle import selectors
from shoushan.lifecycle.errors import PolicyError
from shoushan.lifecycle.policies import Fact

if TYPE_CHECKING:
    from shoushan.casework.models import Matter

REMIND, DUE, AGAIN = "remind", "due", "again"
AT_DUE: Final = Rung(DUE, RungAction.ESCALATE, RungWhen.AFTER_DUE, 0)
"""Every clock of a matter has it: what is not done by then is escalated, whoever has it."""
HALF: Final = Rung(REMIND, RungAction.REMIND, RungWhen.SHARE_USED, 50)
LATER: Final = Rung(AGAIN, RungAction.ESCALATE, RungWhen.WORKDAYS_OVERDUE, 2)


def terms_of(matter: Matter, step: Timed, *, on: date, subject_code: str = "") -> dict[str, Any]:
    """Purpose, unit, budget, rungs and organisation of the clock of a step, as `start_clock` takes them."""
    with official():
        words: dict[str, Any] = {"purpose": f"{step.label} {subject_code or matter.code}"}
    words["organisation"] = matter.lead
    row = _row(matter, step, on)
    if row is None:
        return words
    rungs = [AT_DUE]
    if row.get("remind"):
        rungs.insert(0, Rung(REMIND, RungAction.REMIND, RungWhen.SHARE_USED, int(row["remind"])))
    if row.get("again"):
        rungs.append(Rung(AGAIN, RungAction.ESCALATE, RungWhen.WORKDAYS_OVERDUE, int(row["again"])))
    return words | {"unit": row["unit"], "budget": int(row["budget"]), "rungs": tuple(rungs)}


def _row(matter: Matter, step: Timed, on: date) -> Any:
    kind = kind_of(matter.kind)
    facts: dict[str, Fact] = {"category": kind.lineage(matter.category), "step": step.value}
    try:
        return selectors.ruling(kind.terms_rule, on=on, area=matter.area_code, facts=facts).row
    except PolicyError:
        return None
