"""What is known of a building besides its area: floors, property fee, hours; drawings of floors, append-only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

APPENDED = "rows are append-only"
TABLE = "premises_floorplan"


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
        ("premises", "0006_moves"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="building",
            name="floors_above",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="地上层数"),
        ),
        migrations.AddField(
            model_name="building",
            name="floors_below",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="地下层数"),
        ),
        migrations.AddField(
            model_name="building",
            name="hours",
            field=models.CharField(blank=True, max_length=60, verbose_name="开放时间"),
        ),
        migrations.AddField(
            model_name="building",
            name="property_fee_fen",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="物业费（分/平方米·月）"),
        ),
        migrations.CreateModel(
            name="FloorPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("floor", models.SmallIntegerField(verbose_name="楼层")),
                ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                ("file_name", models.CharField(max_length=255, verbose_name="文件名")),
                ("path", models.CharField(max_length=120)),
                ("sha256", models.CharField(max_length=64)),
                ("size_bytes", models.PositiveBigIntegerField()),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "building",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="floor_plans",
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
                "ordering": ["building", "-floor", "-revision"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("building", "floor", "revision"), name="premises_plan_revision_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("floor", 0), _negated=True), name="premises_plan_has_no_floor_zero"
                    ),
                ],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
