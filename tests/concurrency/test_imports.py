"""Several people and several workers at one upload: each step is taken to its end once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from shoushan.apps.resumption.models import DailyReturn
from shoushan.apps.resumption.sheets.ledger import LedgerSheet
from shoushan.directory.enums import Role
from shoushan.directory.services import create_user, grant_role
from shoushan.exchange import importing, services
from shoushan.exchange.enums import UploadState
from shoushan.exchange.models import SourceFile, Upload
from shoushan.ledger import api as ledger
from tests.apps.resumption.factories import AT, ledger_file
from tests.kept import district

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

DAY = date(2020, 2, 10)
LINES = 40


@pytest.fixture
def upload(settings: Any, tmp_path: Path) -> Upload:
    """A file that waits for its sender to agree."""
    settings.UPLOADS = tmp_path / "uploads"
    district()
    clerk = create_user(username="clerk", password="long-enough-2020", display_name="测试账号", at=AT)
    grant_role(user=clerk, role=Role.STREET_ADMIN, area_code="370102011", valid_from=date(2020, 1, 1))
    path = ledger_file(tmp_path, DAY, [[number, 50, "2020-02-10", 30] for number in range(LINES)])
    with path.open("rb") as file:
        sent = services.receive_upload(file=file, name=path.name, actor=clerk, at=AT)
    return services.check_upload(upload_id=sent.pk, at=lambda: AT)


def together(*works: Callable[[], Any]) -> list[Any]:
    """The answers or errors of calls that begin at the same moment, each with a connection of its own."""
    start = threading.Barrier(len(works))
    answers: list[Any] = [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        start.wait()
        try:
            answers[place] = work()
        except Exception as error:  # noqa: BLE001 - it is the answer
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def test_it_lets_one_of_two_confirm(upload: Upload) -> None:
    confirm = partial(services.confirm_upload, upload_id=upload.pk, actor=upload.sent_by, at=AT)

    answers = together(confirm, confirm, confirm)

    assert sorted(type(answer).__name__ for answer in answers) == ["Upload", "WrongStateError", "WrongStateError"]


def test_it_brings_a_file_in_once_though_two_workers_have_it(upload: Upload) -> None:
    services.confirm_upload(upload_id=upload.pk, actor=upload.sent_by, at=AT)
    work = partial(services.import_upload, upload_id=upload.pk, at=lambda: AT)

    answers = together(work, work, work)

    assert [each for each in answers if isinstance(each, Exception)] == []
    upload.refresh_from_db()
    assert (upload.state, SourceFile.objects.count()) == (UploadState.DONE, 1)
    assert SourceFile.objects.get().rows_new == DailyReturn.objects.count() == LINES
    assert ledger.verify() == []


def test_it_shows_a_commit_to_others_and_takes_it_for_alive(upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    services.confirm_upload(upload_id=upload.pk, actor=upload.sent_by, at=AT)
    monkeypatch.setattr(importing, "run", partial(importing.run, chunk=LINES // 2))
    apply, seen = LedgerSheet.apply, []

    def ask() -> tuple[Any, ...]:
        there = Upload.objects.get(pk=upload.pk)
        late = AT + timedelta(days=1)
        return there.state, services.standing(there), services.abandoned_uploads(before=late, at=late)

    def watched(sheet: LedgerSheet, *given: Any) -> None:
        seen.extend(together(ask))
        apply(sheet, *given)

    monkeypatch.setattr(LedgerSheet, "apply", watched)
    clock = iter(AT + timedelta(seconds=second) for second in range(1000))
    services.import_upload(upload_id=upload.pk, at=lambda: next(clock))

    assert [(state, there.done, abandoned) for state, there, abandoned in seen] == [
        ("IMPORTING", 0, []),
        ("IMPORTING", LINES // 2, []),
    ]
