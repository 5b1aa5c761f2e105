"""One index a language for the words of clauses. The expression is the one that `red_mpe.core.search.vector` writes."""

from django.db import migrations

_INDEX = """CREATE INDEX clause_words_{c} ON standards_clausetext USING gin
(to_tsvector('red_{c}'::regconfig, COALESCE(title_{c}, '') || ' ' || COALESCE(text_{c}, '') || ' ' || COALESCE(plain_{c}, '')))"""
LANGUAGES = ("es", "en", "pt")


class Migration(migrations.Migration):
    squawk_exempt = {"require-concurrent-index-creation": "written before the first release: the tables are empty"}
    dependencies = [("standards", "0002_guards"), ("core", "0006_search")]
    operations = [migrations.RunSQL(_INDEX.format(c=c), f"DROP INDEX clause_words_{c}") for c in LANGUAGES]
