"""The database itself refuses a state without an entry, and a change of what was approved."""

from django.db import migrations

UNPOSTED = "the state changed without an entry of its own"
APPENDED = "rows are append-only"
RECORDS = ["project", "monthlyreturn"]
ROWS = ["projectplan", "milestone"]


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        on_postgresql(schema_editor)
        return
    for table in RECORDS:
        schema_editor.execute(
            f"CREATE TRIGGER projects_{table}_posted BEFORE UPDATE ON projects_{table}"
            " WHEN NEW.state <> OLD.state AND NEW.entry_id IS OLD.entry_id"
            f" BEGIN SELECT RAISE(ABORT, '{UNPOSTED}'); END"
        )
    for table in ROWS:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER projects_{table}_no_{verb.lower()} BEFORE {verb} ON projects_{table}"
                f" BEGIN SELECT RAISE(ABORT, '{APPENDED}: {verb} on projects_{table}'); END"
            )


def on_postgresql(schema_editor):
    schema_editor.execute(
        f"""
        CREATE FUNCTION projects_refuse_unposted() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{UNPOSTED}'; END $$
        """,
        params=None,
    )
    schema_editor.execute(
        f"""
        CREATE FUNCTION projects_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{APPENDED}: % on %', TG_OP, TG_TABLE_NAME; END $$
        """,
        params=None,
    )
    for table in RECORDS:
        schema_editor.execute(
            f"CREATE TRIGGER projects_{table}_posted BEFORE UPDATE ON projects_{table} FOR EACH ROW"
            " WHEN (NEW.state <> OLD.state AND NEW.entry_id IS NOT DISTINCT FROM OLD.entry_id)"
            " EXECUTE FUNCTION projects_refuse_unposted()"
        )
    for table in ROWS:
        schema_editor.execute(
            f"CREATE TRIGGER projects_{table}_append_only BEFORE UPDATE OR DELETE ON projects_{table}"
            " FOR EACH ROW EXECUTE FUNCTION projects_refuse_change()"
        )


def backwards(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in RECORDS:
        place = f" ON projects_{table}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER projects_{table}_posted{place}")
    for table in ROWS:
        names = ["append_only"] if is_postgresql else ["no_update", "no_delete"]
        for name in names:
            place = f" ON projects_{table}" if is_postgresql else ""
            schema_editor.execute(f"DROP TRIGGER projects_{table}_{name}{place}")
    if is_postgresql:
        schema_editor.execute("DROP FUNCTION projects_refuse_unposted()")
        schema_editor.execute("DROP FUNCTION projects_refuse_change()")


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_tables"), ("ledger", "0002_append_only")]

    operations = [migrations.RunPython(forwards, backwards)]
