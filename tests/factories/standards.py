"""Drafts, comments and rounds through the same actions as on the site."""

import uuid
from datetime import date, timedelta

from django.utils import timezone

from red_mpe.core.models import Chamber
from red_mpe.notifications.actions import spread
from red_mpe.notifications.models import Announcement
from standards.actions.comments import Draft, reply_to_comment, send_comment
from standards.actions.rounds import plan_round, set_targets
from standards.enums import Level
from tests.support.frameworks import make_clause, make_framework, make_version

WHY = "Porque el río es de todas."


def draft(**fields):
    """What somebody wants to say; by default something general in Spanish, shown with organisation and country."""
    return Draft(**{"once": uuid.uuid4(), "body": WHY, "language": "es", "kind": "ge", **fields})


def say(person, consultation, clause=None, **fields):
    """Let a person send a comment."""
    return send_comment(actor=fresh(person.user), consultation=consultation, clause_text=clause, draft=draft(**fields))


def answer(person, parent, **fields):
    """Let a person reply."""
    return reply_to_comment(actor=fresh(person.user), parent=parent, draft=draft(**{"kind": "", **fields}))


def fresh(user):
    """The same account as a request would read it, with nothing remembered."""
    return type(user).objects.get(pk=user.pk)


def tell():
    """Spread every announcement that waits."""
    for entry in Announcement.objects.filter(spread_at=None).order_by("pk").values_list("entry", flat=True):
        spread(entry_id=entry)


def ready_version(number="0.2", slug="agua", code="AGUA", **rules):
    """A public version in drafting of which everything is complete: one heading and two requirements."""
    framework = make_framework(slug, stage="drafting")
    type(framework).objects.filter(pk=framework.pk).update(code=code)
    type(framework.rules).objects.filter(pk=framework.rules_id).update(**rules)
    framework.refresh_from_db()
    version = make_version(framework, number)
    heading = make_clause(version, "1", title_es="Agua")
    type(heading).objects.filter(pk=heading.pk).update(level=Level.PRINCIPLE)
    for label in ("1.1", "1.2"):
        make_clause(version, label, text_es=f"La operación cuida el agua {label}.", plain_es="Cuida el agua.")
    return version


def plan(version, secretary, *, start=20, days=60, targets=True):
    """Plan a round that begins in `start` days and lasts `days`, with a target for every chamber that votes."""
    first = timezone.localdate() + timedelta(days=start)
    consultation = plan_round(actor=secretary, version=version, opens_on=first, closes_on=first + timedelta(days=days - 1))
    if targets:
        set_targets(actor=secretary, consultation=consultation, targets=dict.fromkeys(Chamber.objects.filter(votes=True), 30))
    return consultation


def day(text):
    """A date from its ISO form."""
    return date.fromisoformat(text)
