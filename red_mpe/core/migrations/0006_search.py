"""Search in three languages: text configurations that ignore accents, and one immutable way to fold a name."""

from django.db import migrations

CONFIGURATIONS = {"red_es": "spanish", "red_en": "english", "red_pt": "portuguese"}

_CONFIGURE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_ts_config WHERE cfgname = '{name}' AND pg_ts_config_is_visible(oid)) THEN
    CREATE TEXT SEARCH CONFIGURATION {name} (COPY = pg_catalog.{base});
    ALTER TEXT SEARCH CONFIGURATION {name} ALTER MAPPING FOR hword, hword_part, word WITH unaccent, {base}_stem;
  END IF;
END $$;
"""
# `unaccent` is only STABLE because its dictionary could be changed; ours is named and never is, so an index may use it.
# It is named with its schema, because PostgreSQL builds indexes without a search path.
_FOLD = """
DO $outer$ DECLARE home text := (SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'unaccent'); BEGIN
  EXECUTE format($create$
    CREATE OR REPLACE FUNCTION core_fold(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT pg_catalog.lower(%s.unaccent('%s.unaccent'::pg_catalog.regdictionary, words)) $$
  $create$, home, home);
END $outer$;
"""
FORWARD = [_CONFIGURE.format(name=name, base=base) for name, base in CONFIGURATIONS.items()] + [_FOLD]
BACKWARD = ["DROP FUNCTION IF EXISTS core_fold(text)"] + [f"DROP TEXT SEARCH CONFIGURATION IF EXISTS {name}" for name in CONFIGURATIONS]


class Migration(migrations.Migration):
    dependencies = [("core", "0005_taxonomies")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
