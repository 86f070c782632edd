"""A locked frame and its members can neither be changed nor removed, and no member can be added."""

from django.db import migrations

SENTENCE = "a locked frame cannot be changed"


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        _forwards_postgresql(schema_editor)
    else:
        _forwards_sqlite(schema_editor)


def _forwards_postgresql(schema_editor):
    schema_editor.execute(
        """
        CREATE FUNCTION registry_refuse_locked_frame() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.locked_at IS NOT NULL THEN
                RAISE EXCEPTION 'a locked frame cannot be changed' USING ERRCODE = 'check_violation';
            END IF;
            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END $$;
        CREATE TRIGGER registry_frame_locked BEFORE UPDATE OR DELETE ON registry_frame
            FOR EACH ROW EXECUTE FUNCTION registry_refuse_locked_frame();
        CREATE FUNCTION registry_refuse_locked_member() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (
                SELECT 1 FROM registry_frame WHERE locked_at IS NOT NULL AND id IN (
                    CASE WHEN TG_OP <> 'INSERT' THEN OLD.frame_id END,
                    CASE WHEN TG_OP <> 'DELETE' THEN NEW.frame_id END
                )
            ) THEN
                RAISE EXCEPTION 'a locked frame cannot be changed' USING ERRCODE = 'check_violation';
            END IF;
            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END $$;
        CREATE TRIGGER registry_framemember_locked BEFORE INSERT OR UPDATE OR DELETE ON registry_framemember
            FOR EACH ROW EXECUTE FUNCTION registry_refuse_locked_member();
        """
    )


def _forwards_sqlite(schema_editor):
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER registry_frame_locked_{verb.lower()} BEFORE {verb} ON registry_frame "
            f"WHEN OLD.locked_at IS NOT NULL BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )
    locked = "(SELECT id FROM registry_frame WHERE locked_at IS NOT NULL)"
    for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        schema_editor.execute(
            f"CREATE TRIGGER registry_framemember_locked_{verb.lower()}_{row.lower()} BEFORE {verb} ON registry_framemember "
            f"WHEN {row}.frame_id IN {locked} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            """
            DROP TRIGGER registry_framemember_locked ON registry_framemember;
            DROP TRIGGER registry_frame_locked ON registry_frame;
            DROP FUNCTION registry_refuse_locked_member();
            DROP FUNCTION registry_refuse_locked_frame();
            """
        )
        return
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER registry_frame_locked_{verb}")
    for event in ("insert_new", "update_old", "update_new", "delete_old"):
        schema_editor.execute(f"DROP TRIGGER registry_framemember_locked_{event}")


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_registry_tables")]
    operations = [migrations.RunPython(forwards, backwards)]
