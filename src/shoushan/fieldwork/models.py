"""What phones have sent, so that nothing is taken twice."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Submission(models.Model):
    """One form that was filled in on a phone and taken; its key was made there, before the first try to send it."""

    key = models.UUIDField(unique=True, editable=False)
    user = models.ForeignKey("directory.User", models.PROTECT, related_name="+")
    address = models.CharField(max_length=300)
    answer = models.CharField(max_length=300)
    """Where the person was sent on."""
    filled_at = models.DateTimeField(_("填写时间"), null=True, help_text="As the phone's own clock said it.")
    taken_at = models.DateTimeField(_("收到时间"), auto_now_add=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "taken_at"], name="fieldwork_submission_by_user"),
        ]
