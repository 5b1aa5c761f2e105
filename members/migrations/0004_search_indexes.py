"""Names are found by any part of them, accents and capitals ignored."""

from django.db import migrations

NAMES = (("person", "name"), ("organisation", "name"), ("organisation", "acronym"))
_INDEX = "CREATE INDEX {table}_{field}_folded ON members_{table} USING gin (core_fold({field}::text) gin_trgm_ops)"


class Migration(migrations.Migration):
    squawk_exempt = {"require-concurrent-index-creation": "written before the first release: the tables are empty"}
    dependencies = [("members", "0003_affiliation_confirmed"), ("core", "0006_search")]
    operations = [
        migrations.RunSQL(_INDEX.format(table=table, field=field), f"DROP INDEX {table}_{field}_folded") for table, field in NAMES
    ]
