"""To which zone a project belongs is dated; what is known so far begins with the first list on which the project was."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Min
from django.db.models.functions import Now


def forwards(apps, schema_editor):
    Project, ZoneStay = apps.get_model("projects", "Project"), apps.get_model("projects", "ZoneStay")
    placed = Project.objects.filter(zone__isnull=False).annotate(first=Min("memberships__since")).order_by("pk")
    ZoneStay.objects.bulk_create(
        ZoneStay(project=each, zone_id=each.zone_id, since=each.first or each.state_on, entered_at=Now())
        for each in placed
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("projects", "0015_completion_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="ZoneStay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(verbose_name="归属自")),
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
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zone_stays",
                        to="projects.project",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stays",
                        to="projects.zone",
                        verbose_name="片区",
                    ),
                ),
            ],
            options={
                "ordering": ["since", "pk"],
                "indexes": [models.Index(fields=["project", "since"], name="projects_zone_stay_by_day")],
            },
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
