"""To which subdistrict a building belongs, from a day on; append-only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

APPENDED = "rows are append-only"
TABLE = "premises_buildingmove"


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE}"
            " FOR EACH ROW EXECUTE FUNCTION premises_refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE}"
            f" BEGIN SELECT RAISE(ABORT, '{APPENDED}: {verb} on {TABLE}'); END"
        )


def unguard(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for name in ["append_only"] if is_postgresql else ["no_update", "no_delete"]:
        place = f" ON {TABLE}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER {TABLE}_{name}{place}")


class Migration(migrations.Migration):
    dependencies = [
        ("premises", "0005_investor_phone"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BuildingMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(verbose_name="变更日期")),
                ("area_from", models.CharField(max_length=9, verbose_name="原所属街道")),
                ("area_to", models.CharField(max_length=9, verbose_name="所属街道")),
                ("reason", models.CharField(max_length=200, verbose_name="变更原因")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "building",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="premises.building",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["building", "since"],
                "constraints": [
                    models.UniqueConstraint(fields=("building", "since"), name="premises_move_of_a_day_once"),
                    models.CheckConstraint(
                        condition=models.Q(("area_from", models.F("area_to")), _negated=True),
                        name="premises_move_leads_elsewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="premises_move_says_why"
                    ),
                ],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
