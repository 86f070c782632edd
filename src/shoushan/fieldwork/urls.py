"""Addresses of field work, and of what makes it an application on a phone."""

from django.urls import path

from shoushan.fieldwork import views

app_name = "fieldwork"
urlpatterns = [
    path("field/", views.task_list, name="task-list"),
    path("field/state/", views.state, name="state"),
    path("field-worker.js", views.worker, name="worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
