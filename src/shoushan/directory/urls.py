"""Addresses of the directory."""

from django.urls import path

from shoushan.directory import views

app_name = "directory"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("language/", views.set_language, name="language-set"),
    path("theme/", views.set_theme, name="theme-set"),
    path("account/password/", views.own_password, name="own-password"),
    path("administration/users/", views.user_list, name="user-list"),
    path("administration/users/new/", views.user_create, name="user-create"),
    path("administration/users/<str:username>/", views.user_detail, name="user-detail"),
    path("administration/users/<str:username>/password/", views.user_password, name="user-password"),
    path("administration/users/<str:username>/switch/", views.user_switch, name="user-switch"),
    path("administration/users/<str:username>/roles/", views.user_grant, name="user-grant"),
    path("administration/users/<str:username>/roles/<int:number>/end/", views.user_grant_end, name="user-grant-end"),
    path("administration/responsibilities/", views.responsibility_list, name="responsibility-list"),
    path("administration/responsibilities/<int:number>/end/", views.responsibility_end, name="responsibility-end"),
    path("administration/organisations/", views.organisation_list, name="organisation-list"),
    path("administration/areas/", views.area_list, name="area-list"),
    path("administration/log/", views.administration_list, name="administration-list"),
]
