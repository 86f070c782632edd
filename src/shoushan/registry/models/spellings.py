"""Spellings of names, for finding them by letters."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class NameSpelling(models.Model):
    """How a name that something bears or bore is spelled. Derived; may be emptied, the job fills it again."""

    name_key = models.CharField(_("名称比对键"), max_length=120)
    initials = models.CharField(_("首字母"), max_length=400)
    syllables = models.CharField(_("全拼"), max_length=400)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["name_key"], name="registry_spelling_of_a_name_once"),
        ]
