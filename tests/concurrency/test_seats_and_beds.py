"""Many who want the last seat or the same bed at the same moment: one gets it, the others read why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from shoushan.apps.resumption.models import Bed, BedStay, SeatBooking, Worker
from shoushan.apps.resumption.services.trips import Wish, book_seat, enter_trips, propose, release_seat
from shoushan.apps.resumption.services.workers import give_bed, open_place
from shoushan.lifecycle.errors import GuardError
from tests.apps.resumption.applications import YAOJIA, Cast
from tests.apps.resumption.workers import AT, FRIDAY, a_worker, observed, people
from tests.concurrency.test_imports import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WANTED = 8


@pytest.fixture
def who(tmp_path: Path) -> Cast:
    return people(tmp_path)


def refusals(answers: list[Any]) -> list[str]:
    return [str(each) for each in answers if isinstance(each, GuardError)]


def test_the_last_seat_is_given_once(who: Cast) -> None:
    workers = [a_worker(who, serial) for serial in range(1, WANTED + 4)]
    Worker.objects.update(planned_on=FRIDAY + timedelta(days=1))
    wish = Wish(YAOJIA, FRIDAY, FRIDAY + timedelta(days=2), 0)
    Worker.objects.exclude(pk__in=[each.pk for each in workers[:3]]).update(planned_on=None)
    mark = propose(wish, actor=who.street, at=AT).mark
    (trip,) = enter_trips(wish, {1}, mark=mark, actor=who.street, at=AT)
    assert trip.seats.count() == 3
    release_seat(trip=trip, worker=workers[0], actor=who.street, at=AT)

    works: list[Callable[[], Any]] = [
        partial(book_seat, trip=trip, worker=each, actor=who.street, at=AT) for each in workers[3:]
    ]
    answers = together(*works)

    assert len(refusals(answers)) == WANTED - 1
    assert SeatBooking.objects.filter(seat__trip=trip, is_live=True).count() == 3


def test_a_bed_is_given_once(who: Cast) -> None:
    workers = [observed(who, serial) for serial in range(1, WANTED + 1)]
    words: dict[str, Any] = {"name": "示例酒店", "area_code": YAOJIA, "address": "示例路", "enterprise": None}
    open_place(rooms=1, on=FRIDAY, actor=who.street, at=AT, **words)
    bed = Bed.objects.select_related("place").get()

    answers = together(
        *[partial(give_bed, worker=each, bed=bed, on=FRIDAY, actor=who.street, at=AT) for each in workers]
    )

    assert len(refusals(answers)) == WANTED - 1
    assert BedStay.objects.get().bed == bed
