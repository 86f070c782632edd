import django.db.models.deletion
from django.db import migrations, models

REFUSAL = "the state changed without an entry of its own"


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"""
            CREATE FUNCTION samples_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
            """,
            params=None,
        )
        schema_editor.execute(
            "CREATE TRIGGER samples_case_posted BEFORE UPDATE ON samples_case FOR EACH ROW"
            " WHEN (NEW.state <> OLD.state AND NEW.entry_id IS NOT DISTINCT FROM OLD.entry_id)"
            " EXECUTE FUNCTION samples_refuse()"
        )
        return
    schema_editor.execute(
        "CREATE TRIGGER samples_case_posted BEFORE UPDATE ON samples_case"
        " WHEN NEW.state <> OLD.state AND NEW.entry_id IS OLD.entry_id"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_tables")]
    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("code", models.CharField(editable=False, max_length=40, unique=True)),
                ("area_code", models.CharField(max_length=12)),
                ("state", models.CharField(max_length=20)),
                ("state_on", models.DateField()),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("title", models.CharField(blank=True, max_length=60)),
                ("planned_on", models.DateField(null=True)),
                ("people", models.PositiveIntegerField(default=0)),
                (
                    "entry",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entry",
                    ),
                ),
            ],
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
