"""The way of a record: what its contributor writes to the editors, and titles kept ready for finding the same work twice."""

from django.db import migrations, models

_INDEX = "CREATE INDEX record_title_{c}_folded ON publications_record USING gin (core_fold(title_{c}::text) gin_trgm_ops)"
_EMPTY = "written before the first release: the table is empty"


class Migration(migrations.Migration):
    squawk_exempt = dict.fromkeys(("adding-field-with-default", "adding-required-field", "require-concurrent-index-creation"), _EMPTY)
    dependencies = [("publications", "0002_ground")]
    operations = [
        migrations.AddField(
            "record",
            "message",
            models.TextField("what whoever proposed it wrote to the editors", blank=True, db_default="", editable=False),
        ),
        *(migrations.RunSQL(_INDEX.format(c=c), f"DROP INDEX record_title_{c}_folded") for c in ("es", "en", "pt")),
    ]
