"""Addresses of matters."""

from django.urls import path

from shoushan.casework import views

app_name = "casework"
urlpatterns = [
    path("", views.matter_list, name="matter-list"),
    path("statistics/", views.statistics, name="statistics"),
    path("public/", views.copy_list, name="copy-list"),
    path("public/<int:number>/", views.copy_detail, name="copy-detail"),
    path("parts/<str:code>/steps/<str:name>/", views.assignment_step, name="assignment-step"),
    path("orders/<str:code>/steps/<str:name>/", views.supervision_step, name="supervision-step"),
    path("<str:code>/", views.matter_detail, name="matter-detail"),
    path("<str:code>/publish/", views.copy_publish, name="copy-publish"),
    path("<str:code>/unpublish/", views.copy_withdraw, name="copy-withdraw"),
    path("<str:code>/files/<int:number>/", views.matter_file, name="matter-file"),
    path("<str:code>/steps/<str:name>/", views.matter_step, name="matter-step"),
]
