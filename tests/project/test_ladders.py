"""Both ladders hold: imports (a linter knows) and foreign keys (it cannot see)."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
RUNGS = ("core", "notifications", "members", "publications", "events", "standards", "portal")  # the lowest first
FREE = "red_mpe.local"  # starts the servers before Django is there; no app imports it


def _ours():
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in RUNGS]


def _keys(model):
    return [field for field in model._meta.get_fields() if field.is_relation and not field.auto_created and field.related_model]


def test_foreign_keys_point_down():
    climbing = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in _ours()
        for field in _keys(model)
        if field.related_model._meta.app_label in RUNGS and field.related_model._meta.label != settings.AUTH_USER_MODEL
        if RUNGS.index(field.related_model._meta.app_label) > RUNGS.index(model._meta.app_label)
    ]
    assert climbing == []


def test_generic_keys_stay_in_the_audit():
    from django.contrib.contenttypes.fields import GenericForeignKey

    found = {model._meta.label for model in _ours() if any(isinstance(f, GenericForeignKey) for f in model._meta.private_fields)}
    assert found == {"core.AuditEntry"}


def test_import_contracts_hold():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@cache
def _imports():
    """Pairs of a module of core and an app that imports it."""
    found = set()
    packages = ("red_mpe", "members", "publications", "events", "standards")
    for path in (path for package in packages for path in (ROOT / package).rglob("*.py")):
        app = path.relative_to(ROOT).parts[: 2 if path.is_relative_to(ROOT / "red_mpe") else 1]
        for node in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)):
            if node.module == "red_mpe.core":
                found |= {(alias.name, app) for alias in node.names}
            elif (node.module or "").startswith("red_mpe.core."):
                found.add((node.module.split(".")[2], app))
    return found


def _importers(module):
    return {app for name, app in _imports() if name == module and app != ("red_mpe", "core")}


CORE = ROOT / "red_mpe/core"
NOT_IMPORTED = {"__init__", "apps", "translation", "admin", "borrowed"}  # found by Django itself, or by makemessages
MODULES = sorted(({path.stem for path in CORE.glob("*.py")} | {"models"}) - NOT_IMPORTED)


@pytest.mark.parametrize("module", MODULES)
def test_each_module_of_core_has_two_users(module):
    assert len(_importers(module)) >= 2, f"core.{module} belongs to its only user"


def test_every_rung_of_an_app_is_known():
    """The linter's list is exhaustive; this names the file that has no rung, which the linter says less plainly."""
    import tomllib

    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][1]
    known = {name.strip(" ()") for layer in contract["layers"] for name in layer.split("|")} | set(contract["exhaustive_ignores"])
    homes = [ROOT / name for name in ("red_mpe/notifications", "red_mpe/portal", "members", "publications", "events", "standards")]
    strangers = [
        str(path.relative_to(ROOT))
        for home in homes
        for path in home.iterdir()
        if path.stem not in known | {"__init__", "__pycache__"} and (path.suffix == ".py" or (path / "__init__.py").exists())
    ]
    assert strangers == []
