"""The peer's page alone: the change list of Django's admin site over the product's own table."""

from django.urls import path

from bench.peers.admin import site

urlpatterns = [path("peer-admin/", site.urls)]
