"""The database itself refuses to change or delete an audit entry."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION core_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON core_auditentry FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
"""
BACKWARD = "DROP TRIGGER audit_is_append_only ON core_auditentry; DROP FUNCTION core_refuse_change();"


class Migration(migrations.Migration):
    dependencies = [("core", "0003_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
