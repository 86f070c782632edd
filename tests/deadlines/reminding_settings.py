"""The product's own settings with the app that hears reminders."""

from shoushan.config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.deadlines.reminding.RemindingConfig"]  # noqa: F405
