"""What else changes with a step of a matter."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from shoushan.casework import chart
from shoushan.casework.clocks import kind_name
from shoushan.casework.enums import AssignmentState, Level, MatterState, Satisfaction, Timed, next_level
from shoushan.casework.kinds import kind_of
from shoushan.casework.lifecycle.assignments import ASSIGNMENTS
from shoushan.casework.lifecycle.supervisions import SUPERVISIONS
from shoushan.casework.models import Assignment, Matter, Supervision
from shoushan.casework.routing import Route, office_of, route_of
from shoushan.casework.tidings import tell_applicant, tell_holder, tell_office, tell_superiors
from shoushan.deadlines import services as deadlines
from shoushan.deadlines.enums import Unit
from shoushan.deadlines.models import Clock
from shoushan.directory import selectors as directory
from shoushan.directory.models import Organisation, User
from shoushan.ledger.api import Move
from shoushan.lib.languages import official
from shoushan.lifecycle.declarations import Occasion
from shoushan.lifecycle.errors import GuardError
from shoushan.lifecycle.services import advance, begin

MINUTES_A_WORKING_DAY = 480
MINUTES_A_DAY = 1440


# ---- who has it ---------------------------------------------------------------------------------------
def give(matter: Matter, occasion: Occasion) -> None:
    """The matter goes to the organisation chosen; the officer and the assisting ones of the rule come along."""
    route = route_of(matter, on=occasion.on)
    lead = _organisation(occasion.values["office"], occasion.on)
    matter.lead = lead
    matter.officer = route.officer if route.lead == lead else None
    _tell_given(matter, occasion)


def give_by_rule(matter: Matter, occasion: Occasion) -> None:
    """The matter goes where the rule sends it, and at once to those who assist."""
    route = route_of(matter, on=occasion.on)
    if route.lead is None:
        raise GuardError(route.problem)
    matter.lead, matter.officer, matter.level = route.lead, route.officer, route.level
    _tell_given(matter, occasion)
    _assign_by_rule(matter, route, occasion)


def rule_on(matter: Matter, occasion: Occasion) -> None:
    """The ruling says who does it; from now on it can't be handed back."""
    matter.is_ruled = True
    matter.lead, matter.officer = _organisation(occasion.values["office"], occasion.on), None
    _tell_given(matter, occasion)


def _tell_given(matter: Matter, occasion: Occasion) -> None:
    tell_holder(matter, _("有新的诉求待签收"), at=occasion.at, occasion=f"given{matter.revision}")


def _assign_by_rule(matter: Matter, route: Route, occasion: Occasion) -> None:
    with official():
        task = _("配合%(lead)s办理：%(text)s") % {"lead": route.lead, "text": matter.text}
    for office in route.assist:
        _give_part(matter, office, task[:2000], occasion)


def take(matter: Matter, occasion: Occasion) -> None:
    """Whoever signs for it has it, unless somebody is named already."""
    if matter.officer is None:
        matter.officer = occasion.actor


def appoint(matter: Matter, occasion: Occasion) -> None:
    """A named person of the organisation has it."""
    matter.officer = User.objects.get(username=occasion.values["person"])
    tell_holder(matter, _("由您承办"), at=occasion.at, occasion=f"appointed{matter.revision}")


def hand_back(matter: Matter, occasion: Occasion) -> None:
    """Back to be dispatched anew; whoever dispatched it is told."""
    matter.times_handed_back += 1
    matter.officer = None
    office = _dispatcher(matter, occasion)
    tell_office(matter, office, _("诉求被退回，请重新分派"), at=occasion.at, occasion=f"back{matter.revision}")


def ask_ruling(matter: Matter, occasion: Occasion) -> None:
    """Those above are asked who has to do it."""
    tell_superiors(matter, _("退回两次，请裁定办理单位"), at=occasion.at, occasion=f"ruling{matter.revision}")


def raise_level(matter: Matter, occasion: Occasion) -> None:
    """Not solvable here: one level up or more, to be dispatched anew."""
    matter.officer = None
    tell_superiors(matter, _("诉求提级，请重新分派"), at=occasion.at, occasion=f"level{matter.revision}")


def _dispatcher(matter: Matter, occasion: Occasion) -> Organisation | None:
    if matter.level == Level.STREET:
        return office_of(matter.area_code, on=occasion.on)
    return matter.lead.parent if matter.lead else None


# ---- assisting organisations, orders --------------------------------------------------------------------
def assign(matter: Matter, occasion: Occasion) -> None:
    """A part for another organisation, with its own clock."""
    office = _organisation(occasion.values["organisation"], occasion.on)
    _give_part(matter, office, occasion.values["task"], occasion)


def _give_part(matter: Matter, office: Organisation, task: str, occasion: Occasion) -> None:
    number = matter.assignments.count() + 1
    part = Assignment(
        code=f"{matter.code}-A{number}", area_code=matter.area_code, matter=matter, organisation=office, task=task
    )
    begin(ASSIGNMENTS, part, on=occasion.on, at=occasion.at, actor=occasion.actor)
    tell_office(matter, office, _("有新的协办事项"), at=occasion.at, occasion=f"assigned/{part.code}")


def supervise(matter: Matter, occasion: Occasion) -> None:
    """A written order to the organisation that leads."""
    order = Supervision(
        code=f"{matter.code}-S{matter.supervisions.count() + 1}",
        area_code=matter.area_code,
        matter=matter,
        organisation=matter.lead,
        demand=occasion.values["demand"],
        days=occasion.values["days"],
        issued_by=occasion.actor,
    )
    begin(SUPERVISIONS, order, on=occasion.on, at=occasion.at, actor=occasion.actor)
    tell_holder(matter, _("督办"), at=occasion.at, occasion=f"order/{order.code}", is_urgent=True)


# ---- time -----------------------------------------------------------------------------------------------
def fall_due(matter: Matter, occasion: Occasion) -> None:
    """A step is overdue: one level up, and those above are told. Only people send a matter to the city."""
    if occasion.values["clock"] == kind_name(Timed.CLOSE):
        matter.is_late = True
    if matter.state != MatterState.ANSWERED:
        matter.level = next_level(matter.level, highest=Level.DISTRICT)
    title = _("“%(purpose)s”已逾期") % {"purpose": occasion.values["purpose"]}
    tell_superiors(matter, title, at=occasion.at, occasion=occasion.values["occasion"])


def ask_extension(matter: Matter, occasion: Occasion) -> None:
    """More time is asked for; another person decides."""
    matter.extension_reason, matter.extension_by = occasion.reason, occasion.actor
    title = _("申请延长 %(n)d 天，请批") % {"n": matter.extension_days}
    tell_superiors(matter, title, at=occasion.at, occasion=f"extension{matter.revision}")


def grant_extension(matter: Matter, occasion: Occasion) -> None:
    """The clock gets the days that were asked for."""
    clock = _clock_of(matter)
    if clock is None or matter.extension_by is None or occasion.actor is None or not matter.extension_days:
        raise GuardError(_("办理时限已经停止，不需要延长。"))
    deadlines.extend_clock(
        clock_id=clock.pk,
        amount=matter.extension_days * _minutes(clock.unit),
        reason=matter.extension_reason,
        asked_by=matter.extension_by,
        approved_by=occasion.actor,
        at=occasion.at,
    )
    tell_holder(matter, _("延期已批准"), at=occasion.at, occasion=f"extended{matter.revision}")
    _forget_extension(matter)


def refuse_extension(matter: Matter, occasion: Occasion) -> None:
    """No more time; the clock runs as before."""
    tell_holder(matter, _("延期未获批准"), at=occasion.at, occasion=f"not_extended{matter.revision}")
    _forget_extension(matter)


def _forget_extension(matter: Matter) -> None:
    matter.extension_days, matter.extension_reason, matter.extension_by = None, "", None


def _minutes(unit: str) -> int:
    return {Unit.NATURAL_HOURS.value: MINUTES_A_DAY, Unit.WORKING_HOURS.value: MINUTES_A_WORKING_DAY}.get(unit, 1)


def _clock_of(matter: Matter) -> Clock | None:
    return Clock.objects.open().filter(subject=matter.subject, kind=kind_name(Timed.CLOSE)).first()


# ---- work, answer, evaluation ---------------------------------------------------------------------------
def ask_and_wait(matter: Matter, occasion: Occasion) -> None:
    """The applicant is asked for something; the reason says what."""
    if matter.waiting_for == "APPLICANT":
        tell_applicant(matter, _("请补充情况"), at=occasion.at, occasion=f"asked{matter.revision}")


def go_on(matter: Matter, occasion: Occasion) -> None:
    """Nothing is waited for any more."""
    matter.waiting_for = ""
    tell_holder(matter, _("等待结束，请继续办理"), at=occasion.at, occasion=f"on{matter.revision}")


def answer(matter: Matter, occasion: Occasion) -> None:
    """The answer stands; whether it came in time is judged now."""
    matter.answered_at, matter.answered_by = occasion.at, occasion.actor
    clock = _clock_of(matter)
    if clock is not None and clock.due_at < occasion.at:
        matter.is_late = True
    _forget_extension(matter)
    tell_applicant(matter, _("已有答复，请评价"), at=occasion.at, occasion=f"answered{matter.revision}")


def reopen(matter: Matter, occasion: Occasion) -> None:
    """The answer does not satisfy: the same organisation works on it again."""
    matter.times_reopened += 1
    matter.satisfaction = Satisfaction.DISSATISFIED
    tell_holder(matter, _("不满意，退回重办"), at=occasion.at, occasion=f"reopened{matter.revision}", is_urgent=True)


def close_dissatisfied(matter: Matter, _occasion: Occasion) -> None:
    """Closed though the answer does not satisfy, after it was worked on twice more."""
    matter.satisfaction = Satisfaction.DISSATISFIED


def tell_closed(matter: Matter, occasion: Occasion) -> None:
    """Those whose matters were merged into this one learn that it is closed."""
    for merged in matter.merged.select_related("raised_by"):
        tell_applicant(merged, _("并案办理的诉求已办结"), at=occasion.at, occasion=f"closed_with/{matter.code}")


def merge(matter: Matter, occasion: Occasion) -> None:
    """This one goes on in another; parts that run are called off."""
    matter.merged_into = Matter.objects.get(code=occasion.values["into"])
    matter.merged.update(merged_into=matter.merged_into)
    cancel_parts(matter, occasion)
    cancel_parts(matter, occasion)
    with official():
        title = _("已并入 %(code)s 一并办理") % {"code": matter.merged_into.code}
    tell_applicant(matter, title, at=occasion.at, occasion="merged")


def cancel_parts(matter: Matter, occasion: Occasion) -> None:
    """Parts that nobody needs any more are called off."""
    running = matter.assignments.filter(state__in=[AssignmentState.ASSIGNED, AssignmentState.SIGNED])
    for pk in running.values_list("pk", flat=True):
        advance(ASSIGNMENTS, pk, "fall_away", actor=None, at=occasion.at, on=occasion.on)


# ---- what is counted --------------------------------------------------------------------------------------
def due_moves(matter: Matter, _occasion: Occasion) -> list[Move]:
    """Once late, a matter counts as due and late; one that is never late counts when it is closed."""
    if matter.is_counted or not (matter.is_late or matter.state == MatterState.CLOSED) or matter.lead is None:
        return []
    matter.is_counted = True  # saved with the step that this entry belongs to
    family = kind_of(matter.kind).family
    return [chart.fell_due(family, area=matter.area_code, lead=matter.lead.code, is_late=matter.is_late)]


def evaluation_moves(matter: Matter, occasion: Occasion) -> list[Move]:
    """The last evaluation counts, under the organisation whose answer it was."""
    moves: list[Move] = due_moves(matter, occasion)
    if matter.lead is None:
        return moves
    before = (matter.evaluated_lead, _evaluation_before(matter))
    moves += chart.was_evaluated(
        kind_of(matter.kind).family,
        area=matter.area_code,
        lead=matter.lead.code,
        before=before if matter.evaluated_lead else ("", ""),
        now=matter.satisfaction,
    )
    matter.evaluated_lead = matter.lead.code
    return moves


def _evaluation_before(matter: Matter) -> str:
    """What stands in the database: the step has set the new evaluation on the record already."""
    return str(Matter.objects.values_list("satisfaction", flat=True).get(pk=matter.pk))


# ---- choices ------------------------------------------------------------------------------------------------
def organisations(_record: Any) -> list[tuple[str, str]]:
    """Every organisation that stands."""
    return [(each.code, str(each)) for each in Organisation.objects.filter(valid_to=None).order_by("sort_no", "code")]


def people_of_lead(matter: Matter) -> list[tuple[str, str]]:
    """The people of the organisation that leads."""
    found = User.objects.filter(organisation=matter.lead, is_active=True).order_by("username")
    return [(each.username, each.display_name) for each in found] if matter.lead_id else []


def route_lead(matter: Matter) -> str:
    """The organisation that the rules propose."""
    lead = route_of(matter, on=matter.state_on).lead
    return lead.code if lead else ""


def route_level(matter: Matter) -> str:
    """The level that the rules propose, never below the one reached."""
    route = route_of(matter, on=matter.state_on)
    levels = list(Level)
    return max(Level(route.level), Level(matter.level), key=levels.index).value


def _organisation(code: str, on: date) -> Organisation:
    found = directory.organisations(on=on).filter(code=code).select_related("parent").first()
    if found is None:
        raise GuardError(_("单位 %(code)s 在 %(day)s 不存在，请重新选择。") % {"code": code, "day": on.isoformat()})
    return found
