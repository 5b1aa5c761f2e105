"""Freezing and writing wait for each other, and a frozen version is never thawed, renamed or deleted.

Without the lock a clause written while its version is being frozen could be committed after the hash was taken.
"""

from django.db import migrations

_TEXT = """
CREATE OR REPLACE FUNCTION standards_refuse_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE touched bigint := COALESCE(CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END, 0);
BEGIN
  {lock}
  IF EXISTS (SELECT 1 FROM standards_version WHERE id = touched AND frozen_at IS NOT NULL)
     OR (TG_OP = 'UPDATE' AND EXISTS (SELECT 1 FROM standards_version WHERE id = OLD.version_id AND frozen_at IS NOT NULL)) THEN
    RAISE EXCEPTION 'the text of a frozen version never changes' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""
_VERSION = """
CREATE FUNCTION standards_refuse_thaw() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (NEW.frozen_at, NEW.sha256, NEW.number, NEW.framework_id)
     IS DISTINCT FROM (OLD.frozen_at, OLD.sha256, OLD.number, OLD.framework_id) THEN
    RAISE EXCEPTION 'a frozen version stays as it is' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen_version_stays BEFORE UPDATE OR DELETE ON standards_version
  FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL) EXECUTE FUNCTION standards_refuse_thaw();
"""
FORWARD = _TEXT.format(lock="PERFORM 1 FROM standards_version WHERE id = touched FOR SHARE;") + _VERSION
BACKWARD = "DROP TRIGGER frozen_version_stays ON standards_version; DROP FUNCTION standards_refuse_thaw();" + _TEXT.format(lock="")


class Migration(migrations.Migration):
    dependencies = [("standards", "0003_search_indexes")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
