"""Applications, the findings of their checks, and permits, as pages and guards ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from shoushan.apps.resumption.enums.applications import ApplicationState, ItemResult, MeasureState, Party
from shoushan.apps.resumption.enums.policies import EntryMeasure
from shoushan.apps.resumption.models import Application, CheckFinding, MeasureStanding, Permit, Violation
from shoushan.apps.resumption.selectors.contacts import REPRESENT, enterprises_of
from shoushan.directory import scopes
from shoushan.directory.access import area_scope
from shoushan.lifecycle.evidence import same_content
from shoushan.lifecycle.models import Evidence
from shoushan.registry.spelled import is_like

if TYPE_CHECKING:
    from shoushan.directory.models import User

VIEW: Final = "resumption.view_application"
CHECK: Final = "resumption.check_application"
S = ApplicationState
CHECKED_IN: Final = (S.ACCEPTED, S.APPROVED, S.FILED, S.REPORTED, S.RESUMED, S.FULL, S.STOPPED)
"""States in which a check on site can be recorded."""


def visible_applications(user: User, *, on: date) -> QuerySet[Application]:
    """What staff may see by area, drafts left out, and contacts of their own enterprises."""
    own = Q(enterprise__in=enterprises_of(user).values("pk")) if area_scope(user, REPRESENT, on=on) else Q(pk__in=())
    staff = scopes.within_any(area_scope(user, VIEW, on=on), "area_code", "enterprise__community_code")
    return Application.objects.filter(own | (staff & ~Q(state=ApplicationState.DRAFT))).select_related("enterprise")


def own_applications(user: User) -> QuerySet[Application]:
    """All applications of the enterprises for which a person speaks, the newest first."""
    return Application.objects.filter(enterprise__in=enterprises_of(user).values("pk")).order_by("-pk")


def application_rows(
    found: QuerySet[Application], *, text: str = "", area: str = "", state: str = "", regime: str = ""
) -> QuerySet[Application]:
    """Filtered, the newest first."""
    for name, value in (("area_code", area), ("state", state), ("regime", regime)):
        if value:
            found = found.filter(**{name: value})
    if text:
        named = is_like(text, field="enterprise__name_key")
        found = found.filter(named | Q(code=text.upper()) | Q(decision_number=text))
    return found.order_by("-applied_on", "-pk")


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file of an application that another enterprise handed in too, byte for byte (copied photos, borrowed papers)."""

    file_name: str
    others: tuple[Application, ...]
    """Those that the viewer may see."""
    hidden: int
    """How many more enterprises there are, in other areas."""


def shared_files(application: Application, visible: QuerySet[Application]) -> list[SharedFile]:
    """Files of this application whose content is also in applications of other enterprises, in the order of their names."""
    codes = {
        sha256: [subject.partition(":")[2] for subject in subjects]
        for sha256, subjects in same_content(application.subject).items()
    }
    foreign = Application.objects.filter(code__in={code for each in codes.values() for code in each})
    foreign = foreign.exclude(enterprise_id=application.enterprise_id)
    known = {each.code: each for each in foreign.select_related("enterprise")}
    if not known:
        return []
    seen = set(visible.filter(code__in=known).values_list("code", flat=True))
    own = Evidence.objects.filter(subject=application.subject, sha256__in=codes).order_by("file_name", "pk")
    found: dict[str, SharedFile] = {}
    for file in own:
        others = [known[code] for code in codes[file.sha256] if code in known]
        if others and file.sha256 not in found:
            shown = tuple(each for each in others if each.code in seen)
            hidden = {each.enterprise_id for each in others if each.code not in seen}
            found[file.sha256] = SharedFile(file.file_name, shown, len(hidden))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class MeasureView:
    """One of the four measures of an application with the newest finding of each item and party."""

    measure: str
    label: str
    state: str
    findings: tuple[CheckFinding, ...]

    @property
    def failed(self) -> list[CheckFinding]:
        """Items that are not in place."""
        return [each for each in self.findings if each.result == ItemResult.FAILED]


def measures_of(application: Application) -> list[MeasureView]:
    """The four measures in their order."""
    standings = {each.measure: each for each in application.measures.all()}
    findings = newest_findings(application.pk, standings.values())
    return [
        MeasureView(
            measure.value,
            str(measure.label),
            standings[measure].state if measure in standings else MeasureState.REVIEW.value,
            tuple(each for each in findings if each.measure == measure),
        )
        for measure in EntryMeasure
    ]


def newest_findings(application_id: int, standings: Iterable[MeasureStanding]) -> list[CheckFinding]:
    """The newest finding of each item and party, of the present round of its measure."""
    rounds = {each.measure: each.round for each in standings}
    rows = CheckFinding.objects.filter(application_id=application_id).select_related("checked_by").order_by("pk")
    newest = {(each.item_code, each.party): each for each in rows if each.round == rounds.get(each.measure, 1)}
    order = list(EntryMeasure)
    return sorted(
        newest.values(), key=lambda each: (order.index(EntryMeasure(each.measure)), each.item_code, each.party)
    )


def judged_state(item_codes: Sequence[str], findings: Sequence[CheckFinding]) -> MeasureState:
    """One measure: something not in place → revise; all items judged by both parties → passed; else under review."""
    if any(each.result == ItemResult.FAILED for each in findings):
        return MeasureState.REVISE
    judged = {(each.item_code, each.party) for each in findings}
    wanted = {(code, party.value) for code in item_codes for party in Party}
    return MeasureState.PASSED if wanted and wanted <= judged else MeasureState.REVIEW


def public_permits(*, text: str = "", area: str = "") -> QuerySet[Permit]:
    """The places that may be open now, the newest first."""
    found = Permit.objects.filter(lapsed_at__isnull=True, revoked_at__isnull=True)
    if area:
        found = found.filter(application__area_code=area)
    if text:
        named = is_like(text, field="application__enterprise__name_key")
        found = found.filter(named | Q(number=text.strip()))
    return found.select_related("application__enterprise").order_by("-issued_on", "-pk")


def violation_rows(*, areas: Sequence[str], state: str = "") -> QuerySet[Violation]:
    """Reports of violations within areas, the newest first."""
    found = Violation.objects.filter(scopes.within_any(areas, "area_code"))
    if state:
        found = found.filter(state=state)
    return found.select_related("permit__application__enterprise").order_by("-reported_at", "-pk")


def to_check(user: User, *, party: Party, on: date) -> QuerySet[Application]:
    """Where a party has still to look at a measure that waits, in the areas in which the person checks; first come, first."""
    seen = CheckFinding.objects.filter(
        application=OuterRef("application"), measure=OuterRef("measure"), round=OuterRef("round"), party=party
    )
    waiting = MeasureStanding.objects.filter(~Exists(seen), application=OuterRef("pk"), state=MeasureState.REVIEW)
    areas = scopes.within_any(area_scope(user, CHECK, on=on), "area_code", "enterprise__community_code")
    return Application.objects.filter(areas, Exists(waiting), state__in=CHECKED_IN).order_by("state_on", "pk")
