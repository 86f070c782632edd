"""A line of the workers' ledger becomes a record with as many steps as the line tells of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shoushan.apps.resumption.enums.workers import WorkerState as S
from shoushan.apps.resumption.lifecycle import WORKERS
from shoushan.apps.resumption.models import Worker
from shoushan.apps.resumption.services.workers import enter_worker
from shoushan.lifecycle.services import advance
from shoushan.registry.services_persons import NewPerson, document_index, enter_persons

CHARTER_WORDS = ("包车", "点对点", "专车", "专列")


@dataclass(frozen=True, slots=True)
class Chain:
    """The stages of one worker's way, as a ledger tells them."""

    name: str
    document_no: str
    phone: str
    household: str
    origin: str
    origin_text: str
    arrived_on: date | None
    transport: str
    certificate_no: str
    key_area: str
    observe_place: str
    observe_from: date | None
    observe_to: date | None
    cleared_on: date | None
    at_post_on: date | None

    @property
    def index(self) -> str:
        """The blind index of the document."""
        return document_index(self.document_no)

    @property
    def by_charter(self) -> bool:
        """Does the journey's wording say that it was point to point?"""
        return any(word in self.transport for word in CHARTER_WORDS)

    def contradiction(self, worker: Worker) -> str:
        """The first column in which the line says something else than what was entered; "" when it only adds to it."""
        stages = {
            "arrived_on": (worker.arrived_on, self.arrived_on),
            "observed": (worker.observe_from, self.observe_from),
            "cleared_on": (worker.cleared_on, self.cleared_on),
            "at_post_on": (worker.at_post_on, self.at_post_on),
        }
        found = [name for name, (there, said) in stages.items() if there and said and there != said]
        if not found and worker.arrived_on and self.observe_from and not worker.observe_from:
            return "observed"
        return found[0] if found else ""

    def goes_on(self, worker: Worker) -> bool:
        """Does the line tell of a stage that the record has not reached?"""
        return any(
            said and not there
            for there, said in (
                (worker.arrived_on, self.arrived_on),
                (worker.cleared_on, self.cleared_on),
                (worker.at_post_on, self.at_post_on),
            )
        )


@transaction.atomic
def take_chain(enterprise_id: int, area_code: str, chain: Chain, *, at: datetime) -> Worker:
    """The worker's record goes as far as the line says, each stage a step on its own day."""
    new = NewPerson(chain.name, chain.document_no, chain.phone, chain.household)
    (person,) = enter_persons([new], at=at)
    worker = Worker.objects.filter(enterprise_id=enterprise_id, person=person).first()
    if worker is None:
        first = chain.arrived_on or at.date()
        worker = Worker(
            enterprise_id=enterprise_id,
            person=person,
            area_code=area_code,
            origin=chain.origin,
            origin_text=chain.origin_text,
            transport=chain.transport,
            certificate_no=chain.certificate_no,
            key_area=chain.key_area,
        )
        enter_worker(worker, on=min(first, at.date()), at=at, actor=None)
    for name, on, values in _steps(chain, worker):
        worker = advance(WORKERS, worker.pk, name, actor=None, at=at, on=on, values=values)
    return worker


def _steps(chain: Chain, worker: Worker) -> list[tuple[str, date, dict[str, Any]]]:
    """What is still to be told, in order."""
    found: list[tuple[str, date, dict[str, Any]]] = []
    is_here = worker.state in {S.EXPECTED, S.TRAVELLING}
    if is_here and chain.arrived_on:
        values = {
            "charter": "YES" if chain.by_charter else "NO",
            "observe_place": chain.observe_place,
            "observe_from": chain.observe_from,
            "observe_to": chain.observe_to,
        }
        found.append(("take_over", chain.arrived_on, {name: value for name, value in values.items() if value}))
    was_observed = bool(chain.observe_from) if is_here else worker.state == S.OBSERVED
    if was_observed and chain.cleared_on:
        found.append(("clear_by_ledger", chain.cleared_on, {}))
    if chain.at_post_on and worker.state != S.AT_POST:
        found.append(("start_work", chain.at_post_on, {}))
    return found
