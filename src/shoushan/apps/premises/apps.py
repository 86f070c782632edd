"""Premises as an installed application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shoushan.ui import search, signals, subjects, work
from shoushan.ui.navigation import NavigationItem, register, register_public

PUBLIC_PAGES = (NavigationItem(label=_("楼宇空置房源"), url_name="premises:vacancy-list", position=30),)
NAVIGATION = (
    NavigationItem(
        label=_("楼宇台账"),
        url_name="premises:building-list",
        permission="premises.view_building",
        icon="building",
        position=30,
        group=_("项目和载体"),
    ),
    NavigationItem(
        label=_("新增载体"),
        url_name="premises:addition-list",
        permission="premises.view_building",
        icon="chart",
        position=31,
        group=_("项目和载体"),
    ),
    NavigationItem(
        label=_("入驻企业关注"),
        url_name="premises:tenant-watch",
        permission="premises.view_building",
        icon="people",
        position=31,
        group=_("项目和载体"),
    ),
    NavigationItem(
        label=_("总部企业"),
        url_name="premises:headquarters-list",
        permission="premises.view_building",
        icon="place",
        position=31,
        group=_("项目和载体"),
    ),
)


class PremisesConfig(AppConfig):
    """Premises (载体、楼宇经济)."""

    name = "shoushan.apps.premises"
    label = "premises"
    verbose_name = _("楼宇载体")

    def ready(self) -> None:
        """Take a place in the navigation and lend names to the figures."""
        from shoushan.apps.premises import lifecycle
        from shoushan.apps.premises.enums.concerns import ConcernCategory
        from shoushan.apps.premises.selectors import buildings
        from shoushan.apps.premises.selectors.built import built_of
        from shoushan.apps.premises.views.red import red
        from shoushan.apps.premises.views.search import (
            FINDERS,
            building_page,
            unit_page,
            visible_buildings,
            visible_units,
        )
        from shoushan.apps.premises.views.work import VISITS
        from shoushan.casework import kinds as matters
        from shoushan.figures import naming
        from shoushan.lifecycle import seeds
        from shoushan.registry import built, spelled

        built.register(built_of)
        spelled.register("premises.Building")
        search.register(*FINDERS)
        signals.register(red)
        work.register(VISITS)
        subjects.register_page("building", building_page, subjects.among(visible_buildings))
        subjects.register_page("unit", unit_page, subjects.among(visible_units))
        seeds.register(*lifecycle.SEEDS)
        matters.register(lifecycle.CONCERN)
        naming.register_subject("building", buildings.names_of_buildings)
        naming.register_subject("unit", buildings.names_of_units)
        naming.register_breakdown("building", buildings.names_of_categories)
        naming.register_breakdown("concern", lambda: dict(ConcernCategory.choices))
        register_public(*PUBLIC_PAGES)
        register(*NAVIGATION)
