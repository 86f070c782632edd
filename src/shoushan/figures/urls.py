"""Addresses of figures."""

from django.urls import path

from shoushan.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.measure_list, name="measure-list"),
    path("releases/", views.release_list, name="release-list"),
    path("releases/<str:number>/", views.release_detail, name="release-detail"),
    path("releases/<str:number>/file/", views.release_file, name="release-file"),
    path("releases/<str:number>/paper.<str:form>", views.release_paper, name="release-paper"),
    path("entries/<int:number>/", views.entry, name="entry"),
    path("<str:code>/", views.receipt, name="receipt"),
]
