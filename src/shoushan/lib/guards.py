"""What the database itself refuses, as steps of migrations."""

from __future__ import annotations

from typing import Any, Final

from django.db import migrations

APPENDED: Final = "rows are append-only"


def append_only(table: str) -> migrations.RunPython:
    """Refuse that a row of this table is changed or removed.

    On PostgreSQL by the function `<app>_refuse_change`, which a migration of the app has made before.
    """
    app = table.partition("_")[0]

    def forwards(_apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION {app}_refuse_change()"
            )
            return
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{APPENDED}: {verb} on {table}'); END"
            )

    def backwards(_apps: Any, schema_editor: Any) -> None:
        is_postgresql = schema_editor.connection.vendor == "postgresql"
        for name in ["append_only"] if is_postgresql else ["no_update", "no_delete"]:
            place = f" ON {table}" if is_postgresql else ""
            schema_editor.execute(f"DROP TRIGGER {table}_{name}{place}")

    return migrations.RunPython(forwards, backwards)
