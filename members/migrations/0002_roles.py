"""The groups of permissions: who works in the secretariat, who may open a protected identity."""

from typing import Any

from django.db import migrations


def seed(apps: Any, schema_editor: Any) -> None:
    """Add the groups that are missing."""
    for name in ("secretariat", "protection"):
        apps.get_model("auth", "Group").objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
