"""Ideas are entered and kept up by those who propose them; how far the pool is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.projects import books
from shoushan.apps.projects.enums.pool import IdeaState
from shoushan.apps.projects.lifecycle import REPORT
from shoushan.apps.projects.lifecycle.pool import IDEAS, OPEN_IDEAS, check_idea_access
from shoushan.apps.projects.measures import POOL
from shoushan.apps.projects.models import Idea
from shoushan.apps.projects.selectors.pool import Goal, goal, share
from shoushan.directory.access import NotAllowedError, check_permission
from shoushan.directory.actors import actor_code
from shoushan.figures.values import Figure, evaluate_many
from shoushan.lib import texts
from shoushan.lifecycle.errors import GuardError, MissingError
from shoushan.lifecycle.numbering import next_code
from shoushan.lifecycle.services import begin

if TYPE_CHECKING:
    from shoushan.directory.models import Organisation, User

IDEA_FIELDS: Final = ("name", "theme", "zone", "industry", "content", "invest_fen", "tax_fen", "jobs", "source")


@transaction.atomic
def propose_idea(
    *,
    values: Mapping[str, Any],
    area_code: str,
    on: date,
    actor: User | None,
    at: datetime,
    lead: Organisation | None = None,
) -> Idea:
    """An idea enters the pool on a day, as one of the person's organisation. Raises NotAllowedError, MissingError."""
    today = timezone.localtime(at).date()
    own = lead or (actor.organisation if actor else None)
    if actor is not None:
        check_permission(actor, REPORT, on=today, area=area_code)
    if own is None:
        raise NotAllowedError(_("您的账号没有所属单位，请联系本单位的系统管理员补充后再填报。"))
    problems = problems_of_idea(values, None)
    if on > today:
        problems["on"] = _("入库日期还没有到，请核对。")
    if problems:
        raise MissingError(problems)
    words = {name: values[name] for name in IDEA_FIELDS}
    idea = Idea(
        code=next_code("IDE", on=on),
        area_code=area_code,
        lead=own,
        proposed_on=on,
        name_key=texts.match_key(values["name"]),
        **words,
    )
    begin(IDEAS, idea, on=on, at=at, actor=actor)
    books.state_idea(idea, on=on, at=at, actor=actor_code(actor))
    return idea


@transaction.atomic
def change_idea(*, idea: Idea, values: Mapping[str, Any], actor: User, at: datetime) -> Idea:
    """What an idea says from today on; the figures of earlier days stay. Raises NotAllowedError, GuardError, MissingError."""
    today = timezone.localtime(at).date()
    check_idea_access(actor, idea, REPORT, today)
    held = Idea.objects.select_for_update().get(pk=idea.pk)
    if held.state not in OPEN_IDEAS:
        words = {"code": held.code, "state": IdeaState(held.state).label}
        raise GuardError(_("%(code)s是“%(state)s”，不能再修改。") % words)
    if held.theme != values["theme"]:
        raise MissingError({"theme": _("主题按入库时的统计，不能修改；确需更换的，请出库后重新填报。")})
    if problems := problems_of_idea(values, held):
        raise MissingError(problems)
    for name in IDEA_FIELDS:
        setattr(held, name, values[name])
    held.name_key = texts.match_key(held.name)
    held.save(update_fields=[*IDEA_FIELDS, "name_key"])
    books.state_idea(held, on=max(today, held.proposed_on), at=at, actor=actor_code(actor))
    return held


def problems_of_idea(values: Mapping[str, Any], there: Idea | None) -> dict[str, str]:
    """What is wrong with what an idea says, by field."""
    found: dict[str, str] = {}
    if values["invest_fen"] <= 0:
        found["invest_fen"] = _("预计总投资应大于 0。")
    elif values["tax_fen"] > values["invest_fen"]:
        found["tax_fen"] = _("预计年税收大于预计总投资，请核对两个数的单位。")
    others = Idea.objects.exclude(pk=there.pk) if there else Idea.objects.all()
    taken = others.filter(name_key=texts.match_key(values["name"])).first()
    if taken is not None:
        words = {"name": values["name"], "code": taken.code}
        found["name"] = _("“%(name)s”是%(code)s的名称，请核对是不是同一个策划项目。") % words
    return found


@dataclass(frozen=True, slots=True)
class Progress:
    """The figures of a day beside the goal."""

    as_of: date
    figures: dict[str, Figure]
    goal: Goal | None
    is_whole: bool
    """Are the figures those of the whole district, for which the goal is set?"""

    @property
    def ideas(self) -> int:
        """How many ideas there are."""
        return self.figures["projects.pool_ideas"].numerator

    @property
    def invest_fen(self) -> int:
        """How much investment they expect."""
        return self.figures["projects.pool_investment"].numerator

    @property
    def bars(self) -> tuple[int, int]:
        """Both shares as lengths of bars of 100."""
        count, invest = self.count_share, self.invest_share
        return min(100, int(count or 0)), min(100, int(invest or 0))

    @property
    def count_share(self) -> Fraction | None:
        """Ideas ÷ target."""
        return share(self.ideas, self.goal.target_count) if self.goal else None

    @property
    def invest_share(self) -> Fraction | None:
        """Expected investment ÷ target."""
        return share(self.invest_fen, self.goal.target_fen) if self.goal else None


def progress(*, as_of: date, areas: tuple[str, ...]) -> Progress:
    """Ask the ledger for the day's figures within area prefixes; the goal is the district's."""
    is_whole = not areas or settings.DISTRICT_CODE in areas
    figures = evaluate_many(POOL, as_of=as_of, areas=areas)
    return Progress(as_of, figures, goal(on=as_of) if is_whole else None, is_whole)
