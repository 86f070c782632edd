"""The directory as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shoushan.directory import checks
from shoushan.ui.navigation import NavigationItem, register

NAVIGATION = (
    NavigationItem(
        label=_("用户账号"),
        url_name="directory:user-list",
        permission="directory.view_user",
        icon="people",
        position=84,
        group=_("系统"),
    ),
    NavigationItem(
        label=_("包挂责任"),
        url_name="directory:responsibility-list",
        permission="directory.view_organisation",
        icon="account",
        position=85,
        group=_("系统"),
    ),
    NavigationItem(
        label=_("单位"),
        url_name="directory:organisation-list",
        permission="directory.view_organisation",
        icon="building",
        position=86,
        group=_("系统"),
    ),
    NavigationItem(
        label=_("辖区"),
        url_name="directory:area-list",
        permission="directory.view_area",
        icon="place",
        position=87,
        group=_("系统"),
    ),
    NavigationItem(
        label=_("管理记录"),
        url_name="directory:administration-list",
        permission="directory.view_administration",
        icon="table",
        position=88,
        group=_("系统"),
    ),
)

__all__ = ["DirectoryConfig", "checks"]


class DirectoryConfig(AppConfig):
    """Areas, organisations, posts, responsibilities, users, roles, scopes and sign-in."""

    name = "shoushan.directory"
    label = "directory"
    verbose_name = _("目录")

    def ready(self) -> None:
        """Take places in the navigation."""
        register(*NAVIGATION)
