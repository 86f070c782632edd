"""Addresses of the shared look: the gallery of components."""

from __future__ import annotations

from django.urls import path

from shoushan.ui import views

app_name = "ui"
urlpatterns = [path("", views.gallery, name="gallery")]
