"""What the clock wakes exists."""

import importlib

import pytest
from django.apps import apps

from red_mpe.celery import app
from tests.project.test_budgets import ROOT


@pytest.mark.parametrize("entry", app.conf.beat_schedule.values(), ids=app.conf.beat_schedule)
def test_the_clock_wakes_a_task_that_exists(entry):
    app.loader.import_default_modules()
    assert entry["task"] in app.tasks


def test_every_function_for_others_in_a_tasks_module_is_a_task():
    app.loader.import_default_modules()
    for config in apps.get_app_configs():
        if (ROOT / config.name.replace(".", "/") / "tasks.py").exists():
            module = importlib.import_module(f"{config.name}.tasks")
            names = {name for name, thing in vars(module).items() if getattr(thing, "__module__", "") == module.__name__ and name[0] != "_"}
            assert {f"{config.name}.tasks.{name}" for name in names} <= set(app.tasks)
