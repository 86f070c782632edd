"""A building, floor and number is one room on a day: the database refuses rooms of one place whose days overlap."""

from django.db import migrations

TWICE = "premises: there is a room of this number on some of these days"
OVERLAPS = """EXISTS (
    SELECT 1 FROM premises_unit u
    WHERE u.building_id = NEW.building_id AND u.floor = NEW.floor AND u.number = NEW.number AND u.id <> NEW.id
        AND (NEW.valid_to IS NULL OR u.valid_from <= NEW.valid_to)
        AND (u.valid_to IS NULL OR NEW.valid_from <= u.valid_to)
)"""


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        for verb in ("INSERT", "UPDATE"):
            schema_editor.execute(
                f"CREATE TRIGGER premises_unit_once_on_{verb.lower()} AFTER {verb} ON premises_unit WHEN {OVERLAPS}"
                f" BEGIN SELECT RAISE(ABORT, '{TWICE}'); END"
            )
        return
    # The building is locked first, so that two who write at once see what the other wrote.
    schema_editor.execute(
        f"""
        CREATE FUNCTION premises_unit_once() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM 1 FROM premises_building WHERE id = NEW.building_id FOR NO KEY UPDATE;
            IF {OVERLAPS} THEN RAISE EXCEPTION '{TWICE}' USING ERRCODE = 'check_violation'; END IF;
            RETURN NEW;
        END $$
        """,
        params=None,
    )
    schema_editor.execute(
        "CREATE TRIGGER premises_unit_once AFTER INSERT OR UPDATE ON premises_unit"
        " FOR EACH ROW EXECUTE FUNCTION premises_unit_once()"
    )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER premises_unit_once ON premises_unit")
        schema_editor.execute("DROP FUNCTION premises_unit_once()")
        return
    for verb in ("insert", "update"):
        schema_editor.execute(f"DROP TRIGGER premises_unit_once_on_{verb}")


class Migration(migrations.Migration):
    dependencies = [("premises", "0003_tenant_taxation")]

    operations = [migrations.RunPython(forwards, backwards)]
