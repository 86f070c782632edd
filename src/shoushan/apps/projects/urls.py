"""Addresses of key projects."""

from django.urls import path

from shoushan.apps.projects import views

app_name = "projects"
urlpatterns = [
    path("", views.project_list, name="project-list"),
    path("export/", views.project_export, name="project-export"),
    path("board/", views.project_board, name="project-board"),
    path("gantt/", views.project_gantt, name="project-gantt"),
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
    path("pool/", views.idea_list, name="idea-list"),
    path("pool/export/", views.idea_export, name="idea-export"),
    path("pool/new/", views.idea_create, name="idea-create"),
    path("pool/<str:code>/", views.idea_detail, name="idea-detail"),
    path("pool/<str:code>/change/", views.idea_change, name="idea-change"),
    path("pool/<str:code>/steps/<str:name>/", views.idea_step, name="idea-step"),
    path("permits/", views.permit_list, name="permit-list"),
    path("permits/export/", views.permit_export, name="permit-export"),
    path("permits/<str:code>/", views.permit_detail, name="permit-detail"),
    path("permits/<str:code>/steps/<str:name>/", views.permit_step, name="permit-step"),
    path("permits/<str:code>/files/<int:number>/", views.permit_file, name="permit-file"),
    path("returns/<str:code>/", views.return_detail, name="return-detail"),
    path("returns/<str:code>/steps/<str:name>/", views.return_step, name="return-step"),
    path("<str:code>/", views.project_detail, name="project-detail"),
    path("<str:code>/steps/<str:name>/", views.project_step, name="project-step"),
    path("<str:code>/files/<int:number>/", views.project_file, name="project-file"),
    path("<str:code>/months/<str:month>/", views.return_report, name="return-report"),
    path("<str:code>/obstacles/raise/", views.obstacle_raise, name="obstacle-raise"),
    path("<str:code>/permits/apply/", views.permit_apply, name="permit-apply"),
    path("<str:code>/plan/", views.plan_adjust, name="plan-adjust"),
    path("<str:code>/milestones/", views.milestone_set, name="milestone-set"),
]
