"""One index a language for the words of events. The expression is the one that `red_mpe.core.search.vector` writes."""

from django.db import migrations

_INDEX = """CREATE INDEX event_words_{c} ON events_event USING gin
(to_tsvector('red_{c}'::regconfig, COALESCE(title_{c}, '') || ' ' || COALESCE(summary_{c}, '') || ' ' || COALESCE(description_{c}, '')))"""
LANGUAGES = ("es", "en", "pt")


class Migration(migrations.Migration):
    squawk_exempt = {"require-concurrent-index-creation": "written before the first release: the tables are empty"}
    dependencies = [("events", "0001_initial"), ("core", "0006_search")]
    operations = [migrations.RunSQL(_INDEX.format(c=c), f"DROP INDEX event_words_{c}") for c in LANGUAGES]
