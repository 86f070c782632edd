"""A record with a lifecycle that exists in tests only."""

from typing import ClassVar

from django.db import models

from shoushan.lifecycle.models import LifecycleRecord


class Case(LifecycleRecord):
    """One case of the tests."""

    SUBJECT: ClassVar[str] = "case"
    title = models.CharField(max_length=60, blank=True)
    planned_on = models.DateField(null=True)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "samples"
