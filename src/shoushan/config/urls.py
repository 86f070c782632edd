"""Root addresses of the site."""

from django.urls import include, path

urlpatterns = [
    path("", include("shoushan.portal.urls")),
    path("", include("shoushan.directory.urls")),
    path("ui/", include("shoushan.ui.urls")),
    path("deadlines/", include("shoushan.deadlines.urls")),
    path("", include("shoushan.lifecycle.urls")),
    path("", include("shoushan.fieldwork.urls")),
    path("imports/", include("shoushan.exchange.urls")),
    path("notices/", include("shoushan.notices.urls")),
    path("privacy/", include("shoushan.privacy.urls")),
    path("matters/", include("shoushan.casework.urls")),
    path("figures/", include("shoushan.figures.urls")),
    path("resumption/", include("shoushan.apps.resumption.urls")),
    path("projects/", include("shoushan.apps.projects.urls")),
    path("premises/", include("shoushan.apps.premises.urls")),
]

handler400 = "shoushan.ui.views.bad_request"
handler403 = "shoushan.ui.views.forbidden"
handler404 = "shoushan.ui.views.not_found"
handler500 = "shoushan.ui.views.server_error"
