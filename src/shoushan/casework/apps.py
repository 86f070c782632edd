"""Casework as an installed application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shoushan.ui import search, signals, work
from shoushan.ui.navigation import NavigationItem, register, register_public


class CaseworkConfig(AppConfig):
    """Matters from raised to closed."""

    name = "shoushan.casework"
    label = "casework"
    verbose_name = _("诉求办理")

    def ready(self) -> None:
        """Take a place in the navigation; make clocks and lifecycles known."""
        from shoushan.casework.clocks import CLOCKS
        from shoushan.casework.lifecycle import LIFECYCLES
        from shoushan.casework.selectors import names_of_matters, names_of_organisations
        from shoushan.casework.views.red import red
        from shoushan.casework.views.search import MATTERS
        from shoushan.casework.views.work import MATTER, QUEUES, page_of
        from shoushan.deadlines import kinds
        from shoushan.figures import naming
        from shoushan.lifecycle import declarations, record_kinds

        search.register(MATTERS)
        signals.register(red)
        work.register(*QUEUES)
        record_kinds.register("matter", MATTER, page=page_of)
        kinds.register(*CLOCKS)
        declarations.register(*LIFECYCLES)
        naming.register_subject("matter", names_of_matters)
        naming.register_breakdown("organisation", names_of_organisations)
        register(
            NavigationItem(
                label=_("诉求办理"),
                url_name="casework:matter-list",
                permission="casework.view_matter",
                icon="people",
                position=12,
                group=_("诉求"),
            ),
            NavigationItem(
                label=_("办理情况统计"),
                url_name="casework:statistics",
                permission="casework.view_area_matters",
                icon="chart",
                position=13,
                group=_("诉求"),
            ),
        )
        register_public(NavigationItem(label=_("诉求公开"), url_name="casework:copy-list", position=30))
