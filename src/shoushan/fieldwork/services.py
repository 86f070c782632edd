"""Taking what was sent exactly once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from shoushan.fieldwork.errors import SubmissionError
from shoushan.fieldwork.models import Submission

if TYPE_CHECKING:
    from shoushan.directory.models import User


def answer_of(key: UUID, *, user: User, address: str) -> str:
    """The answer that a submission got before, "" when it has not arrived yet.

    Raises SubmissionError when the key is another person's or belongs to another form.
    """
    found = Submission.objects.filter(key=key).first()
    if found is None:
        return ""
    if found.user_id != user.pk or found.address != address:
        raise SubmissionError
    return found.answer


@transaction.atomic
def take_once(
    key: UUID, *, user: User, address: str, take: Callable[[], str], filled_at: datetime | None = None
) -> str:
    """Do what was sent and keep its key in the same transaction; answers where to go on.

    The key is kept first: a second sending that arrives meanwhile waits for the first and gets its answer. What `take` raises
    leaves nothing behind, so that a refused form can be put right and sent again. Raises SubmissionError.
    """
    try:
        with transaction.atomic():
            kept = Submission.objects.create(key=key, user=user, address=address, answer="/", filled_at=filled_at)
    except IntegrityError:
        return answer_of(key, user=user, address=address)
    kept.answer = take()
    kept.save(update_fields=["answer"])
    return kept.answer
