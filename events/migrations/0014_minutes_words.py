"""Words of published minutes, kept ready for the search of the site: titles weigh most. No model knows the columns that PostgreSQL fills."""

from django.db import migrations, models

_WORDS = """setweight(to_tsvector('red_{c}'::regconfig, COALESCE(heading_{c}, '')), 'A') ||
to_tsvector('red_{c}'::regconfig, COALESCE(plain_{c}, ''))"""
_FORWARD = f"""
ALTER TABLE events_minutes ADD COLUMN words_{{c}} tsvector GENERATED ALWAYS AS ({_WORDS}) STORED;
CREATE INDEX minutes_words_{{c}} ON events_minutes USING gin (words_{{c}});
"""
_BACKWARD = "ALTER TABLE events_minutes DROP COLUMN words_{c};"
_RULES = ("adding-field-with-default", "adding-required-field", "require-concurrent-index-creation")
LANGUAGES = ("es", "en", "pt")


def _column(name: str) -> migrations.AddField:
    null = name not in ("heading", "plain")
    field = models.TextField(blank=True, db_default="", editable=False, null=null)
    return migrations.AddField(model_name="minutes", name=name, field=field)


class Migration(migrations.Migration):
    squawk_exempt = dict.fromkeys(_RULES, "written before the first release: the tables are empty")
    dependencies = [("events", "0013_minutes_taken_back"), ("core", "0006_search")]
    operations = [
        *(_column(name + end) for name in ("heading", "plain") for end in ("", *(f"_{c}" for c in LANGUAGES))),
        *(migrations.RunSQL(_FORWARD.format(c=c), _BACKWARD.format(c=c)) for c in LANGUAGES),
    ]
