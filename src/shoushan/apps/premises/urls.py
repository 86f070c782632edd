"""Addresses of premises."""

from django.urls import path

from shoushan.apps.premises import views

app_name = "premises"
urlpatterns = [
    path("", views.building_list, name="building-list"),
    path("export/", views.building_export, name="building-export"),
    path("leases/export/", views.lease_export, name="lease-export"),
    path("new/", views.building_open, name="building-open"),
    path("additions/", views.addition_list, name="addition-list"),
    path("additions/export/", views.addition_export, name="addition-export"),
    path("tenants/", views.tenant_watch, name="tenant-watch"),
    path("headquarters/", views.headquarters_list, name="headquarters-list"),
    path("headquarters/<int:number>/end/", views.headquarters_end, name="headquarters-end"),
    path("vacancies/", views.vacancy_list, name="vacancy-list"),
    path("vacancies/export/", views.vacancy_export, name="vacancy-export"),
    path("vacancies/table/", views.vacancy_table, name="vacancy-table"),
    path("vacancies/<str:code>/", views.vacancy_plan, name="vacancy-plan"),
    path("vacancies/<str:code>/floors/<str:floor>/", views.floor_plan, name="floor-plan"),
    path("<str:code>/", views.building_detail, name="building-detail"),
    path("<str:code>/edit/", views.building_edit, name="building-edit"),
    path("<str:code>/space/", views.space_change, name="space-change"),
    path("<str:code>/close/", views.building_close, name="building-close"),
    path("<str:code>/contact/", views.contact_show, name="contact-show"),
    path("<str:code>/tax/", views.tax_enter, name="tax-enter"),
    path("<str:code>/visits/", views.visit_record, name="visit-record"),
    path("<str:code>/plans/", views.plan_upload, name="plan-upload"),
    path("<str:code>/plans/<int:number>/", views.plan_file, name="plan-file"),
    path("<str:code>/units/", views.unit_enter, name="unit-enter"),
    path("<str:code>/units/<str:serial>/", views.unit_detail, name="unit-detail"),
    path("<str:code>/units/<str:serial>/lease/", views.lease_enter, name="lease-enter"),
    path("<str:code>/units/<str:serial>/use/", views.unit_use, name="unit-use"),
    path("<str:code>/units/<str:serial>/end/", views.unit_end, name="unit-end"),
    path("<str:code>/units/<str:serial>/release/", views.vacancy_release, name="vacancy-release"),
    path("<str:code>/units/<str:serial>/withdraw/", views.vacancy_withdraw, name="vacancy-withdraw"),
    path("<str:code>/leases/<str:lease>/end/", views.lease_end, name="lease-end"),
    path("<str:code>/leases/<str:lease>/registration/", views.registration_set, name="registration-set"),
]
