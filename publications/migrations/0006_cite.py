"""Whether a record was ever open to everybody, so that harvesters learn when it no longer is."""

from django.db import migrations, models

_FORWARD = """
CREATE FUNCTION publications_disclose() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state IN ('published', 'embargoed') AND NEW.access IN ('public', 'request') THEN
        NEW.disclosed := true;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_is_disclosed BEFORE INSERT OR UPDATE ON publications_record FOR EACH ROW EXECUTE FUNCTION publications_disclose();
UPDATE publications_record SET disclosed = true WHERE state IN ('published', 'embargoed') AND access IN ('public', 'request');
"""
_BACKWARD = "DROP TRIGGER record_is_disclosed ON publications_record; DROP FUNCTION publications_disclose();"
_EMPTY = "written before the first release: the table is empty"


class Migration(migrations.Migration):
    squawk_exempt = dict.fromkeys(("require-concurrent-index-creation",), _EMPTY)
    dependencies = [("publications", "0005_search")]
    operations = [
        migrations.AddField("record", "disclosed", models.BooleanField(db_default=False, default=False, editable=False)),
        migrations.AddIndex(
            "record", models.Index(condition=models.Q(("disclosed", True)), fields=["stamp", "id"], name="record_disclosed")
        ),
        migrations.RunSQL(_FORWARD, _BACKWARD),
    ]
