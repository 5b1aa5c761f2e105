"""Frozen bytes are compressed the swift way, where the server has it: each is written while a relay waits."""

from django.db import migrations

_HAS = "SELECT 1 FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)"


def _compress_with(method):
    def alter(apps, schema_editor):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(_HAS)
            if cursor.fetchone():
                cursor.execute(f"ALTER TABLE notifications_outgoingmail ALTER COLUMN message SET COMPRESSION {method}")

    return alter


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_road")]
    operations = [migrations.RunPython(_compress_with("lz4"), _compress_with("default"))]
