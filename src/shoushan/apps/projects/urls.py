"""Addresses of key projects."""

from django.urls import path

from shoushan.apps.projects import views

app_name = "projects"
urlpatterns = [
    path("", views.project_list, name="project-list"),
    path("export/", views.project_export, name="project-export"),
    path("board/", views.project_board, name="project-board"),
    path("compare/", views.project_compare, name="project-compare"),
    path("compare/export/", views.compare_export, name="compare-export"),
    path("returns/", views.return_list, name="return-list"),
    path("returns/review/", views.return_review, name="return-review"),
    path("returns/export/", views.monthly_export, name="monthly-export"),
    path("campaigns/", views.campaign_list, name="campaign-list"),
    path("campaigns/<str:code>/", views.campaign_room, name="campaign-room"),
    path("campaigns/<str:code>/weekly/", views.campaign_weekly, name="campaign-weekly"),
    path("campaigns/<str:code>/projects/", views.campaign_place, name="campaign-place"),
    path("campaigns/<str:code>/decisions/", views.campaign_decide, name="campaign-decide"),
    path("campaigns/<str:code>/decisions/<int:number>/", views.decision_close, name="decision-close"),
    path("returns/<str:code>/", views.return_detail, name="return-detail"),
    path("returns/<str:code>/steps/<str:name>/", views.return_step, name="return-step"),
    path("<str:code>/", views.project_detail, name="project-detail"),
    path("<str:code>/steps/<str:name>/", views.project_step, name="project-step"),
    path("<str:code>/files/<int:number>/", views.project_file, name="project-file"),
    path("<str:code>/months/<str:month>/", views.return_report, name="return-report"),
    path("<str:code>/plan/", views.plan_adjust, name="plan-adjust"),
    path("<str:code>/milestones/", views.milestone_set, name="milestone-set"),
]
