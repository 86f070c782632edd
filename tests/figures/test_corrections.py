"""After the publication the ledger goes on: the release stays, a correction is proposed once (handbook Appendix 1 no. 15)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from shoushan.apps.resumption.services import release_bulletin
from shoushan.deadlines.services import run_due_schedules
from shoushan.directory.enums import Role
from shoushan.figures import services_corrections
from shoushan.figures.measures import Measure, UnknownMeasureError, measure
from shoushan.figures.models import CorrectionProposal, Release
from shoushan.figures.services_corrections import propose_corrections
from shoushan.lib.schedules import all_schedules
from shoushan.notices.models import Notice
from tests.apps.resumption.factories import AT, JANUARY, frame, report
from tests.directory.factories import a_user
from tests.kept import district

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 23)
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def release(tmp_path: Path) -> Release:
    district()
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})
    report(tmp_path, DAY, [[1, 100, "2020-02-10", 40], [2, 50, "2020-02-10", 20]])
    office = a_user("office", (Role.HQ_OFFICE, "370102"))
    return release_bulletin(as_of=DAY, at=AT, actor=office)


def corrected(folder: Path, at_work: int) -> None:
    report(folder, DAY, [[1, 100, "2020-02-10", at_work], [2, 50, "2020-02-10", 20]])


def open_ones() -> dict[str, tuple[str, str]]:
    found = CorrectionProposal.objects.filter(closed_at=None)
    return {each.measure.removeprefix("resumption."): (each.published, each.current) for each in found}


def test_it_proposes_nothing_while_the_ledger_says_the_same(release: Release) -> None:
    assert propose_corrections(LATER) == 0
    assert not CorrectionProposal.objects.exists()


def test_it_leaves_the_release_and_proposes_what_changed_once(release: Release, tmp_path: Path) -> None:
    before = release.content
    corrected(tmp_path, 45)

    assert propose_corrections(LATER) == 3
    assert propose_corrections(LATER) == 0
    release.refresh_from_db()
    assert release.content == before
    assert open_ones() == {
        "people_at_work": ("60", "65"),
        "staff_return_rate": ("40.0", "43.3"),
        "staff_return_rate_of_frame": ("40.0", "43.3"),
    }
    assert Notice.objects.get().user == release.published_by
    corrected(tmp_path, 46)
    assert propose_corrections(LATER) == 0
    assert open_ones()["people_at_work"] == ("60", "66")


def test_it_closes_what_the_ledger_says_again(release: Release, tmp_path: Path) -> None:
    corrected(tmp_path, 45)
    propose_corrections(LATER)
    corrected(tmp_path, 40)

    assert propose_corrections(LATER + timedelta(hours=1)) == 0
    assert open_ones() == {}
    assert CorrectionProposal.objects.filter(correction=None).count() == 3


def test_a_correction_takes_the_proposals_up(release: Release, tmp_path: Path) -> None:
    corrected(tmp_path, 45)
    propose_corrections(LATER)
    second = release_bulletin(as_of=DAY, at=LATER, actor=release.published_by, corrects=release, reason="补报")

    assert open_ones() == {}
    assert set(CorrectionProposal.objects.values_list("correction", flat=True)) == {second.pk}
    assert propose_corrections(LATER) == 0


def test_the_page_shows_both_numbers(release: Release, tmp_path: Path) -> None:
    corrected(tmp_path, 45)
    propose_corrections(LATER)
    client = Client()
    client.force_login(release.published_by)  # type: ignore[arg-type]
    page = client.get(reverse("figures:release-detail", args=[release.number])).content.decode()

    for words in ("更正建议", "待核对", ">60<", ">65<"):
        assert words in page


def test_the_scheduler_runs_it(release: Release, tmp_path: Path) -> None:
    assert "figures.propose_corrections" in all_schedules()
    corrected(tmp_path, 45)
    run_due_schedules(worker="test", clock=lambda: AT)
    run_due_schedules(worker="test", clock=lambda: AT + timedelta(minutes=11))
    assert "people_at_work" in open_ones()


def test_old_releases_are_left_alone(release: Release, tmp_path: Path) -> None:
    corrected(tmp_path, 45)
    assert propose_corrections(datetime(2021, 3, 23, tzinfo=AT.tzinfo)) == 0


def test_it_leaves_out_a_measure_that_the_product_no_longer_has(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(code: str) -> Measure:
        if code == "resumption.people_at_work":
            raise UnknownMeasureError(code)
        return measure(code)

    monkeypatch.setattr(services_corrections, "measure", gone)
    corrected(tmp_path, 45)

    assert propose_corrections(LATER) == 2
    assert "people_at_work" not in open_ones()
