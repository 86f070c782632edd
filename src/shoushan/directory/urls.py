"""Addresses of the directory."""

from django.urls import path

from shoushan.directory import views

app_name = "directory"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("language/", views.set_language, name="language-set"),
    path("theme/", views.set_theme, name="theme-set"),
]
