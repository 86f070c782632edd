"""Rows read, added and changed by statements that are put together once: the same as by the model's manager."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import models, transaction

from shoushan.apps.resumption.models import Worker
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


def test_it_changes_one_row_and_adds_another_at_once(tmp_path: Path) -> None:
    worker = arrived(people(tmp_path))
    last = Step.objects.get(subject=worker.subject, revision=worker.revision)
    document = a_document()

    worker.transport = "自驾"
    records.update_and_insert(
        worker, added := Document(number="二号", title="二", issuer="二", issued_on=last.occurred_on)
    )

    assert Worker.objects.get(pk=worker.pk).transport == "自驾"
    assert columns(Document.objects.get(pk=added.pk)) == columns(added)
    assert added.pk != document.pk


def test_it_says_when_the_row_is_not_there() -> None:
    document = a_document()
    gone = Document(pk=document.pk + 1, number="无", title="无", issuer="无", issued_on=date(2020, 2, 1))

    with pytest.raises(Document.DoesNotExist, match=f"Document {gone.pk}"):
        records.locked(Document, gone.pk)
    with pytest.raises(Document.DoesNotExist, match=f"Document {gone.pk}"):
        records.update(gone)
    with pytest.raises(Document.DoesNotExist, match=f"Document {gone.pk}"), transaction.atomic():
        records.update_and_insert(gone, Document(number="新", title="新", issuer="新", issued_on=date(2020, 2, 1)))
    assert Document.objects.count() >= 1
    assert not Document.objects.filter(number="新").exists()
