"""Key projects as an installed application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shoushan.ui import search, signals, work
from shoushan.ui.navigation import NavigationItem, register

NAVIGATION = (
    NavigationItem(
        label=_("重点项目"),
        url_name="projects:project-list",
        permission="projects.view_project",
        icon="building",
        position=29,
        group=_("项目和载体"),
    ),
    NavigationItem(
        label=_("项目月调度"),
        url_name="projects:return-list",
        permission="projects.view_project",
        icon="clock",
        position=29,
        group=_("项目和载体"),
    ),
    NavigationItem(
        label=_("项目审批"),
        url_name="projects:permit-list",
        permission="projects.view_project",
        icon="clock",
        position=29,
        group=_("项目和载体"),
    ),
    NavigationItem(
        label=_("项目策划"),
        url_name="projects:idea-list",
        permission="projects.view_project",
        icon="building",
        position=29,
        group=_("项目和载体"),
    ),
    NavigationItem(
        label=_("三个一批会战"),
        url_name="projects:campaign-list",
        permission="projects.view_project",
        icon="chart",
        position=29,
        group=_("项目和载体"),
    ),
)


class ProjectsConfig(AppConfig):
    """Key projects (重点项目)."""

    name = "shoushan.apps.projects"
    label = "projects"
    verbose_name = _("重点项目")

    def ready(self) -> None:
        """Take a place in the navigation and lend names to the figures."""
        from shoushan.apps.projects import lifecycle
        from shoushan.apps.projects.views.red import red
        from shoushan.apps.projects.views.search import FINDERS
        from shoushan.apps.projects.views.work import KINDS, QUEUES
        from shoushan.casework import kinds as matters
        from shoushan.deadlines import kinds
        from shoushan.lifecycle import declarations, policies, record_kinds, seeds
        from shoushan.registry import spelled

        spelled.register("projects.Project", "projects.FormerProjectName", "projects.Idea")
        search.register(*FINDERS)
        signals.register(red)
        work.register(*QUEUES)
        for subject, kind, page in KINDS:
            record_kinds.register(subject, kind, page=page)
        policies.register(*lifecycle.RULES)
        seeds.register(*lifecycle.SEEDS)
        kinds.register(*lifecycle.CLOCKS)
        matters.register(lifecycle.OBSTACLE)
        declarations.register(*lifecycle.LIFECYCLES)
        register(*NAVIGATION)
        _lend_names()


def _lend_names() -> None:
    """Names of subjects and breakdowns for the figures."""
    from shoushan.apps.projects.enums.obstacles import ObstacleCategory
    from shoushan.apps.projects.enums.permits import PermitStage
    from shoushan.apps.projects.enums.pool import IdeaTheme
    from shoushan.apps.projects.enums.projects import Kind
    from shoushan.apps.projects.selectors.campaigns import names_of_campaigns
    from shoushan.apps.projects.selectors.names import names_of_ideas, names_of_permits, names_of_projects
    from shoushan.figures import naming

    naming.register_subject("project", names_of_projects)
    naming.register_breakdown("project_kind", lambda: dict(Kind.choices))
    naming.register_subject("permit", names_of_permits)
    naming.register_subject("idea", names_of_ideas)
    naming.register_breakdown("idea_theme", lambda: dict(IdeaTheme.choices))
    naming.register_breakdown("obstacle", lambda: dict(ObstacleCategory.choices))
    naming.register_breakdown("permit_stage", lambda: dict(PermitStage.choices))
    naming.register_breakdown("campaign", names_of_campaigns)
