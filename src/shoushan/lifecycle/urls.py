"""Addresses of dated rules, and of steps taken of many records."""

from django.urls import path

from shoushan.lifecycle import views

app_name = "lifecycle"
urlpatterns = [
    path("policies/", views.rule_list, name="rule-list"),
    path("policies/documents/", views.document_list, name="document-list"),
    path("policies/risks/", views.risk_list, name="risk-list"),
    path("policies/rules/<str:code>/", views.rule_detail, name="rule-detail"),
    path("policies/rules/<str:code>/new/", views.rule_create, name="rule-create"),
    path("records/<str:subject>/steps/<str:name>/", views.step_many, name="step-many"),
]
