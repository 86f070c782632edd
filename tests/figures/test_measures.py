import pytest
from django.apps import apps

from shoushan.apps.resumption import measures as declared
from shoushan.figures import naming
from shoushan.figures.measures import UnknownMeasureError, all_measures, measure

CODES = [
    "resumption.enterprises_in_frame",
    "resumption.enterprises_resumed",
    "resumption.people_at_work",
    "resumption.enterprises_resumed_today",
    "resumption.resumption_rate",
    "resumption.staff_return_rate",
    "resumption.staff_return_rate_of_frame",
    "resumption.staff_total",
    "resumption.people_at_work_change",
    "resumption.capacity_rate",
    "resumption.difficulties_received",
    "resumption.difficulties_open",
    "resumption.difficulties_closed_rate",
    "resumption.difficulties_on_time_rate",
    "resumption.difficulties_satisfied_rate",
    "resumption.workers_returned",
    "resumption.workers_observed",
    "resumption.workers_at_post_rate",
]


def test_it_collects_what_the_apps_declare() -> None:
    assert [code for code in all_measures() if code.startswith("resumption.")] == CODES


def test_it_names_the_measures_there_are_when_asked_for_another() -> None:
    with pytest.raises(UnknownMeasureError, match=r"没有编码为 no\.such 的指标") as caught:
        measure("no.such")

    assert all(code in str(caught.value) for code in CODES)


@pytest.mark.parametrize("code", CODES)
def test_it_defines_every_measure_in_full(code: str) -> None:
    found = measure(code).as_dict()

    assert all(found[part] for part in ("name", "unit", "definition", "owner", "numerator"))
    assert found["definition"].endswith("。")
    assert bool(found["denominator"]) == bool(found["base"]) == measure(code).is_rate
    assert (found["unit"] == "%") == measure(code).is_rate


def test_it_refuses_a_measure_that_is_declared_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    assert apps.is_installed("shoushan.apps.resumption")
    monkeypatch.setattr(declared, "MEASURES", (*declared.MEASURES, declared.MEASURES[0]))
    all_measures.cache_clear()
    try:
        with pytest.raises(ValueError, match="declared twice"):
            all_measures()
    finally:
        monkeypatch.undo()
        all_measures.cache_clear()


def test_it_keeps_the_code_of_a_subject_that_nobody_names() -> None:
    assert naming.subject_names(["release:REL-1"]) == {"release:REL-1": "release:REL-1"}
    assert naming.breakdown_names("street") == {}
