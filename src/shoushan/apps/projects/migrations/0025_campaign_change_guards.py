"""The database itself refuses a change of what was changed in a campaign."""

from django.db import migrations

APPENDED = "rows are append-only"
TABLE = "projects_campaignchange"


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE}"
            " FOR EACH ROW EXECUTE FUNCTION projects_refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE}"
            f" BEGIN SELECT RAISE(ABORT, '{APPENDED}: {verb} on {TABLE}'); END"
        )


def backwards(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for name in ["append_only"] if is_postgresql else ["no_update", "no_delete"]:
        place = f" ON {TABLE}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER {TABLE}_{name}{place}")


class Migration(migrations.Migration):
    dependencies = [("projects", "0024_campaign_changes")]

    operations = [migrations.RunPython(forwards, backwards)]
