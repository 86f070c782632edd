"""The catalogue of permissions: declared as data in every app's permissions.py, collected here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from django.apps import apps

from shoushan.directory.enums import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing that a person may do: `app.verb_noun`, its label for people, and the roles that hold it."""

    code: str
    label: str | _StrPromise
    roles: frozenset[Role]


class PermissionDeclarationError(LookupError):
    """A permission is asked for that no app declares, or declared twice: a defect of the program, never of the user."""


@cache
def all_permissions() -> dict[str, Permission]:
    """Every declared permission by code, in the order of INSTALLED_APPS."""
    found: dict[str, Permission] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.permissions"
        if not config.name.startswith("shoushan.") or find_spec(name) is None:
            continue
        for permission in import_module(name).PERMISSIONS:
            if permission.code in found or not permission.code.startswith(f"{config.label}."):
                raise PermissionDeclarationError(f"{permission.code} in {name}")
            found[permission.code] = permission
    return found


def permission(code: str) -> Permission:
    """The permission of this code; PermissionDeclarationError when no app declares it."""
    try:
        return all_permissions()[code]
    except KeyError:
        raise PermissionDeclarationError(code) from None


def truth_table() -> dict[str, frozenset[Role]]:
    """Each permission with the roles that hold it, for documents and tests."""
    return {code: declared.roles for code, declared in all_permissions().items()}
