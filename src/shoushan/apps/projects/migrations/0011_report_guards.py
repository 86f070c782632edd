"""A status report can be added, never changed or removed: the database refuses it."""

from django.db import migrations

APPENDED = "rows are append-only"


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE TRIGGER projects_statusreport_append_only BEFORE UPDATE OR DELETE ON projects_statusreport"
            " FOR EACH ROW EXECUTE FUNCTION projects_refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER projects_statusreport_no_{verb.lower()} BEFORE {verb} ON projects_statusreport"
            f" BEGIN SELECT RAISE(ABORT, '{APPENDED}: {verb} on projects_statusreport'); END"
        )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER projects_statusreport_append_only ON projects_statusreport")
        return
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER projects_statusreport_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("projects", "0010_status_reports")]

    operations = [migrations.RunPython(forwards, backwards)]
