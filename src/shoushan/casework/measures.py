"""The figures of matters (handbook C6, B7), as questions to the ledger; an app lists them for its kinds of matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from shoushan.casework import chart
from shoushan.figures.measures import Measure

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class MatterMeasures(NamedTuple):
    """The figures of one kind of matter."""

    received: Measure
    open: Measure
    closed_rate: Measure
    on_time_rate: Measure
    satisfied_rate: Measure


def matter_measures(stem: str, family: str, owner: StrOrPromise, categories: str) -> MatterMeasures:
    """Received, open, closed ÷ received, in time ÷ due, satisfied ÷ evaluated; codes begin with `stem`.

    `categories` names the breakdown of the kind's own categories; the last two are broken down by lead organisation.
    """
    received = tuple(f"{family}.{state}" for state in chart.STATES)
    due = tuple(f"{chart.due_family(family)}.{part}" for part in (chart.ON_TIME, chart.LATE))
    evaluated = tuple(f"{chart.evaluated_family(family)}.{part}" for part in chart.EVALUATIONS)
    return MatterMeasures(
        Measure(
            code=f"{stem}_received",
            name=_("累计受理诉求"),
            unit="件",
            definition=_("截至当日登记的诉求，不含已并案和撤回的。"),
            owner=owner,
            numerator=received,
            categories=categories,
        ),
        Measure(
            code=f"{stem}_open",
            cockpit=6,
            name=_("未办结诉求"),
            unit="件",
            definition=_("截至当日登记而没有办结的诉求，不含已并案和撤回的。"),
            owner=owner,
            numerator=tuple(f"{family}.{state}" for state in chart.OPEN_STATES),
            categories=categories,
        ),
        Measure(
            code=f"{stem}_closed_rate",
            name=_("问题办结率"),
            unit="%",
            definition=_("已办结诉求 ÷ 累计受理诉求，不含已并案和撤回的。"),
            owner=owner,
            numerator=(f"{family}.closed",),
            denominator=received,
            base=_("累计受理诉求"),
            categories=categories,
        ),
        Measure(
            code=f"{stem}_on_time_rate",
            name=_("按期办结率"),
            unit="%",
            definition=_("按期办结的诉求 ÷ 到期的诉求；办结或者逾期即为到期，一件只计一次，按责任单位。"),
            owner=owner,
            numerator=due[:1],
            denominator=due,
            base=_("到期的诉求"),
            categories="organisation",
        ),
        Measure(
            code=f"{stem}_satisfied_rate",
            name=_("满意率"),
            unit="%",
            definition=_("评价为满意或基本满意的诉求 ÷ 已评价的诉求，以最后一次评价为准，按责任单位。"),
            owner=owner,
            numerator=evaluated[:2],
            denominator=evaluated,
            base=_("已评价的诉求"),
            categories="organisation",
        ),
    )


MEASURES = (
    Measure(
        code="casework.supervisions_on_time_rate",
        name=_("督办按期反馈率"),
        unit="%",
        definition=_("按期反馈的督办单 ÷ 已反馈的督办单，以第一次反馈为准，按责任单位。"),
        owner=_("领导小组办公室"),
        numerator=(f"{chart.due_family(chart.SUPERVISIONS)}.{chart.ON_TIME}",),
        denominator=tuple(f"{chart.due_family(chart.SUPERVISIONS)}.{part}" for part in (chart.ON_TIME, chart.LATE)),
        base=_("已反馈的督办单"),
        categories="organisation",
    ),
)
