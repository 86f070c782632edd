"""What a decision gives and takes: the four measures, the permit, and where the enterprise stands in the books."""

from __future__ import annotations

import secrets
from typing import Any, Final

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from shoushan.apps.resumption import books
from shoushan.apps.resumption.enums import Standing
from shoushan.apps.resumption.enums.applications import ApplicationState, MeasureState
from shoushan.apps.resumption.enums.policies import EntryMeasure
from shoushan.apps.resumption.lifecycle.regimes import regime_on
from shoushan.apps.resumption.models import Application, EnterpriseStanding, MeasureStanding, Permit, WorkStop
from shoushan.directory.actors import actor_code
from shoushan.lib.languages import official
from shoushan.lifecycle.declarations import Occasion
from shoushan.lifecycle.numbering import next_code

AT_WORK: Final = (ApplicationState.RESUMED, ApplicationState.FULL)


# ---- the regime and the measures ----------------------------------------------------------------------
def judge(application: Application, occasion: Occasion) -> None:
    """The regime of the day, with the rule that says so, is kept with the application."""
    regime, ruling = regime_on(area=application.area_code, on=occasion.on, is_exempt=application.is_exempt)
    application.regime, application.rule, application.rule_place = regime.value, ruling.rule, ruling.place
    application.applied_on = application.applied_on or occasion.on


def open_measures(application: Application, occasion: Occasion) -> None:
    """All four measures wait to be checked."""
    _set_measures(application, occasion, MeasureState.REVIEW)


def _set_measures(application: Application, occasion: Occasion, state: MeasureState) -> None:
    MeasureStanding.objects.filter(application=application).delete()
    MeasureStanding.objects.bulk_create(
        MeasureStanding(application=application, measure=measure, state=state, changed_at=occasion.at)
        for measure in EntryMeasure
    )


def send_back(application: Application, measure: str, occasion: Occasion) -> None:
    """One measure has to be checked anew: what was found of it no longer counts, and the permit lapses at once."""
    _check_anew(MeasureStanding.objects.filter(application=application, measure=measure), occasion)
    with official():
        reason = _("“%(measure)s”重新核验") % {"measure": EntryMeasure(measure).label}
    lapse(application, occasion, reason)


def review(application: Application, occasion: Occasion) -> None:
    """As an officer orders."""
    send_back(application, occasion.values["measure"], occasion)


def put_right(application: Application, occasion: Occasion) -> None:
    """The enterprise says that it mended what was found: the measures concerned wait for a second check."""
    _check_anew(MeasureStanding.objects.filter(application=application, state=MeasureState.REVISE), occasion)


def _check_anew(standings: QuerySet[MeasureStanding], occasion: Occasion) -> None:
    """What was found of these measures no longer counts."""
    standings.update(state=MeasureState.REVIEW, round=F("round") + 1, changed_at=occasion.at)


# ---- the permit -----------------------------------------------------------------------------------------
def report(application: Application, occasion: Occasion) -> None:
    """Reporting is enough: the enterprise's word stands for the four measures, and its receipt is the permit."""
    judge(application, occasion)
    _set_measures(application, occasion, MeasureState.PASSED)
    issue(application, occasion)


def issue(application: Application, occasion: Occasion) -> None:
    """The decision has a number, and the permit a public page under its token."""
    number = next_code("PMT", on=occasion.on)
    application.decision_number, application.decided_on = number, occasion.on
    Permit.objects.create(
        application=application,
        number=number,
        token=secrets.token_hex(12),
        issued_on=occasion.on,
        issued_at=occasion.at,
    )


def lapse(application: Application, occasion: Occasion, reason: str) -> None:
    """The permit does not hold from this moment on."""
    held = Permit.objects.filter(application=application, lapsed_at__isnull=True, revoked_at__isnull=True)
    held.update(lapsed_at=occasion.at, lapse_reason=reason[:200])


def revive(application: Application) -> None:
    """All measures are in place again, so the permit holds again."""
    Permit.objects.filter(application=application, revoked_at__isnull=True).update(lapsed_at=None, lapse_reason="")


def revoke(application: Application, occasion: Occasion) -> None:
    """The permit never comes back."""
    Permit.objects.filter(application=application, revoked_at__isnull=True).update(revoked_at=occasion.at)


# ---- work begins, stops, goes on --------------------------------------------------------------------------
def start(application: Application, occasion: Occasion) -> None:
    """The first day of work counts for the enterprise; the earliest of its places is the enterprise's own (handbook C7)."""
    application.started_on = application.declared_on
    standing, _made = EnterpriseStanding.objects.get_or_create(
        enterprise_id=application.enterprise_id, defaults={"area_code": application.area_code}
    )
    first = min(day for day in (standing.confirmed_on, application.declared_on) if day)
    standing.confirmed_on = first
    standing.resumed_on = min(day for day in (standing.resumed_on, first) if day)
    if standing.status == Standing.NOT_RESUMED:
        standing.status = Standing.RESUMED
    standing.save()
    _sync(application, occasion)


def stop(application: Application, occasion: Occasion) -> None:
    """The place is closed, and all is checked anew before it opens; the enterprise is stopped when no other place works."""
    lapse(application, occasion, occasion.reason)
    _check_anew(MeasureStanding.objects.filter(application=application), occasion)
    others = Application.objects.filter(enterprise_id=application.enterprise_id, state__in=AT_WORK)
    if others.exclude(pk=application.pk).exists():
        return
    open_order = WorkStop.objects.filter(enterprise_id=application.enterprise_id, until__isnull=True)
    if not open_order.exists():
        WorkStop.objects.create(enterprise_id=application.enterprise_id, since=occasion.on)
    _set_status(application, Standing.STOPPED)
    _sync(application, occasion)


def restart(application: Application, occasion: Occasion) -> None:
    """The order is lifted and the permit holds again."""
    revive(application)
    WorkStop.objects.filter(enterprise_id=application.enterprise_id, until__isnull=True).update(until=occasion.on)
    _set_status(application, Standing.RESUMED)
    _sync(application, occasion)


def _set_status(application: Application, status: Standing) -> None:
    EnterpriseStanding.objects.filter(pk=application.enterprise_id).update(status=status)


def _sync(application: Application, occasion: Occasion) -> None:
    actor = actor_code(occasion.actor)
    books.sync_timelines([application.enterprise_id], at=occasion.at, actor=actor)


def measure_choices(_application: Any) -> list[tuple[str, str]]:
    """The four measures to choose from."""
    return [(code, str(label)) for code, label in EntryMeasure.choices]
