"""Work in the background: the application and the beat schedule. A task is only a wake-up; the truth is in the database."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "red_mpe.settings")

app = Celery("red_mpe")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "heartbeat": {"task": "red_mpe.portal.tasks.beat_heartbeat", "schedule": 30.0},
    "sweep-announcements": {"task": "red_mpe.notifications.tasks.sweep_announcements", "schedule": 60.0},
    "pump-mail": {"task": "red_mpe.notifications.tasks.pump", "schedule": 30.0},
    "purge-bodies": {"task": "red_mpe.notifications.tasks.purge_bodies", "schedule": 3600.0},
    "make-digests": {"task": "red_mpe.notifications.tasks.make_digests", "schedule": 300.0},
    "hold-events": {"task": "events.tasks.hold_events", "schedule": 300.0},
    "propose-meetings": {"task": "events.tasks.propose_meetings", "schedule": 3600.0},
    "remind-tasks": {"task": "events.tasks.remind_tasks", "schedule": 3600.0},
    "ask-who-was-there": {"task": "events.tasks.ask_who_was_there", "schedule": 1800.0},
    "remind-followers": {"task": "events.tasks.remind_followers", "schedule": 300.0},
    "tell-of-sessions": {"task": "events.tasks.tell_of_sessions", "schedule": 60.0},
    "pass-on-places": {"task": "events.tasks.pass_on_places", "schedule": 60.0},
    "open-registrations": {"task": "events.tasks.open_registrations", "schedule": 60.0},
    "forget-needs": {"task": "events.tasks.forget_needs", "schedule": 3600.0},
    "turn-rounds": {"task": "standards.tasks.turn_rounds", "schedule": 30.0},
    "learn-words": {"task": "red_mpe.portal.tasks.learn_words", "schedule": 3600.0},
    "tell-of-new": {"task": "publications.tasks.tell_of_new", "schedule": 1800.0},
    "send-letters": {"task": "standards.tasks.send_letters", "schedule": 300.0},
    "sweep-files": {"task": "publications.tasks.sweep_files", "schedule": 60.0},
    "remove-orphans": {"task": "publications.tasks.remove_orphans", "schedule": 86400.0},
    "check-links": {"task": "publications.tasks.check_links", "schedule": 900.0},
    "forget-visitors": {"task": "publications.tasks.forget_visitors", "schedule": 3600.0},
    "close-answers": {"task": "standards.tasks.close_answers", "schedule": 600.0},
    "release-embargoes": {"task": "publications.tasks.release_embargoes", "schedule": 600.0},
}


@beat_init.connect
def first_pulse(**_: Any) -> None:
    """Send the first heartbeat at once: otherwise nobody knows for half a minute whether beat works."""
    app.send_task("red_mpe.portal.tasks.beat_heartbeat")
