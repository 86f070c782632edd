"""The project's own apps and their modules."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import AppConfig, apps


def own_apps() -> list[AppConfig]:
    """Every installed app of the project, in the order of the settings."""
    return [config for config in apps.get_app_configs() if config.name.startswith("shoushan.")]


def modules(name: str) -> Iterator[tuple[AppConfig, ModuleType]]:
    """The module of this name of every app that has one."""
    for config in own_apps():
        path = f"{config.name}.{name}"
        if find_spec(path) is not None:
            yield config, import_module(path)
