"""The lifecycle of a matter (handbook C4), made for each kind of matter that an app declares."""

from __future__ import annotations

from typing import Final

from shoushan.casework.enums import MatterState as S
from shoushan.casework.enums import Timed
from shoushan.casework.kinds import MatterKind
from shoushan.casework.lifecycle.above import above
from shoushan.casework.lifecycle.access import check_matter_access
from shoushan.casework.lifecycle.closing import closing
from shoushan.casework.lifecycle.giving import giving
from shoushan.casework.lifecycle.parts import start
from shoushan.casework.lifecycle.working import working
from shoushan.lifecycle.declarations import Lifecycle, State

TONES: Final = {
    S.RAISED: "soon",
    S.DISPATCHED: "soon",
    S.RULING: "late",
    S.WORKING: "soon",
    S.ANSWERED: "soon",
    S.CLOSED: "good",
    S.ARCHIVED: "good",
}
FINAL: Final = {S.ARCHIVED, S.MERGED, S.WITHDRAWN}
UNCOUNTED: Final = {S.MERGED, S.WITHDRAWN}


def _state(state: S) -> State:
    account = "" if state in UNCOUNTED else "closed" if state == S.ARCHIVED else state.value.lower()
    return State(state.value, state.label, TONES.get(state, "neutral"), account=account, is_final=state in FINAL)


def matter_lifecycle(kind: MatterKind) -> Lifecycle:
    """States and steps of one kind of matter."""
    return Lifecycle(
        code=kind.code,
        label=kind.label,
        model="casework.Matter",
        initial=S.RAISED,
        family=kind.family,
        category=lambda matter: kind.top(matter.category),
        officer=lambda matter: matter.officer_id,
        check_access=check_matter_access,
        clocks=(start(Timed.DISPATCH), start(Timed.CLOSE)),
        states=tuple(_state(state) for state in S),
        transitions=(*giving(kind), *working(kind), *closing(kind), *above(kind)),
    )
