"""Addresses of the protection of personal data."""

from django.urls import path

from shoushan.privacy import views

app_name = "privacy"
urlpatterns = [path("accesses/", views.access_list, name="access-list")]
