"""The directory as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shoushan.directory import checks

__all__ = ["DirectoryConfig", "checks"]


class DirectoryConfig(AppConfig):
    """Areas, organisations, posts, responsibilities, users, roles, scopes and sign-in."""

    name = "shoushan.directory"
    label = "directory"
    verbose_name = _("目录")
