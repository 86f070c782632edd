"""The admin change list over the same table with the same columns, filters and search as the product's page."""

from django.contrib import admin
from django.http import HttpRequest

from shoushan.apps.resumption.models import EnterpriseStanding


class OpenSite(admin.AdminSite):
    """Everybody signed in may look: permissions are not what is measured."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Signed in."""
        return request.user.is_authenticated


class StandingAdmin(admin.ModelAdmin):
    """50 rows a page, the related enterprise fetched with them."""

    list_display = (
        "name",
        "uscc",
        "area_code",
        "category",
        "status",
        "resumed_on",
        "staff_total",
        "at_work",
        "reported_on",
    )
    list_filter = ("area_code", "category", "status")
    search_fields = ("enterprise__name_key", "enterprise__uscc")
    list_select_related = ("enterprise",)
    list_per_page = 50
    ordering = ("area_code", "enterprise_id")

    def name(self, standing: EnterpriseStanding) -> str:
        """The enterprise's name."""
        return standing.enterprise.name

    def uscc(self, standing: EnterpriseStanding) -> str | None:
        """Its credit code."""
        return standing.enterprise.uscc

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Everybody."""
        return True

    has_module_permission = has_change_permission = has_delete_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Everybody."""
        return True


site = OpenSite(name="peer-admin")
site.register(EnterpriseStanding, StandingAdmin)
