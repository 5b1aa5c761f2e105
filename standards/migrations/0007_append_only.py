"""The database itself keeps the record: what was saved, moved, waived, extended or corrected is never rewritten."""

from django.db import migrations

TABLES = ("clauserevision", "clauselineage", "erratum", "stageevent", "guardwaiver", "roundextension")
FORWARD = (
    "CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON standards_{table} FOR EACH ROW EXECUTE FUNCTION core_refuse_change();"
)
BACKWARD = "DROP TRIGGER {table}_is_append_only ON standards_{table};"


class Migration(migrations.Migration):
    dependencies = [("standards", "0006_memory"), ("core", "0004_append_only_audit")]
    operations = [migrations.RunSQL(FORWARD.format(table=table), BACKWARD.format(table=table)) for table in TABLES]
