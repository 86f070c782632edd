"""Spellings of names, for finding them by letters."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shoushan.registry.models.enterprises import Enterprise


class NameSpelling(models.Model):
    """How a present or former name of an enterprise is spelled. Derived; may be emptied, the job fills it again."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="spellings", db_index=False)
    name_key = models.CharField(_("名称比对键"), max_length=120)
    initials = models.CharField(_("首字母"), max_length=400)
    syllables = models.CharField(_("全拼"), max_length=400)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["enterprise", "name_key"], name="registry_spelling_once"),
        ]
