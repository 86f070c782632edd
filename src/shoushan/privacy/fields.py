"""The column for personal data: plain in the program, encrypted in the database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.functions import Cast

from shoushan.privacy import cipher
from shoushan.privacy.enums import DataClass


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text of a data class. Only "is it empty" can be asked of it; equality goes through a blind index beside it."""

    def __init__(self, *args: Any, data_class: str = DataClass.IDENTITY, **kwargs: Any) -> None:
        self.data_class = data_class
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Migrations know a plain text column: the encryption is no matter of the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    @property
    def place(self) -> str:
        """The column's name, to which its values are bound."""
        return f"{self.model._meta.label_lower}.{self.name}"  # noqa: SLF001 - documented

    def get_prep_value(self, value: Any) -> Any:
        """Encrypted, unless empty."""
        text = super().get_prep_value(value)
        return cipher.encrypt(text, self.place) if text else text

    def from_db_value(self, value: Any, *_more: Any) -> Any:
        """As it was entered."""
        return cipher.decrypt(value, self.place) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every question that an encrypted column can't answer."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: ask its blind index")
        return super().get_lookup(lookup_name)


def encrypted_fields() -> Iterator[EncryptedTextField]:
    """Every encrypted column of the installed apps."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:  # noqa: SLF001 - documented
            if isinstance(field, EncryptedTextField):
                yield field


def has_values() -> bool:
    """Is there anything encrypted in the database?"""
    return any(_has_values(field) for field in encrypted_fields())


def _has_values(field: EncryptedTextField) -> bool:
    rows = field.model._base_manager.annotate(raw=Cast(field.name, models.CharField()))  # noqa: SLF001 - documented
    return rows.exclude(raw="").exists()
