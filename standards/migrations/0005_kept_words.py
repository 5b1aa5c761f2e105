"""Words of clauses are kept ready for searching, one column a language that PostgreSQL fills itself: ranking reads them and parses nothing.

No model knows these columns, so that no page reads them: `red_mpe.core.search.Kept` does.
"""

from django.db import migrations

_WORDS = "COALESCE(title_{c}, '') || ' ' || COALESCE(text_{c}, '') || ' ' || COALESCE(plain_{c}, '')"
_VECTOR = f"to_tsvector('red_{{c}}'::regconfig, {_WORDS})"
_FORWARD = f"""
ALTER TABLE standards_clausetext ADD COLUMN words_{{c}} tsvector GENERATED ALWAYS AS ({_VECTOR}) STORED;
ALTER TABLE standards_clausetext ALTER COLUMN words_{{c}} SET STORAGE MAIN;
DROP INDEX clause_words_{{c}};
CREATE INDEX clause_words_{{c}} ON standards_clausetext USING gin (words_{{c}});
"""
_BACKWARD = f"""
ALTER TABLE standards_clausetext DROP COLUMN words_{{c}};
CREATE INDEX clause_words_{{c}} ON standards_clausetext USING gin ({_VECTOR});
"""
_RULES = ("adding-field-with-default", "adding-required-field", "require-concurrent-index-creation", "require-concurrent-index-deletion")
LANGUAGES = ("es", "en", "pt")


class Migration(migrations.Migration):
    squawk_exempt = dict.fromkeys(_RULES, "written before the first release: the tables are empty")
    dependencies = [("standards", "0004_frozen_for_ever")]
    operations = [migrations.RunSQL(_FORWARD.format(c=c), _BACKWARD.format(c=c)) for c in LANGUAGES]
