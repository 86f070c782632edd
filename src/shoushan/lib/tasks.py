"""The background-task decorator of whichever Django runs: its own from 6.0 on, the backport before."""

try:
    from django.tasks import task  # type: ignore[import-not-found,unused-ignore]
except ModuleNotFoundError:  # Django 5.2
    from django_tasks import task  # type: ignore[no-redef,unused-ignore]

__all__ = ["task"]
