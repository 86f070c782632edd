"""The registry as a Django application."""

from datetime import datetime

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shoushan.lib import schedules


class RegistryConfig(AppConfig):
    """Enterprises, their names, sites and dated status, and the frames of the statistics bureau."""

    name = "shoushan.registry"
    label = "registry"
    verbose_name = _("名录")

    def ready(self) -> None:
        """Have names spelled for the search."""
        from shoushan.registry import spelled

        spelled.register("registry.Enterprise", "registry.EnterpriseName")
        schedules.register(
            schedules.Schedule(
                name="registry.spell_names", label=_("名称拼音索引"), cron="* * * * *", function=_spell_names
            )
        )


def _spell_names(at: datetime) -> object:
    from shoushan.registry.services_spellings import spell_names

    return spell_names(at)
