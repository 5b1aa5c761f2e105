"""The database itself keeps two promises: a frozen text never changes, a comment is never deleted."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION standards_refuse_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE touched bigint := COALESCE(CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END, 0);
BEGIN
  IF EXISTS (SELECT 1 FROM standards_version WHERE id = touched AND frozen_at IS NOT NULL)
     OR (TG_OP = 'UPDATE' AND EXISTS (SELECT 1 FROM standards_version WHERE id = OLD.version_id AND frozen_at IS NOT NULL)) THEN
    RAISE EXCEPTION 'the text of a frozen version never changes' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER frozen_text_never_changes BEFORE INSERT OR UPDATE OR DELETE ON standards_clausetext
  FOR EACH ROW EXECUTE FUNCTION standards_refuse_frozen();
CREATE TRIGGER comment_is_never_deleted BEFORE DELETE ON standards_comment FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
"""
BACKWARD = """
DROP TRIGGER comment_is_never_deleted ON standards_comment;
DROP TRIGGER frozen_text_never_changes ON standards_clausetext;
DROP FUNCTION standards_refuse_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("standards", "0001_initial"), ("core", "0004_append_only_audit")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
