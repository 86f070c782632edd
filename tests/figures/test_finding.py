"""Figures and releases are found by name; corrections that are due wait for whoever publishes."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from shoushan.apps.resumption.services import release_bulletin
from shoushan.directory.enums import Role
from shoushan.directory.models import User
from shoushan.figures.measures import measure
from shoushan.figures.models import Release
from shoushan.figures.search import FINDERS
from shoushan.figures.services_corrections import propose_corrections
from shoushan.figures.values import begun_on
from shoushan.figures.work import PROPOSALS
from shoushan.ledger import api as ledger
from tests.apps.resumption.factories import AT, JANUARY, frame, report
from tests.directory.factories import a_user
from tests.kept import district

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 23)
MEASURES, RELEASES = FINDERS
PEOPLE = "resumption.people_at_work"


@pytest.fixture
def release(tmp_path: Path) -> Release:
    district()
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})
    report(tmp_path, DAY, [[1, 100, "2020-02-10", 40], [2, 50, "2020-02-10", 20]])
    return release_bulletin(as_of=DAY, at=AT, actor=a_user("office", (Role.HQ_OFFICE, "370102")))


def nobody() -> User:
    return a_user("nobody")


def test_measures_are_found_by_name_spelling_and_code(release: Release) -> None:
    office = User.objects.get(username="office")

    for words in ("累计开工总人数", "ljkgzrs", "people_at_work"):
        assert PEOPLE in [hit.note for hit in MEASURES.find(office, words, DAY)]
    assert MEASURES.find(office, "没有这个", DAY) == []
    assert MEASURES.find(nobody(), "累计", DAY) == []


def test_releases_are_found_by_title_and_number(release: Release) -> None:
    office = User.objects.get(username="office")

    for words in (release.title[:6], release.number):
        (hit,) = RELEASES.find(office, words, DAY)
        assert hit.address == f"/figures/releases/{release.number}/"
    assert RELEASES.find(nobody(), release.number, DAY) == []


def test_a_published_number_that_no_longer_holds_waits_for_the_publisher(release: Release, tmp_path: Path) -> None:
    office, stranger = User.objects.get(username="office"), nobody()
    report(tmp_path, DAY, [[1, 100, "2020-02-10", 45], [2, 50, "2020-02-10", 20]])
    propose_corrections(AT + timedelta(minutes=5))

    assert PROPOSALS.count(office, DAY, AT) == 3
    first = PROPOSALS.items(office, DAY, AT, 0, 1)[0]
    assert (first.code, first.address) == (release.number, f"/figures/releases/{release.number}/")
    assert "→" in first.title
    assert PROPOSALS.count(stranger, DAY, AT) == 0
    assert list(PROPOSALS.items(stranger, DAY, AT, 0, 9)) == []


def test_a_measure_begins_with_its_first_entry(release: Release) -> None:
    assert begun_on(measure(PEOPLE)) == DAY
    assert begun_on(measure(PEOPLE), areas=["370102013"]) is None
    assert ledger.first_day(["nothing.at_all"]) is None
