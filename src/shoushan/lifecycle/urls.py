"""Addresses of dated rules, steps and evidence."""

from django.urls import path

from shoushan.lifecycle import views

app_name = "lifecycle"
urlpatterns = [
    path("", views.rule_list, name="rule-list"),
    path("documents/", views.document_list, name="document-list"),
    path("risks/", views.risk_list, name="risk-list"),
    path("rules/<str:code>/", views.rule_detail, name="rule-detail"),
    path("rules/<str:code>/new/", views.rule_create, name="rule-create"),
]
