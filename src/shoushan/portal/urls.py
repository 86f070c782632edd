"""Addresses of pages that cross domains."""

from django.urls import path

from shoushan.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("cockpit/", views.cockpit, name="cockpit"),
    path("help/", views.guide, name="guide"),
    path("help/pictures/<str:name>", views.guide_picture, name="guide-picture"),
    path("help/<str:folder>/<str:name>/", views.guide_page, name="guide-page"),
    path("views/", views.view_list, name="view-list"),
    path("views/save/", views.view_save, name="view-save"),
    path("views/<int:number>/drop/", views.view_drop, name="view-drop"),
    path("search/", views.search, name="search"),
    path("workbench/", views.workbench, name="workbench"),
    path("workbench/deputies/", views.deputy_list, name="deputy-list"),
    path("workbench/deputies/<int:number>/end/", views.deputy_end, name="deputy-end"),
]
