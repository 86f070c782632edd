"""Addresses of work resumption."""

from django.urls import path

from shoushan.apps.resumption import views

app_name = "resumption"
urlpatterns = [
    path("register/", views.contact_register, name="contact-register"),
    path("mine/", views.contact_home, name="contact-home"),
    path("mine/claims/", views.contact_claim, name="contact-claim"),
    path("applications/", views.application_list, name="application-list"),
    path("applications/new/<str:code>/", views.application_create, name="application-create"),
    path("applications/<str:code>/", views.application_detail, name="application-detail"),
    path("applications/<str:code>/edit/", views.application_edit, name="application-edit"),
    path("applications/<str:code>/check/", views.application_check, name="application-check"),
    path("applications/<str:code>/files/<int:number>/", views.application_file, name="application-file"),
    path("applications/<str:code>/steps/<str:name>/", views.application_step, name="application-step"),
    path("returns/", views.return_list, name="return-list"),
    path("returns/decide/", views.return_decide, name="return-decide"),
    path("returns/remind/", views.return_remind, name="return-remind"),
    path("returns/file/<str:code>/", views.return_file, name="return-file"),
    path("filings/<str:code>/", views.filing_detail, name="filing-detail"),
    path("filings/<str:code>/steps/<str:name>/", views.filing_step, name="filing-step"),
    path("permits/", views.permit_list, name="permit-list"),
    path("permits/<str:token>/", views.permit_detail, name="permit-detail"),
    path("violations/", views.violation_list, name="violation-list"),
    path("violations/<str:code>/", views.violation_detail, name="violation-detail"),
    path("violations/<str:code>/files/<int:number>/", views.violation_file, name="violation-file"),
    path("violations/<str:code>/steps/<str:name>/", views.violation_step, name="violation-step"),
    path("contacts/", views.contact_list, name="contact-list"),
    path("contacts/<str:code>/", views.contact_detail, name="contact-detail"),
    path("contacts/<str:code>/steps/<str:name>/", views.contact_step, name="contact-step"),
    path("difficulties/new/<str:code>/", views.difficulty_create, name="difficulty-create"),
    path("funds/", views.funds_list, name="funds-list"),
    path("visits/", views.visit_list, name="visit-list"),
    path("visits/new/<str:code>/", views.visit_create, name="visit-create"),
    path("enterprises/<str:code>/officer/", views.officer_appoint, name="officer-appoint"),
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/export/", views.ledger_export, name="ledger-export"),
    path("enterprises/<str:code>/", views.enterprise_detail, name="enterprise-detail"),
    path("enterprises/<str:code>/move/", views.enterprise_move, name="enterprise-move"),
    path("bulletin/", views.bulletin, name="bulletin"),
    path("bulletin/release/", views.bulletin_release, name="bulletin-release"),
]
