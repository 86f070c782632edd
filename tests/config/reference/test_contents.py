"""Each page is complete: nothing that the code declares is left out, and nothing is described that it does not have."""

from __future__ import annotations

import re
from types import ModuleType

import pytest
from django.apps import apps
from django.db.models import TextChoices

from shoushan.config.cli import Parser
from shoushan.config.commands import build_parser
from shoushan.config.reference import (
    accounts,
    commands,
    dependencies,
    markdown,
    measures,
    models,
    sheets,
    states,
    wording,
)
from shoushan.exchange.declarations import all_sheets
from shoushan.exchange.enums import UPLOAD_TRANSITIONS, UploadState
from shoushan.exchange.models import Upload
from shoushan.figures.measures import all_measures


# ---- markdown -----------------------------------------------------------------------------------
def test_it_keeps_a_bar_and_a_line_break_within_their_cell() -> None:
    text = markdown.table(("A", "B"), [("one|two", "three\nfour")])

    assert text.splitlines() == ["| A | B |", "|---|---|", "| one\\|two | three four |"]


def test_it_gives_a_dash_for_what_has_no_english() -> None:
    assert wording.english("没有译文的词句") == "—"
    assert wording.english("%") == "%"


# ---- models -------------------------------------------------------------------------------------
def test_it_describes_every_field_and_constraint_of_every_model() -> None:
    page = models.render()

    for config in apps.get_app_configs():
        for model in config.get_models() if config.name.startswith("shoushan.") else ():
            of_app = page.split(f"\n## {config.label}\n")[1]
            section = of_app.split(f"### {model.__name__}\n")[1].split("\n### ")[0].split("\n## ")[0]
            for field in model._meta.concrete_fields:
                assert f"| `{field.name}` |" in section or field.name == "id"
            for constraint in model._meta.constraints:
                assert f"`{constraint.name}`" in section


def test_it_says_the_type_with_its_bounds() -> None:
    assert models.kind_of(Upload._meta.get_field("sha256")) == "Char ≤ 64"
    assert models.kind_of(Upload._meta.get_field("source")) == "→ exchange.SourceFile"


# ---- measures, sheets ---------------------------------------------------------------------------
def test_it_defines_every_measure_with_its_parts() -> None:
    page = measures.render()

    for each in all_measures().values():
        section = page.split(f"\n## {each.code}\n")[1].split("\n## ")[0]
        for part in (each.definition, each.owner, *each.numerator, *each.denominator, each.base):
            assert str(part) in section


def test_it_lists_every_column_with_its_synonyms() -> None:
    page = sheets.render()

    for sheet in all_sheets():
        section = page.split(f"\n## {sheet.code}\n")[1].split("\n## ")[0]
        for column in sheet.columns:
            assert f"`{column.name}`" in section
            assert all(synonym in section for synonym in column.synonyms)


def test_it_tells_a_required_column_from_a_required_value() -> None:
    ledger = next(sheet for sheet in all_sheets() if sheet.code == "resumption.ledger")
    by_name = {column.name: sheets.required(column) for column in ledger.columns}

    assert (by_name["name"], by_name["at_work"], by_name["note"]) == ("value", "column", "")


# ---- commands -----------------------------------------------------------------------------------
def test_it_describes_every_command_and_option() -> None:
    page = commands.render()

    for name, parser, text in commands.leaves(build_parser(Parser)):
        assert text, name
        section = page.split(f"\n## {name}\n")[1].split("\n## ")[0]
        for action in parser._actions:
            assert action.help, f"{name} {action.dest} has no line of help"
            assert action.dest == "help" or markdown.cell(action.help) in section


def test_it_shows_the_way_to_call_a_command() -> None:
    usage = "shoushan figure 指标编码 --as-of 日期 [--by area|category] [--area 区划代码] [--known-at 封存] [--json]"

    assert usage in commands.render()


def test_it_takes_the_keys_of_an_answer_from_what_is_printed() -> None:
    assert commands.answer_keys()["members"].startswith('a list of `{"subject", "name", "amount"}`')


# ---- states -------------------------------------------------------------------------------------
def test_it_draws_each_transition_once() -> None:
    [machine] = [each for each in states.machines() if each.states is UploadState]

    lines = states.diagram(machine, [UploadState.RECEIVED]).splitlines()

    drawn = {tuple(line.split(" --> ")) for line in map(str.strip, lines) if " --> " in line}
    asked = {(one.name, other.name) for one, others in UPLOAD_TRANSITIONS.items() for other in others}
    assert drawn == asked | {("[*]", "RECEIVED"), ("DONE", "[*]")}
    assert '  state "已导入" as DONE' in lines


def test_it_has_a_transition_line_for_every_state() -> None:
    for machine in states.machines():
        assert set(machine.transitions) == set(machine.states), machine.name


def test_it_takes_no_other_dictionary_for_transitions() -> None:
    class Colour(TextChoices):
        RED = "RED"

    module_level = {"tones": {Colour.RED: "late"}, "roles": {"a": frozenset({Colour.RED})}, "none": {}}

    assert [states._states_of(value) for value in module_level.values()] == [None, None, None]


def test_it_finds_the_field_and_where_it_begins() -> None:
    assert states.fields_with(UploadState) == [("exchange.Upload.state", "RECEIVED")]


# ---- accounts -----------------------------------------------------------------------------------
def test_it_names_every_account_that_a_measure_asks() -> None:
    page = accounts.render()

    for each in all_measures().values():
        for account in (*each.numerator, *each.denominator):
            assert f"| `{account}` |" in page


def test_it_reads_a_chart_without_descriptions_by_the_shape_of_its_codes() -> None:
    chart = ModuleType("chart")
    vars(chart).update(
        PIECES_HELD="supplies.pieces.held", PIECES="supplies.pieces", ITEM_ISSUED="supplies.item_issued", UNIT="piece"
    )

    assert accounts.accounts_of(chart) == {"supplies.pieces.held": ("", "Pieces held")}
    assert accounts.kinds_of(chart) == {"supplies.item_issued": "Item issued"}


# ---- dependencies -------------------------------------------------------------------------------
def test_it_gives_a_version_and_a_reason_for_every_dependency() -> None:
    rows = re.findall(r"^\| `[^`]+` \|.*$", dependencies.render(), re.MULTILINE)

    assert len(rows) > 30
    for row in rows:
        name, _span, version, why = row.strip("| ").split(" | ")
        assert version, name
        assert why, name


@pytest.mark.parametrize(("written", "same"), [("Django_Tasks.DB", "django-tasks-db"), ("psycopg", "psycopg")])
def test_it_knows_a_package_by_any_spelling(written: str, same: str) -> None:
    assert dependencies.normal(written) == same
