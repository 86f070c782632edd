from dataclasses import replace

import pytest

from shoushan.directory.access import all_permissions
from shoushan.lifecycle import diagrams
from shoushan.lifecycle.declarations import Lifecycle, State, problems_of, register, registered
from tests.samples.lifecycles import CASES


@pytest.mark.parametrize("lifecycle", registered(), ids=lambda each: each.code)
def test_it_is_complete(lifecycle: Lifecycle) -> None:
    assert problems_of(lifecycle) == []
    for step in lifecycle.transitions:
        assert step.permission in all_permissions()
        assert step.kind.startswith(lifecycle.code.partition(".")[0] + ".")
        assert all(guard.label for guard in step.guards)


def test_it_finds_what_is_missing_in_a_declaration() -> None:
    wrong = replace(
        CASES,
        states=(*CASES.states, State("LOST", "遗失"), State("DRAFT", "又一个")),
        transitions=(*CASES.transitions, replace(CASES.transitions[0], target="NOWHERE", counts_from="some_day")),
    )

    assert problems_of(wrong) == [
        "DRAFT twice",
        "submit twice",
        "submit: no day some_day",
        "submit: no state NOWHERE",
        "LOST is never reached",
        "LOST is final and has a way out, or neither",
    ]


def test_it_refuses_a_second_declaration_of_one_code() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        register(replace(CASES, label="另一个"))
    with pytest.raises(ValueError, match="never reached"):
        register(replace(CASES, code="samples.other", transitions=CASES.transitions[:1]))


def test_it_draws_the_states() -> None:
    drawn = diagrams.mermaid(CASES)

    assert drawn.startswith("stateDiagram-v2\n    [*] --> DRAFT\n    DRAFT: 草稿\n")
    assert "    SUBMITTED --> REFUSED: 逾期不予受理\n    WAITING --> REFUSED: 逾期不予受理\n" in drawn
    assert drawn.endswith("    APPROVED --> [*]\n    REFUSED --> [*]\n")
