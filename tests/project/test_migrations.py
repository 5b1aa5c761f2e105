"""Migrations say all that the models say, and do not lock a busy table."""

from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import migrations
from django.db.migrations.loader import MigrationLoader

from red_mpe.portal.management.commands.lint_migrations import ask_squawk

OURS = ("core", "notifications", "members", "publications", "events", "standards", "portal")
LOCKS = "CREATE INDEX slow ON members_person (name);"


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_each_app_has_one_last_migration():
    loader = MigrationLoader(None)
    assert loader.detect_conflicts() == {}
    assert {app: len(loader.graph.leaf_nodes(app)) for app in OURS} == dict.fromkeys(OURS, 1)


@pytest.mark.django_db
def test_no_migration_locks_a_busy_table():
    call_command("lint_migrations")


def test_the_linter_sees_an_index_that_would_lock_a_table():
    slow = migrations.Migration("slow", "members")
    loader = SimpleNamespace(collect_sql=lambda plan: [LOCKS])
    assert "concurrent" in ask_squawk(loader, slow)
