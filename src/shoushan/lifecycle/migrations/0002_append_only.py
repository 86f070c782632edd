"""Steps, evidence, documents and rules can be added, never changed or removed."""

from django.db import migrations

TABLES = ["step", "evidence", "document", "rule", "riskarea"]


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            """
            CREATE FUNCTION lifecycle_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'rows are append-only: % on %', TG_OP, TG_TABLE_NAME; END $$
            """,
            params=None,
        )
        for table in TABLES:
            schema_editor.execute(
                f"CREATE TRIGGER lifecycle_{table}_append_only BEFORE UPDATE OR DELETE ON lifecycle_{table} "
                "FOR EACH ROW EXECUTE FUNCTION lifecycle_refuse()"
            )
        return
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER lifecycle_{table}_no_{verb.lower()} BEFORE {verb} ON lifecycle_{table} "
                f"BEGIN SELECT RAISE(ABORT, 'rows are append-only: {verb} on lifecycle_{table}'); END"
            )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER lifecycle_{table}_append_only ON lifecycle_{table}")
        schema_editor.execute("DROP FUNCTION lifecycle_refuse()")
        return
    for table in TABLES:
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER lifecycle_{table}_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("lifecycle", "0001_tables")]
    operations = [migrations.RunPython(forwards, backwards)]
