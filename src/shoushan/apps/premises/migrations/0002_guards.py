"""The database itself refuses double letting, areas that don't fit, and changes of what was stated."""

from django.db import migrations

APPENDED = "rows are append-only"
TWICE = "premises: the room is let on some of these days"
LEASE_FITS = "premises: the lease does not fit its room"
TOO_MUCH = "premises: the rooms have more area than the building can let"
UNSAID = "premises: a lease changes by its ending alone"
ROWS = ["buildingspace", "unituse", "leaseending", "tenantregistration", "buildingtax"]

# Rooms of a building against what it can let, on every day on which one of both changes.
ROOMS_EXCEED = """EXISTS (
    SELECT 1 FROM (
        SELECT valid_from AS day FROM premises_unit WHERE building_id = NEW.building_id
        UNION SELECT since FROM premises_buildingspace WHERE building_id = NEW.building_id
    ) days
    WHERE (
        SELECT COALESCE(SUM(u.area_sqdm), 0) FROM premises_unit u
        WHERE u.building_id = NEW.building_id AND u.valid_from <= days.day
            AND (u.valid_to IS NULL OR u.valid_to >= days.day)
    ) > COALESCE((
        SELECT s.lettable_sqdm FROM premises_buildingspace s
        WHERE s.building_id = NEW.building_id AND s.since <= days.day
        ORDER BY s.since DESC, s.revision DESC LIMIT 1
    ), 0)
)"""
# A lease within the area and the days of its room; one that was never carried out has no days.
LEASE_EXCEEDS = """EXISTS (
    SELECT 1 FROM premises_unit u WHERE u.id = {unit}
        AND ({area} > u.area_sqdm
            OR (({last} IS NULL OR {last} >= {since}) AND ({since} < u.valid_from
                OR (u.valid_to IS NOT NULL AND ({last} IS NULL OR {last} > u.valid_to)))))
)"""
OWN_LEASE = LEASE_EXCEEDS.format(unit="NEW.unit_id", area="NEW.area_sqdm", since="NEW.since", last="NEW.last_on")
LEASES_EXCEED = """EXISTS (
    SELECT 1 FROM premises_lease l WHERE l.unit_id = NEW.id
        AND (l.area_sqdm > NEW.area_sqdm
            OR ((l.last_on IS NULL OR l.last_on >= l.since) AND (l.since < NEW.valid_from
                OR (NEW.valid_to IS NOT NULL AND (l.last_on IS NULL OR l.last_on > NEW.valid_to)))))
)"""
OVERLAPS = """(NEW.last_on IS NULL OR NEW.last_on >= NEW.since) AND EXISTS (
    SELECT 1 FROM premises_lease l WHERE l.unit_id = NEW.unit_id AND l.id IS NOT NEW.id
        AND (l.last_on IS NULL OR l.last_on >= l.since)
        AND l.since <= COALESCE(NEW.last_on, '9999-12-31') AND NEW.since <= COALESCE(l.last_on, '9999-12-31')
)"""
KEPT = ["code", "unit_id", "tenant_id", "since", "until", "area_sqdm", "rent_fen", "document", "entered_at"]


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        on_postgresql(schema_editor)
    else:
        on_sqlite(schema_editor)


def on_sqlite(schema_editor):
    def refuse(name, table, verb, condition, sentence):
        schema_editor.execute(
            f"CREATE TRIGGER premises_{name} {verb} ON premises_{table} WHEN {condition}"
            f" BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )

    for verb in ("INSERT", "UPDATE"):
        low = verb.lower()
        refuse(f"lease_let_once_on_{low}", "lease", f"BEFORE {verb}", OVERLAPS, TWICE)
        refuse(f"lease_fits_on_{low}", "lease", f"BEFORE {verb}", OWN_LEASE, LEASE_FITS)
        refuse(f"unit_within_on_{low}", "unit", f"AFTER {verb}", ROOMS_EXCEED, TOO_MUCH)
    refuse("unit_keeps_leases", "unit", "BEFORE UPDATE", LEASES_EXCEED, LEASE_FITS)
    refuse("space_holds_rooms", "buildingspace", "AFTER INSERT", ROOMS_EXCEED, TOO_MUCH)
    for verb in ("INSERT", "UPDATE"):
        backwards = "NEW.last_on IS NOT NULL AND NEW.last_on < date(NEW.since, '-1 day')"
        refuse(f"lease_days_on_{verb.lower()}", "lease", f"BEFORE {verb}", backwards, LEASE_FITS)
    refuse("lease_kept", "lease", "BEFORE UPDATE", changed("IS NOT"), UNSAID)
    for table in ROWS:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER premises_{table}_no_{verb.lower()} BEFORE {verb} ON premises_{table}"
                f" BEGIN SELECT RAISE(ABORT, '{APPENDED}: {verb} on premises_{table}'); END"
            )


def changed(differs):
    """Is more changed of a lease than its last day, or that without an ending that says so?"""
    others = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in KEPT)
    ending = "EXISTS (SELECT 1 FROM premises_leaseending e WHERE e.lease_id = NEW.id AND e.last_on = NEW.last_on)"
    return f"({others} OR (NEW.last_on {differs} OLD.last_on AND NOT {ending}))"


def on_postgresql(schema_editor):
    def function(name, body):
        schema_editor.execute(
            f"CREATE FUNCTION premises_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NEW; END $$",
            params=None,
        )

    def raised(sentence):
        return f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation';"

    def trigger(name, table, when):
        schema_editor.execute(
            f"CREATE TRIGGER premises_{name} {when} ON premises_{table} FOR EACH ROW EXECUTE FUNCTION premises_{name}()"
        )

    # Ranges of built-in types, so that no extension is needed; two writers wait for each other by the index.
    schema_editor.execute(
        "ALTER TABLE premises_lease ADD CONSTRAINT premises_lease_let_once EXCLUDE USING gist"
        " (int8range(unit_id, unit_id, '[]') WITH &&, daterange(since, last_on + 1, '[)') WITH &&)"
    )
    # The rooms and the building are locked first, so that two who write at once see what the other wrote.
    room = "PERFORM 1 FROM premises_unit WHERE id = NEW.unit_id FOR NO KEY UPDATE;"
    building = "PERFORM 1 FROM premises_building WHERE id = NEW.building_id FOR NO KEY UPDATE;"
    function("lease_fits", f"{room} IF {OWN_LEASE} THEN {raised(LEASE_FITS)} END IF;")
    trigger("lease_fits", "lease", "BEFORE INSERT OR UPDATE")
    function("unit_keeps_leases", f"IF {LEASES_EXCEED} THEN {raised(LEASE_FITS)} END IF;")
    trigger("unit_keeps_leases", "unit", "AFTER UPDATE")
    for name, table, when in (
        ("unit_within", "unit", "AFTER INSERT OR UPDATE"),
        ("space_holds_rooms", "buildingspace", "AFTER INSERT"),
    ):
        function(name, f"{building} IF {ROOMS_EXCEED} THEN {raised(TOO_MUCH)} END IF;")
        trigger(name, table, when)
    function("lease_kept", f"IF {changed('IS DISTINCT FROM')} THEN {raised(UNSAID)} END IF;")
    trigger("lease_kept", "lease", "BEFORE UPDATE")
    schema_editor.execute(
        f"""
        CREATE FUNCTION premises_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{APPENDED}: % on %', TG_OP, TG_TABLE_NAME; END $$
        """,
        params=None,
    )
    for table in ROWS:
        schema_editor.execute(
            f"CREATE TRIGGER premises_{table}_append_only BEFORE UPDATE OR DELETE ON premises_{table}"
            " FOR EACH ROW EXECUTE FUNCTION premises_refuse_change()"
        )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE premises_lease DROP CONSTRAINT premises_lease_let_once")
        for table in ROWS:
            schema_editor.execute(f"DROP TRIGGER premises_{table}_append_only ON premises_{table}")
        for name, table in (
            ("lease_fits", "lease"),
            ("unit_keeps_leases", "unit"),
            ("unit_within", "unit"),
            ("space_holds_rooms", "buildingspace"),
            ("lease_kept", "lease"),
        ):
            schema_editor.execute(f"DROP TRIGGER premises_{name} ON premises_{table}")
            schema_editor.execute(f"DROP FUNCTION premises_{name}()")
        schema_editor.execute("DROP FUNCTION premises_refuse_change()")
        return
    for name in ("lease_let_once", "lease_fits", "unit_within", "lease_days"):
        for verb in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER premises_{name}_on_{verb}")
    for name in ("unit_keeps_leases", "space_holds_rooms", "lease_kept"):
        schema_editor.execute(f"DROP TRIGGER premises_{name}")
    for table in ROWS:
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER premises_{table}_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("premises", "0001_tables")]

    operations = [migrations.RunPython(forwards, backwards)]
