"""Entries, transfers, subjects, accounts, leaves and seals can be added, never changed or removed."""

from django.db import migrations

TABLES = ["entry", "transfer", "subject", "account", "leaf", "seal"]


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            """
            CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'ledger rows are append-only: % on %', TG_OP, TG_TABLE_NAME; END $$
            """,
            params=None,
        )
        for table in TABLES:
            schema_editor.execute(
                f"CREATE TRIGGER ledger_{table}_append_only BEFORE UPDATE OR DELETE ON ledger_{table} "
                "FOR EACH ROW EXECUTE FUNCTION ledger_refuse()"
            )
            schema_editor.execute(
                f"CREATE TRIGGER ledger_{table}_no_truncate BEFORE TRUNCATE ON ledger_{table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
            )
        return
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER ledger_{table}_no_{verb.lower()} BEFORE {verb} ON ledger_{table} "
                f"BEGIN SELECT RAISE(ABORT, 'ledger rows are append-only: {verb} on ledger_{table}'); END"
            )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER ledger_{table}_append_only ON ledger_{table}")
            schema_editor.execute(f"DROP TRIGGER ledger_{table}_no_truncate ON ledger_{table}")
        schema_editor.execute("DROP FUNCTION ledger_refuse()")
        return
    for table in TABLES:
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER ledger_{table}_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_tables")]
    operations = [migrations.RunPython(forwards, backwards)]
