"""What import contracts can't see: a foreign key that names a model of a higher layer, or of a sibling, by text."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Model

from tests.architecture.sources import MODULES, PROJECT, imported, name

CONTRACTS = PROJECT["tool"]["importlinter"]["contracts"]
ORDER = [{part.strip(" ()") for part in each.split("|")} for each in CONTRACTS[0]["layers"]]
OWN = [model for model in apps.get_models() if model.__module__.startswith("shoushan.")]


def package(model: type[Model]) -> str:
    """`apps.resumption` or `ledger`."""
    parts = model.__module__.split(".")[1:]
    return ".".join(parts[:2]) if parts[0] == "apps" else parts[0]


def layer(model: type[Model]) -> int:
    """Place in the order of contract 1, the highest first."""
    top = package(model).split(".")[0]
    return next(place for place, members in enumerate(ORDER) if top in members)


@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.label)
def test_it_points_foreign_keys_downwards(model: type[Model]) -> None:
    for field in model._meta.get_fields():
        target = getattr(field, "related_model", None)
        if not field.concrete or target is None or not target.__module__.startswith("shoushan."):
            continue
        is_own = package(target) == package(model)
        assert is_own or layer(target) > layer(model), f"{field.name} -> {target._meta.label}"


def test_it_names_the_subject_instead_of_pointing_anywhere() -> None:
    generic = {"django.contrib.contenttypes.fields.GenericForeignKey"}

    assert [name(path) for path in MODULES if generic.intersection(imported(path))] == []
    assert [model for model in OWN if model._meta.private_fields] == []
