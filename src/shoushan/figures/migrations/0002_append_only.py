"""A release can be added, never changed or removed: the database refuses it."""

from django.db import migrations


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION figures_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "BEGIN RAISE EXCEPTION 'releases are append-only: % on %', TG_OP, TG_TABLE_NAME; END $$",
            params=None,
        )
        schema_editor.execute(
            "CREATE TRIGGER figures_release_append_only BEFORE UPDATE OR DELETE ON figures_release "
            "FOR EACH ROW EXECUTE FUNCTION figures_refuse()"
        )
        schema_editor.execute(
            "CREATE TRIGGER figures_release_no_truncate BEFORE TRUNCATE ON figures_release "
            "FOR EACH STATEMENT EXECUTE FUNCTION figures_refuse()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER figures_release_no_{verb.lower()} BEFORE {verb} ON figures_release "
            f"BEGIN SELECT RAISE(ABORT, 'releases are append-only: {verb}'); END"
        )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER figures_release_append_only ON figures_release")
        schema_editor.execute("DROP TRIGGER figures_release_no_truncate ON figures_release")
        schema_editor.execute("DROP FUNCTION figures_refuse()")
        return
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER figures_release_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_releases")]
    operations = [migrations.RunPython(forwards, backwards)]
