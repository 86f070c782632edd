import copy
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from shoushan.apps.resumption.services import BulletinError, release_bulletin
from shoushan.figures.models import Release
from shoushan.figures.publications import document_text
from shoushan.figures.services import ReleaseError
from shoushan.figures.verifying import problems_of_text, summary_of_text
from tests.apps.resumption.factories import AT, JANUARY, frame, report
from tests.kept import district

pytestmark = pytest.mark.django_db

DAY = date(2020, 2, 10)


@pytest.fixture
def release(tmp_path: Path) -> Release:
    district()
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})
    report(tmp_path, DAY, [[1, 50, "2020-02-10", 30], [2, 20, "2020-02-09", 11]])
    return release_bulletin(as_of=DAY, at=AT, actor=None)


def leaves(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else None
    if items is None:
        yield path
        return
    for key, value in items:
        yield from leaves(value, (*path, key))


def changed(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return 1
    if isinstance(value, int | float):
        return value + 1
    return f"{value}0"


def test_it_verifies_as_it_was_published(release: Release) -> None:
    text = document_text(release)

    assert problems_of_text(text) == []
    assert "2家" in summary_of_text(text)


def test_it_fails_when_any_single_part_is_changed(release: Release) -> None:
    document = json.loads(document_text(release))
    paths = list(leaves(document))

    assert len(paths) > 100
    for path in paths:
        altered = copy.deepcopy(document)
        place = altered
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = changed(place[path[-1]])
        assert problems_of_text(json.dumps(altered, ensure_ascii=False)), path


def test_it_fails_when_a_member_is_added_or_removed(release: Release) -> None:
    document = json.loads(document_text(release))
    for change in (lambda rows: rows.pop(), lambda rows: rows.append(rows[0])):
        altered = copy.deepcopy(document)
        change(altered["content"]["holdings"]["2020-02-10"])
        assert problems_of_text(json.dumps(altered, ensure_ascii=False))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "{", '{"content": {"format": "other"}}', '{"content": {"format": "shoushan-release/1"}}']
)
def test_it_says_what_is_wrong_with_something_else(text: str) -> None:
    assert problems_of_text(text)


def test_it_trusts_only_the_key_that_it_is_told(release: Release) -> None:
    text = document_text(release)

    assert problems_of_text(text, trusted_key="00" * 32)
    assert problems_of_text(text, trusted_key=json.loads(text)["public_key"]) == []


def test_it_stays_as_it_was_when_the_ledger_goes_on(release: Release, tmp_path: Path) -> None:
    content = release.content
    report(tmp_path, DAY, [[1, 50, "2020-02-10", 50], [2, 20, "2020-02-09", 11]])

    later = release_bulletin(as_of=DAY, at=AT, actor=None, corrects=release, reason="姚家街道更正")

    assert Release.objects.get(pk=release.pk).content == content
    assert problems_of_text(document_text(release)) == []
    assert problems_of_text(document_text(later)) == []
    values = [
        figure["value"]
        for each in (release, later)
        for figure in each.figures
        if figure["definition"]["code"].endswith("at_work")
    ]
    assert values == [41, 61]
    assert json.loads(later.content)["corrects"] == release.number


def test_it_wants_a_reason_and_corrects_the_newest(release: Release) -> None:
    with pytest.raises(ReleaseError, match="原因"):
        release_bulletin(as_of=DAY, at=AT, actor=None, corrects=release)
    release_bulletin(as_of=DAY, at=AT, actor=None, corrects=release, reason="补报")
    with pytest.raises(ReleaseError, match="最新"):
        release_bulletin(as_of=DAY, at=AT, actor=None, corrects=release, reason="补报")
    with pytest.raises(ReleaseError, match="还没有到"):
        release_bulletin(as_of=date(2030, 1, 1), at=AT, actor=None)


def test_it_has_nothing_to_release_before_the_list_is_in() -> None:
    with pytest.raises(BulletinError, match="请先导入"):
        release_bulletin(as_of=DAY, at=AT, actor=None)


def test_it_can_not_be_changed_or_removed(release: Release) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(title="另一个")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        release.delete()
