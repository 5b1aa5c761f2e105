"""Runs a real Celery worker that knows the announcement `tests.reply`, slowly enough to be killed in the middle of it.

`python -m tests.support.worker SECONDS` looks for that long at each person it tells.
"""

import sys
import time
from pathlib import Path

import django
from django.template import engines


def main(pause):
    """Register the type and run until told to stop, or killed."""
    django.setup()
    from red_mpe.celery import app
    from red_mpe.notifications import registry
    from red_mpe.notifications.actions import spreading
    from red_mpe.notifications.enums import Category

    spreading.BATCH = 20
    engine = engines["django"].engine
    engine.dirs = [*engine.dirs, Path(__file__).parents[1] / "notifications" / "templates"]
    registry.register(
        registry.NotificationType(
            key="tests.reply",
            category=Category.REPLIES,
            audience=lambda entry: entry.data["to"],
            describe=lambda entries: {entry.pk: {"url": "/es/", "group": "Marco", **entry.data} for entry in entries},
            may_see=lambda entry, person: time.sleep(pause) is None,
        )
    )
    app.worker_main(["worker", "--concurrency=1", "--loglevel=WARNING", "--without-gossip", "--without-mingle"])


if __name__ == "__main__":
    main(float(sys.argv[1]))
