"""Addresses of deadlines."""

from django.urls import path

from shoushan.deadlines.views import calendars, clocks

app_name = "deadlines"
urlpatterns = [
    path("", clocks.clock_list, name="clock-list"),
    path("clocks/<int:number>/", clocks.clock_detail, name="clock-detail"),
    path("moves/", clocks.move_list, name="move-list"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/new/", calendars.version_create, name="version-create"),
    path("calendar/hours/", calendars.hours_create, name="hours-create"),
    path("calculator/", calendars.calculator, name="calculator"),
]
