"""Addresses of work resumption."""

from django.urls import URLPattern

app_name = "resumption"
urlpatterns: list[URLPattern] = []
