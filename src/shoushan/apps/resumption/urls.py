"""Addresses of work resumption."""

from django.urls import path

from shoushan.apps.resumption import views

app_name = "resumption"
urlpatterns = [
    path("register/", views.contact_register, name="contact-register"),
    path("mine/", views.contact_home, name="contact-home"),
    path("mine/claims/", views.contact_claim, name="contact-claim"),
    path("contacts/", views.contact_list, name="contact-list"),
    path("contacts/<str:code>/", views.contact_detail, name="contact-detail"),
    path("contacts/<str:code>/<str:name>/", views.contact_step, name="contact-step"),
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/export/", views.ledger_export, name="ledger-export"),
    path("enterprises/<str:code>/", views.enterprise_detail, name="enterprise-detail"),
    path("enterprises/<str:code>/move/", views.enterprise_move, name="enterprise-move"),
    path("bulletin/", views.bulletin, name="bulletin"),
    path("bulletin/release/", views.bulletin_release, name="bulletin-release"),
]
