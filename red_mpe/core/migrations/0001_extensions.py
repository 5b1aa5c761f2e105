"""The database's own tools: unaccent and trigrams for search, btree_gist for exclusion constraints."""

from typing import Any

from django.db import migrations

WANTED = ("unaccent", "pg_trgm", "btree_gist")


def create_extensions(apps: Any, schema_editor: Any) -> None:
    """Create what is missing; where the role may not, say which command an administrator runs."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        missing = [name for name in WANTED if name not in {row[0] for row in cursor.fetchall()}]
        for name in missing:
            try:
                cursor.execute(f'CREATE EXTENSION IF NOT EXISTS "{name}"')
            except Exception as error:
                commands = " ".join(f'CREATE EXTENSION IF NOT EXISTS "{wanted}";' for wanted in missing)
                raise RuntimeError(f"The database role may not create extensions. Ask an administrator to run: {commands}") from error


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunPython(create_extensions, migrations.RunPython.noop)]
