"""Whose a project is, where, what and who leads it is dated, parts too; what is known so far begins with its first list."""

from datetime import date

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Min, OuterRef, Subquery
from django.db.models.functions import Coalesce, Now

KINDS = [
    ("INDUSTRY", "产业"),
    ("INFRASTRUCTURE", "基础设施"),
    ("LIVELIHOOD", "民生"),
    ("REAL_ESTATE", "房地产"),
    ("RENEWAL", "城市更新"),
    ("PREMISES", "楼宇载体"),
    ("OTHER", "其他"),
]


def forwards(apps, schema_editor):
    Project, Part = apps.get_model("projects", "Project"), apps.get_model("projects", "ProjectPart")
    Profile = apps.get_model("projects", "ProjectProfile")
    projects = Project.objects.annotate(first=Coalesce(Min("memberships__since"), "state_on")).order_by("pk")
    Profile.objects.bulk_create(
        (
            Profile(
                project=each,
                since=each.first,
                kind=each.kind,
                owner_name=each.owner_name,
                site=each.site,
                content=each.content,
                lead_id=each.lead_id,
                sponsor=each.sponsor,
                service_officer=each.service_officer,
                entered_at=Now(),
            )
            for each in projects
        ),
        batch_size=500,
    )
    first = projects.filter(pk=OuterRef("project")).order_by().values("first")[:1]
    Part.objects.update(since=Subquery(first))


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("directory", "0005_administration_append_only"),
        ("projects", "0019_level_of_a_membership"),
    ]

    operations = [
        migrations.AddField(
            model_name="projectpart",
            name="since",
            field=models.DateField(default=date(2020, 1, 1), verbose_name="列入日期"),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="ProjectProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(verbose_name="自")),
                ("kind", models.CharField(choices=KINDS, max_length=14, verbose_name="项目类别")),
                ("owner_name", models.CharField(max_length=120, verbose_name="建设单位")),
                ("site", models.CharField(max_length=200, verbose_name="建设地点")),
                ("content", models.TextField(max_length=2000, verbose_name="建设规模及主要内容")),
                ("sponsor", models.CharField(blank=True, max_length=60, verbose_name="包挂领导")),
                ("service_officer", models.CharField(blank=True, max_length=60, verbose_name="服务专员")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="依据")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                        verbose_name="牵头单位",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="profiles",
                        to="projects.project",
                    ),
                ),
            ],
            options={
                "ordering": ["since", "pk"],
                "indexes": [models.Index(fields=["project", "since"], name="projects_profile_by_day")],
            },
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
