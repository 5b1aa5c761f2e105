"""Digests: what waited since the last one, as one mail for a day or a week of the reader."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from red_mpe.core.locale import zone
from red_mpe.notifications.actions.queueing import queue_mails
from red_mpe.notifications.actions.waking import PUMP, wake_on_commit
from red_mpe.notifications.enums import Frequency, MailClass
from red_mpe.notifications.mailing.message import new_message_id
from red_mpe.notifications.mailing.periods import GRACE, Period, database_clock, open_period
from red_mpe.notifications.models import Digest, Notification, OutgoingMail

BATCH = 200  # people a transaction


def make_digests(*, now: datetime | None = None) -> int:
    """Make every digest that is due, each once, and return how many.

    A digest claims its lines by writing itself into them, in the transaction that queues its mail: no line is lost or told
    twice, whenever it arrived. Only what already waited at the due hour makes a digest due: what comes later in the day joins
    one that is late, and otherwise waits for the next. After an interruption one digest holds everything. `now` is the
    database's clock by default.
    """
    now = now or database_clock()
    made = 0
    for frequency in GRACE:
        for name in Notification.objects.waiting_for_digest(frequency).order_by().values_list("recipient__time_zone", flat=True).distinct():
            if period := open_period(frequency, zone(name), now):
                made += sum(_make(frequency, period, people) for people in _batches(frequency, period, name))
    return made


def _batches(frequency: Frequency, period: Period, zone_name: str) -> Iterator[list[int]]:
    """Yield batches of people of one time zone who have lines waiting and no digest of this period yet."""
    has_one = Digest.objects.filter(person=OuterRef("recipient"), frequency=frequency, period=period.name)
    waiting = Notification.objects.waiting_for_digest(frequency).filter(created_at__lt=period.due_at, recipient__time_zone=zone_name)
    people = waiting.filter(~Exists(has_one)).order_by("recipient").values_list("recipient", flat=True).distinct()
    while batch := list(people[:BATCH]):
        yield batch


@transaction.atomic
def _make(frequency: Frequency, period: Period, people: list[int]) -> int:
    Digest.objects.bulk_create(
        [Digest(person_id=person, frequency=frequency, period=period.name) for person in people], ignore_conflicts=True
    )
    # Whoever made a digest at the same time queued its mail in the same transaction: those without a mail are ours.
    ours = Digest.objects.filter(person__in=people, frequency=frequency, period=period.name, mail=None)
    fresh = dict(ours.order_by("pk").values_list("pk", "person"))
    _claim(frequency, ours.filter(pk__in=fresh), list(fresh.values()))
    wake_on_commit(PUMP)
    return queue_mails(
        OutgoingMail(
            recipient_id=person,
            digest_id=digest,
            kind=f"notifications.digest_{frequency}",
            mail_class=MailClass.DIGEST,
            message_id=new_message_id(),
        )
        for digest, person in fresh.items()
    )


def _claim(frequency: Frequency, digests: QuerySet[Digest], people: list[int]) -> None:
    own = digests.filter(person=OuterRef("recipient")).values("pk")[:1]
    Notification.objects.filter(recipient__in=people, frequency=frequency, digest=None).update(digest=Subquery(own))
