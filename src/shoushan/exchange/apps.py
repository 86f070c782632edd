"""The exchange as an installed application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shoushan.ui import work
from shoushan.ui.navigation import NavigationItem, register


class ExchangeConfig(AppConfig):
    """Excel and CSV, in and out."""

    name = "shoushan.exchange"
    label = "exchange"
    verbose_name = _("数据交换")

    def ready(self) -> None:
        """Take a place in the navigation."""
        from shoushan.exchange.work import UPLOADS

        work.register(UPLOADS)
        register(
            NavigationItem(
                label=_("导入台账"),
                url_name="exchange:upload-list",
                permission="exchange.view_upload",
                icon="upload",
                position=30,
                group=_("数据"),
            ),
            NavigationItem(
                label=_("表样"),
                url_name="exchange:sheet-list",
                permission="exchange.view_sheet",
                icon="table",
                position=31,
                group=_("数据"),
            ),
        )
