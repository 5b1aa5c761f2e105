"""`manage.py lint_migrations`: refuses a migration that would lock a living site, by squawk's rules on its SQL."""

import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

NOT_FOR_DJANGO = (
    "prefer-text-field",
    "prefer-robust-stmts",
    "prefer-identity",
    "prefer-bigint-over-int",
    "ban-concurrent-index-creation-in-transaction",
)
TIMEOUTS = "SET lock_timeout = '10s';\nSET statement_timeout = '30s';\n"  # as the settings set them on every connection
SQUAWK = Path(sys.executable).parent / "squawk"


class Command(BaseCommand):
    """Ask squawk about each migration of ours that touches tables which may hold data.

    Before version 1.0, which is when sites must live through an upgrade, its words are advice and fail nothing. An app's first
    migration makes its tables and is not asked about. A migration that must break a rule says so and why in
    `squawk_exempt = {"rule": "reason"}`, or in its SQL by `-- squawk-ignore rule`.
    """

    help = __doc__ or ""
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what squawk has against the migrations, and fail if it has anything."""
        loader = MigrationLoader(connection, replace_migrations=False)
        found = [words for migration in migrations_to_ask_about(loader) if (words := ask_squawk(loader, migration))]
        if found and is_released():
            raise CommandError("\n".join(found))
        self.stdout.write("\n".join(["Before 1.0 this is advice:", *found] if found else ["Every migration may run on a living site."]))


def is_released() -> bool:
    """Tell whether the version of pyproject.toml promises upgrades without a pause."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    return not str(project["version"]).startswith("0.")


def migrations_to_ask_about(loader: MigrationLoader) -> Iterator[Migration]:
    """Return our own migrations but each app's first, in order."""
    for key in sorted(loader.disk_migrations):
        migration = loader.disk_migrations[key]
        if is_ours(migration.app_label) and not migration.initial:
            yield migration


def is_ours(app_label: str) -> bool:
    """Tell an app of this repository from an installed one, which may well be installed below it."""
    path = Path(apps.get_app_config(app_label).path)
    return path.is_relative_to(settings.BASE_DIR) and "site-packages" not in path.parts


def ask_squawk(loader: MigrationLoader, migration: Migration) -> str:
    """Return what squawk has against a migration; nothing when it is content."""
    statements = "\n".join(line for line in loader.collect_sql([(migration, False)]) if line not in {"BEGIN;", "COMMIT;"})
    exempt = [*NOT_FOR_DJANGO, *getattr(migration, "squawk_exempt", {})]
    command = [str(SQUAWK), "--pg-version", "18", "--reporter", "gcc", *(f"--exclude={rule}" for rule in exempt)]
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, f"{migration.app_label}.{migration.name}.sql")
        path.write_text(TIMEOUTS + statements)
        said = subprocess.run(  # noqa: S603 (our own tool on our own file)
            [*command, *(["--assume-in-transaction"] if migration.atomic else []), str(path)], capture_output=True, text=True
        )
        return (said.stdout + said.stderr).replace(f"{directory}/", "") if said.returncode else ""
