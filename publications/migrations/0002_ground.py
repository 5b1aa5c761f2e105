"""What the library stands on: editors, codes that are never given twice, words kept ready for searching."""

from typing import Any

from django.db import migrations

_WORDS = (
    "setweight(to_tsvector('red_{c}'::regconfig, title_{c}), 'A') || setweight(to_tsvector('red_{c}'::regconfig, names), 'B')"
    " || setweight(to_tsvector('red_{c}'::regconfig, abstract_{c}), 'B') || setweight(to_tsvector('red_{c}'::regconfig, body_{c}), 'D')"
)
_FORWARD = f"""
ALTER TABLE publications_searchdoc ADD COLUMN words_{{c}} tsvector GENERATED ALWAYS AS ({_WORDS}) STORED;
CREATE INDEX searchdoc_words_{{c}} ON publications_searchdoc USING gin (words_{{c}});
"""
_BACKWARD = "ALTER TABLE publications_searchdoc DROP COLUMN words_{c};"
_EMPTY = "written before the first release: the table is empty"


def seed(apps: Any, schema_editor: Any) -> None:
    """Add the group of editors."""
    apps.get_model("auth", "Group").objects.get_or_create(name="editors")


class Migration(migrations.Migration):
    squawk_exempt = dict.fromkeys(("adding-field-with-default", "adding-required-field", "require-concurrent-index-creation"), _EMPTY)
    dependencies = [("publications", "0001_initial"), ("core", "0006_search"), ("members", "0002_roles")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE publications_code", "DROP SEQUENCE publications_code"),
        *(migrations.RunSQL(_FORWARD.format(c=c), _BACKWARD.format(c=c)) for c in ("es", "en", "pt")),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
