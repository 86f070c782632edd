"""Addresses of work resumption."""

from django.urls import path

from shoushan.apps.resumption import views

app_name = "resumption"
urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/export/", views.ledger_export, name="ledger-export"),
    path("enterprises/<str:code>/", views.enterprise_detail, name="enterprise-detail"),
    path("enterprises/<str:code>/move/", views.enterprise_move, name="enterprise-move"),
    path("bulletin/", views.bulletin, name="bulletin"),
    path("bulletin/release/", views.bulletin_release, name="bulletin-release"),
]
