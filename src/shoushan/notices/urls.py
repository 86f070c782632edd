"""Addresses of the inbox."""

from django.urls import path

from shoushan.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="notice-list"),
    path("<int:number>/open/", views.notice_open, name="notice-open"),
    path("read-all/", views.notice_read_all, name="notice-read-all"),
    path("channels/", views.channel_list, name="channel-list"),
    path("channels/<int:number>/try/", views.channel_try, name="channel-try"),
    path("channels/<int:number>/end/", views.channel_end, name="channel-end"),
]
