"""Addresses of the exchange."""

from django.urls import path

from shoushan.exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.upload_list, name="upload-list"),
    path("new/", views.upload_create, name="upload-create"),
    path("templates/<str:code>/", views.template_download, name="template-download"),
    path("sheets/", views.sheet_list, name="sheet-list"),
    path("sheets/<str:code>/", views.sheet_detail, name="sheet-detail"),
    path("sheets/<str:code>/headings/<int:number>/end/", views.heading_end, name="heading-end"),
    path("<int:pk>/", views.upload_detail, name="upload-detail"),
    path("<int:pk>/confirm/", views.upload_confirm, name="upload-confirm"),
    path("<int:pk>/recheck/", views.upload_recheck, name="upload-recheck"),
    path("<int:pk>/errors/", views.upload_errors, name="upload-errors"),
    path("<int:pk>/file/", views.upload_file, name="upload-file"),
]
