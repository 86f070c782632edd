"""Closed vocabularies: names of modules, states and their transitions, constraints, permissions, addresses, accounts."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import pytest
from django.apps import apps
from django.db.models import Model, TextChoices
from django.urls import URLPattern, URLResolver, get_resolver

from shoushan.directory.catalogue import all_permissions
from shoushan.lifecycle.declarations import registered
from tests.architecture.sources import MODULES, PACKAGE, tree, words

DOMAIN_MODULES = {
    "enums",
    "chart",
    "lifecycle",
    "books",
    "models",
    "permissions",
    "selectors",
    "measures",
    "services",
    "forms",
    "sheets",
    "tasks",
    "admin",
    "views",
    "urls",
    "apps",
}
OWN = [model for model in apps.get_models() if model.__module__.startswith("shoushan.")]
STATED = {
    "RegistrationStatus": "as the registration authority says; it may say anything after anything",
    "Standing": "follows from the subdistricts' reports, which may be corrected in any direction",
}
"""States that are taken over from elsewhere: there is no transition for us to allow or refuse."""


def modules(*kinds: str) -> Iterator[ModuleType]:
    """The product's modules of these names, single files and packages."""
    for path in MODULES:
        if words(path).intersection(kinds):
            dotted = path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".")
            yield import_module(dotted.removesuffix(".__init__"))


# ---- modules ------------------------------------------------------------------------------------
DOMAINS = sorted(path for path in (PACKAGE / "apps").iterdir() if (path / "__init__.py").exists())


@pytest.mark.parametrize("folder", DOMAINS, ids=lambda folder: folder.name)
def test_it_names_the_modules_of_an_app_from_the_closed_list(folder: object) -> None:
    found = {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}

    assert found - DOMAIN_MODULES - {"__init__", "migrations"} == set()


# ---- states -------------------------------------------------------------------------------------
def choices() -> list[type[TextChoices]]:
    found = {
        member
        for module in modules(*DOMAIN_MODULES, "declarations")
        for _name, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, TextChoices) and member.__module__.startswith("shoushan.")
    }
    return sorted(found, key=lambda each: each.__qualname__)


STATES = [each for each in choices() if re.search(r"(State|Status|Standing)$", each.__name__)]

DECLARED = [{state.code for state in lifecycle.states} for lifecycle in registered()]
"""States of lifecycles, whose declaration is refused where it does not say which may follow."""


@pytest.mark.parametrize("states", STATES, ids=lambda states: states.__name__)
def test_it_says_of_every_state_which_may_follow(states: type[TextChoices]) -> None:
    if states.__name__ in STATED or any(set(states.values) == codes for codes in DECLARED):
        return

    home = import_module(states.__module__)
    tables = [
        table
        for title, table in vars(home).items()
        if title.endswith("TRANSITIONS") and all(isinstance(key, states) for key in table)
    ]

    assert len(tables) == 1
    assert set(tables[0]) == set(states)
    assert all(isinstance(after, states) and after != before for before, next_ in tables[0].items() for after in next_)


def test_it_lists_no_taken_over_state_that_is_gone() -> None:
    assert set(STATED) <= {each.__name__ for each in STATES}


NOT_STORED = {"Verdict"}
"""Keys of the account of a file, in which `shoushan import --json` answers."""


@pytest.mark.parametrize(
    "each", [each for each in choices() if each.__name__ not in NOT_STORED], ids=lambda each: each.__name__
)
def test_it_stores_choices_in_capitals(each: type[TextChoices]) -> None:
    assert [value for value in each.values if not re.fullmatch(r"[A-Z][A-Z0-9_]*", value)] == []


# ---- constraints --------------------------------------------------------------------------------
@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.label)
def test_it_names_constraints_so_that_they_read_as_a_rule(model: type[Model]) -> None:
    names = [constraint.name for constraint in model._meta.constraints]

    assert [each for each in names if not re.fullmatch(rf"{model._meta.app_label}_[a-z0-9]+(_[a-z0-9]+)+", each)] == []


# ---- permissions --------------------------------------------------------------------------------
def test_it_names_permissions_by_verb_and_noun() -> None:
    assert [code for code in all_permissions() if not re.fullmatch(r"[a-z]+\.[a-z]+(_[a-z]+)+", code)] == []


def unpaired(names: set[str]) -> set[str]:
    """`can_x` without a `check_can_x` that says why not."""
    return {each for each in names if each.startswith("can_") and f"check_{each}" not in names}


def test_it_has_a_sentence_for_whatever_one_can_not_do() -> None:
    for module in modules("permissions"):
        functions = {title for title, _ in inspect.getmembers(module, inspect.isfunction)}
        assert unpaired(functions) == set(), module.__name__
        checks = {title for title in functions if title.startswith("check_")}
        assert {title for title in checks if not title.startswith("check_can_")} == set(), module.__name__


def test_it_notices_a_permission_without_a_sentence() -> None:
    assert unpaired({"can_confirm", "can_close", "check_can_close"}) == {"can_confirm"}


# ---- addresses ----------------------------------------------------------------------------------
def addresses(resolver: URLResolver) -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from ((each.namespace or "", pattern) for _space, pattern in addresses(each))
        else:
            yield "", each


def test_it_names_every_address_once_in_one_form() -> None:
    found = [(space, pattern.name) for space, pattern in addresses(get_resolver())]
    ours = [(space, title) for space, title in found if space]

    assert ours
    assert len(set(ours)) == len(ours)
    assert [each for each in ours if not re.fullmatch(r"[a-z]+(-[a-z]+)*", each[1] or "")] == []


# ---- accounts -----------------------------------------------------------------------------------
@pytest.mark.parametrize("folder", DOMAINS, ids=lambda folder: folder.name)
def test_it_spells_accounts_and_kinds_under_the_apps_own_name(folder: object) -> None:
    chart = folder / "chart.py"
    if not chart.exists():
        return

    codes = re.findall(r'"([a-z_]+\.[a-z_.]+)"', chart.read_text())

    assert codes
    assert [code for code in codes if not code.startswith(f"{folder.name}.")] == []
    elsewhere = [path for path in folder.rglob("*.py") if path not in {chart, folder / "measures.py"}]
    assert [path.name for path in elsewhere for code in codes if f'"{code}"' in path.read_text()] == []
    assert tree(chart).body
