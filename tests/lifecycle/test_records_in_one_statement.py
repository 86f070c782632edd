"""Rows read, added and changed by statements that are put together once: the same as by the model's manager."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import models, transaction

from shoushan.apps.resumption.models import Worker
from shoushan.ledger import api as ledger
from shoushan.lib import records
from shoushan.lifecycle.models import Document, Rule, Step
from tests.apps.resumption.workers import arrived, people

pytestmark = pytest.mark.django_db


def columns(record: models.Model) -> dict[str, object]:
    """What every column holds."""
    return {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}


def a_document(number: str = "测发〔2020〕1号") -> Document:
    document = Document(number=number, title="测试", issuer="测试机关", issued_on=date(2020, 2, 1))
    records.insert(document)
    return document


def test_it_reads_a_row_as_the_manager_does_with_what_is_encrypted(tmp_path: Path) -> None:
    worker = arrived(people(tmp_path))

    found = records.locked(Worker, worker.pk)

    assert columns(found) == columns(Worker.objects.get(pk=worker.pk))
    assert found.person_id == worker.person_id
    assert not found._state.adding


def test_it_adds_a_row_with_its_number() -> None:
    document = a_document()
    rule = Rule(
        code="test.rule",
        valid_from=date(2020, 2, 1),
        document=document,
        rows=[{"name": "体温上限", "value": 37.3}],
        entered_at=datetime(2020, 2, 1, tzinfo=UTC),
    )
    records.insert(rule)
    assert columns(Rule.objects.get(pk=rule.pk)) == columns(rule)


def test_it_changes_every_column(tmp_path: Path) -> None:
    worker = arrived(people(tmp_path))
    worker.transport, worker.observe_to = "自驾", date(2020, 2, 28)

    records.update(worker)

    assert columns(Worker.objects.get(pk=worker.pk)) == columns(worker)


def test_it_changes_one_row_and_adds_another_with_an_entry(tmp_path: Path) -> None:
    worker = arrived(people(tmp_path))
    last = Step.objects.get(subject=worker.subject, revision=worker.revision)
    before = worker.entry_id
    posting = ledger.Posting("samples/1", "samples.something_done", last.occurred_on, worker.subject, ())

    worker.transport, worker.revision = "自驾", worker.revision + 1
    last.pk, last.revision = None, worker.revision
    number = ledger.post_with(posting, records.Pair(worker, last), at=last.taken_at, actor="system")

    assert number == worker.entry_id == last.entry_id != before
    assert columns(Worker.objects.get(pk=worker.pk)) == columns(worker)
    assert columns(Step.objects.get(pk=last.pk)) == columns(last)


def test_an_event_that_is_there_already_keeps_its_number_and_the_rows_are_stored(tmp_path: Path) -> None:
    worker = arrived(people(tmp_path))
    last = Step.objects.get(subject=worker.subject, revision=worker.revision)
    posting = ledger.Posting("samples/1", "samples.something_done", last.occurred_on, worker.subject, ())
    number = ledger.post_many([posting], at=last.taken_at, actor="system")[0]

    worker.transport = "自驾"
    last.pk, last.revision = None, 99
    assert ledger.post_with(posting, records.Pair(worker, last), at=last.taken_at, actor="system") == number

    assert Worker.objects.get(pk=worker.pk).transport == "自驾"
    assert Step.objects.get(revision=99).entry_id == number
    with pytest.raises(ledger.LedgerError):
        ledger.post_with(posting._replace(kind=""), records.Pair(worker, last), at=last.taken_at, actor="system")


def test_it_says_when_the_row_is_not_there() -> None:
    document = a_document()
    gone = Document(pk=document.pk + 1, number="无", title="无", issuer="无", issued_on=date(2020, 2, 1))

    with pytest.raises(Document.DoesNotExist, match=f"Document {gone.pk}"):
        records.locked(Document, gone.pk)
    with pytest.raises(Document.DoesNotExist, match=f"Document {gone.pk}"):
        records.update(gone)
    with pytest.raises(Document.DoesNotExist, match=f"Document {gone.pk}"), transaction.atomic():
        records.Pair(gone, Document(number="新", title="新", issuer="新", issued_on=date(2020, 2, 1))).store()
    assert Document.objects.count() >= 1
    assert not Document.objects.filter(number="新").exists()
