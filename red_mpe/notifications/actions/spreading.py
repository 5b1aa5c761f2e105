"""Fan-out: one announcement becomes a line in each inbox, and a mail for those who want it at once."""

import logging
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from red_mpe.notifications import registry
from red_mpe.notifications.actions.queueing import queue_mails
from red_mpe.notifications.actions.waking import PUMP, wake_on_commit
from red_mpe.notifications.enums import Frequency
from red_mpe.notifications.mailing.message import new_message_id
from red_mpe.notifications.mailing.outside import letters_outside
from red_mpe.notifications.models import Announcement, Notification, OutgoingMail, Preference, Subscription
from red_mpe.notifications.registry import NotificationType

BATCH = 200  # people a transaction
OLD = 10  # seconds after which an announcement counts as forgotten by the broker; told twice at once is told once

log = logging.getLogger(__name__)


def spread(*, entry_id: int) -> int:
    """Tell everybody whom an audit entry concerns, each exactly once; return how many were looked at.

    It may be killed anywhere, run twice or run twice at the same time: unique constraints decide. Inbox line and mail are
    written in one transaction for each batch. The author is not told, unless it is their own business; people without an account
    get a mail together with the mark that everybody was told.
    """
    announcement = Announcement.objects.select_related("entry").filter(entry=entry_id, spread_at=None).first()
    if announcement is None or not registry.known(announcement.entry.verb):
        return 0
    kind = registry.get(announcement.entry.verb)
    bound = set(kind.binding(announcement.entry))
    people = sorted((set(kind.audience(announcement.entry)) - {announcement.entry.actor_id}) | bound)
    for start in range(0, len(people), BATCH):
        _tell(announcement, kind, people[start : start + BATCH], bound)
    _finish(announcement, letters_outside(announcement.entry))
    wake_on_commit(PUMP)
    return len(people)


@transaction.atomic
def _finish(announcement: Announcement, letters: list[OutgoingMail]) -> None:
    """Mark that everybody was told, once, and queue what goes to people without an account with it."""
    if Announcement.objects.filter(pk=announcement.pk, spread_at=None).update(spread_at=Now()):
        queue_mails(letters)


def spread_waiting(*, seconds: int = OLD) -> int:
    """Spread what the broker has lost: announcements older than `seconds`. One that fails does not stop the others."""
    waiting = list(Announcement.objects.waiting(seconds).values_list("entry", flat=True))
    for entry_id in waiting:
        try:
            spread(entry_id=entry_id)
        except Exception:
            log.exception("Announcement of entry %s cannot be spread; it is tried again", entry_id)
    return len(waiting)


@transaction.atomic
def _tell(announcement: Announcement, kind: NotificationType, people: list[int], bound: set[int]) -> None:
    entry = announcement.entry
    told = [person for person in _listening(announcement, kind, people, bound) if kind.visible([entry], person)]
    wanted = Preference.objects.chosen([person.pk for person in told], [kind.category])
    lines = [
        Notification(
            entry=entry,
            recipient=person,
            category=kind.category,
            frequency=Frequency.INSTANT if kind.always or person.pk in bound else wanted[person.pk, kind.category],
        )
        for person in told
    ]
    Notification.objects.bulk_create(lines, ignore_conflicts=True)
    _queue_instant(entry.pk, kind, people)


def _listening(announcement: Announcement, kind: NotificationType, people: list[int], bound: set[int]) -> list[Any]:
    """Return the working accounts among `people` that have not muted a topic of the announcement, or are bound to hear it."""
    accounts = get_user_model()._default_manager.filter(pk__in=people, is_active=True).order_by("pk")
    if not kind.always and announcement.topics:
        accounts = accounts.filter(Q(pk__in=bound) | ~Q(pk__in=Subscription.objects.mutes(announcement.topics)))
    return list(accounts)


def _queue_instant(entry_id: int, kind: NotificationType, people: list[int]) -> None:
    """Queue the mails of the lines that were really written, by us or by whoever ran at the same time."""
    lines = Notification.objects.filter(entry=entry_id, recipient__in=people, frequency=Frequency.INSTANT, mail=None)
    queue_mails(
        OutgoingMail(recipient_id=recipient, notification_id=line, kind=kind.key, mail_class=kind.mail_class, message_id=new_message_id())
        for line, recipient in lines.values_list("pk", "recipient").order_by("pk")
    )
