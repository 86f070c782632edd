"""One step of many records: each is taken or refused with its sentence, and what was refused holds up nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shoushan.directory.access import NotAllowedError
from shoushan.lifecycle.errors import LifecycleError, MissingError
from shoushan.lifecycle.record_kinds import RecordKind
from shoushan.lifecycle.services import advance, advance_many

if TYPE_CHECKING:
    from shoushan.directory.models import User
    from shoushan.lifecycle.models import LifecycleRecord


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record."""

    record: LifecycleRecord
    sentence: str = ""
    """Why the step was not taken, "" when it was."""


def take_together(
    kind: RecordKind,
    records: Sequence[LifecycleRecord],
    name: str,
    *,
    actor: User,
    at: datetime,
    values: Mapping[str, Any],
    reason: str = "",
    seen: Mapping[str, int],
) -> list[Outcome]:
    """Take the step `name` of each record; `seen` are the revisions that the person's page showed, by code.

    When nothing stands in the way of any of them they are posted as one. Raises MissingError when what was typed is not
    enough for the first: then nothing has been done, and the form can be filled in further.
    """
    words: dict[str, Any] = {"actor": actor, "at": at, "values": values, "reason": reason}
    lifecycles = {kind.lifecycle(record).code: kind.lifecycle(record) for record in records}
    if len(lifecycles) == 1:
        (lifecycle,) = lifecycles.values()
        by_id = {record.pk: seen[record.code] for record in records if record.code in seen}
        try:
            advance_many(lifecycle, [each.pk for each in records], name, seen=by_id, **words)
        except (LifecycleError, NotAllowedError):
            pass  # some can't be taken: one by one, to say which
        else:
            return [Outcome(record) for record in records]
    outcomes = []
    for place, record in enumerate(records):
        try:
            advance(kind.lifecycle(record), record.pk, name, seen=seen.get(record.code), **words)
        except MissingError as error:
            if not place:
                raise
            outcomes.append(Outcome(record, error.sentence))
        except (LifecycleError, NotAllowedError) as error:
            outcomes.append(Outcome(record, error.sentence))
        else:
            outcomes.append(Outcome(record))
    return outcomes
