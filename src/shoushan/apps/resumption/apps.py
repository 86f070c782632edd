"""Work resumption as an installed application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shoushan.ui import search, signals, subjects, work
from shoushan.ui.navigation import NavigationItem, register, register_public

PUBLIC_PAGES = (
    NavigationItem(label=_("企业联络人注册"), url_name="resumption:contact-register", position=10),
    NavigationItem(label=_("准予复工场所"), url_name="resumption:permit-list", position=20),
)
NAVIGATION = (
    NavigationItem(
        label=_("复工日报"),
        url_name="resumption:bulletin",
        permission="resumption.view_bulletin",
        icon="chart",
        position=10,
        group=_("复工复产"),
    ),
    NavigationItem(
        label=_("复工复产台账"),
        url_name="resumption:ledger",
        permission="resumption.view_ledger",
        icon="table",
        position=20,
        group=_("复工复产"),
    ),
    NavigationItem(
        label=_("我的企业"),
        url_name="resumption:contact-home",
        permission="resumption.represent_enterprise",
        icon="account",
        position=5,
    ),
    NavigationItem(
        label=_("企业日报"),
        url_name="resumption:return-list",
        permission="resumption.view_ledger",
        icon="clock",
        position=21,
        group=_("复工复产"),
    ),
    NavigationItem(
        label=_("复工申请"),
        url_name="resumption:application-list",
        permission="resumption.view_application",
        icon="check",
        position=22,
        group=_("复工复产"),
    ),
    NavigationItem(
        label=_("企业走访"),
        url_name="resumption:visit-list",
        permission="resumption.record_visit",
        icon="building",
        position=23,
        group=_("复工复产"),
    ),
    NavigationItem(
        label=_("资金需求"),
        url_name="resumption:funds-list",
        permission="resumption.view_funds",
        icon="table",
        position=23,
        group=_("复工复产"),
    ),
    NavigationItem(
        label=_("违规举报"),
        url_name="resumption:violation-list",
        permission="resumption.check_application",
        icon="alert",
        position=24,
        group=_("复工复产"),
    ),
    NavigationItem(
        label=_("返岗人员"),
        url_name="resumption:worker-list",
        permission="resumption.view_workers",
        icon="people",
        position=26,
        group=_("复工复产"),
    ),
    NavigationItem(
        label=_("返岗包车"),
        url_name="resumption:trip-list",
        permission="resumption.plan_trips",
        icon="place",
        position=27,
        group=_("复工复产"),
    ),
    NavigationItem(
        label=_("隔离点"),
        url_name="resumption:place-list",
        permission="resumption.view_workers",
        icon="building",
        position=28,
        group=_("复工复产"),
    ),
    NavigationItem(
        label=_("企业联络人"),
        url_name="resumption:contact-list",
        permission="resumption.confirm_contact",
        icon="account",
        position=25,
        group=_("复工复产"),
    ),
)


class ResumptionConfig(AppConfig):
    """Work resumption (复工复产)."""

    name = "shoushan.apps.resumption"
    label = "resumption"
    verbose_name = _("复工复产")

    def ready(self) -> None:
        """Take a place in the navigation and make known what work resumption adds to the kernel."""
        from shoushan.apps.resumption import lifecycle
        from shoushan.apps.resumption.views.field import FIELDWORK
        from shoushan.apps.resumption.views.red import red
        from shoushan.apps.resumption.views.search import FINDERS
        from shoushan.apps.resumption.views.work import ENTERPRISE, KINDS, QUEUES
        from shoushan.casework import kinds as matters
        from shoushan.deadlines import kinds
        from shoushan.fieldwork import tasks
        from shoushan.lifecycle import declarations, policies, record_kinds, seeds

        tasks.register(*FIELDWORK)
        search.register(*FINDERS)
        signals.register(red)
        work.register(*QUEUES)
        for subject, kind, page in KINDS:
            record_kinds.register(subject, kind, page=page)
        subjects.register_page(*ENTERPRISE)
        policies.register(*lifecycle.RULES)
        seeds.register(*lifecycle.SEEDS, *lifecycle.DIFFICULTY_SEEDS)
        kinds.register(lifecycle.REPLY_CLOCK)
        declarations.register(*lifecycle.LIFECYCLES)
        matters.register(lifecycle.DIFFICULTY)
        register_public(*PUBLIC_PAGES)
        register(*NAVIGATION)
        _lend_names()


def _lend_names() -> None:
    """Names of subjects and of the lines of breakdowns for the figures."""
    from shoushan.apps.resumption import enums, selectors
    from shoushan.apps.resumption.enums.difficulties import DifficultyCategory
    from shoushan.figures import naming

    naming.register_subject("worker", selectors.names_of_workers)
    naming.register_subject("enterprise", selectors.names_of_enterprises)
    naming.register_breakdown("area", selectors.names_of_areas)
    naming.register_breakdown("category", lambda: dict(enums.Category.choices))
    naming.register_breakdown("origin", lambda: dict(enums.OriginGroup.choices))
    naming.register_breakdown("difficulty", lambda: dict(DifficultyCategory.choices))
