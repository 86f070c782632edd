"""Where tenants pay their tax, from a day on; append-only like where they are registered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

APPENDED = "rows are append-only"
TABLE = "premises_tenanttaxation"


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
        ("registry", "0006_spellings_of_all"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("premises", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="TenantTaxation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(verbose_name="起始日期")),
                ("revision", models.PositiveSmallIntegerField(default=1)),
                ("is_here", models.BooleanField(verbose_name="纳税地在区内")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.enterprise",
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("enterprise", "since", "revision"), name="premises_taxation_revision_once"
                    )
                ],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
