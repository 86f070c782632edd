"""The database itself refuses an idea whose state changes without an entry."""

from django.db import migrations

UNPOSTED = "the state changed without an entry of its own"


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE TRIGGER projects_idea_posted BEFORE UPDATE ON projects_idea FOR EACH ROW"
            " WHEN (NEW.state <> OLD.state AND NEW.entry_id IS NOT DISTINCT FROM OLD.entry_id)"
            " EXECUTE FUNCTION projects_refuse_unposted()"
        )
        return
    schema_editor.execute(
        "CREATE TRIGGER projects_idea_posted BEFORE UPDATE ON projects_idea"
        " WHEN NEW.state <> OLD.state AND NEW.entry_id IS OLD.entry_id"
        f" BEGIN SELECT RAISE(ABORT, '{UNPOSTED}'); END"
    )


def backwards(apps, schema_editor):
    place = " ON projects_idea" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER projects_idea_posted{place}")


class Migration(migrations.Migration):
    dependencies = [("projects", "0008_pool")]

    operations = [migrations.RunPython(forwards, backwards)]
