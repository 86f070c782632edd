"""Zones are drawn in revisions; the column that nobody could fill goes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0011_report_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name="zone",
            name="outline",
        ),
        migrations.CreateModel(
            name="ZoneOutline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                ("polygons", models.JSONField(verbose_name="边界")),
                ("points", models.PositiveIntegerField(verbose_name="点数")),
                ("is_schematic", models.BooleanField(default=False, verbose_name="示意")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
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
                    "zone",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outlines",
                        to="projects.zone",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("zone", "revision"), name="projects_zone_outline_revision_once")
                ],
            },
        ),
    ]
