"""A code that a project had can be added, never changed or removed: the database refuses it."""

from django.db import migrations

APPENDED = "rows are append-only"


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE TRIGGER projects_formerprojectcode_append_only BEFORE UPDATE OR DELETE ON projects_formerprojectcode"
            " FOR EACH ROW EXECUTE FUNCTION projects_refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER projects_formerprojectcode_no_{verb.lower()} BEFORE {verb} ON projects_formerprojectcode"
            f" BEGIN SELECT RAISE(ABORT, '{APPENDED}: {verb} on projects_formerprojectcode'); END"
        )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER projects_formerprojectcode_append_only ON projects_formerprojectcode")
        return
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER projects_formerprojectcode_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("projects", "0022_former_project_codes")]

    operations = [migrations.RunPython(forwards, backwards)]
