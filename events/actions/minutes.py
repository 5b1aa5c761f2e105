"""The way of minutes: begun once an event, published, withdrawn, approved at a later meeting."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.actions.keeping import held, is_numbered, leave_trace
from events.actions.minutes_agenda import approval_item, approval_words, first_items
from events.actions.minutes_items import add_resolution, number_resolutions
from events.actions.minutes_words import keep_words
from events.actions.tasks_of_minutes import tell_takers
from events.enums import ON, TOOK_PLACE, ResolutionKind
from events.models import Event, Minutes, MinutesItem
from events.notifications.minutes import MINUTES_PUBLISHED, MINUTES_WITHDRAWN
from events.states import MINUTES_MOVES
from members.models import User
from red_mpe.core import audit, states
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState
from red_mpe.core.text import clean
from red_mpe.notifications.actions import announce


def start_minutes(*, event: Event, actor: User) -> Minutes:
    """Begin the minutes of an event, once: asked again, the same are returned.

    Its items are the sessions of its agenda; those of a group's meeting begin with the minutes and the open tasks of the meeting
    before. Refused while the event is a draft, and once it is called off.
    """
    require(actor, "events.write_minutes", Minutes(event=event))
    if earlier := Minutes.objects.filter(event=event).first():
        return earlier
    if event.state not in (*ON, *TOOK_PLACE):
        raise DomainError(_("Minutes are kept of what is announced and has not been called off."))
    try:
        with transaction.atomic():
            minutes: Minutes = Minutes.objects.create(event=event, written_by=actor)
            MinutesItem.objects.bulk_create(first_items(minutes))
            audit.record("events.minutes_started", actor=actor, target=minutes)
    except IntegrityError:  # begun by two at once
        return Minutes.objects.get(event=event)
    return minutes


def publish_minutes(*, minutes: Minutes, actor: User, revision: int | None = None) -> Minutes:
    """Let whoever sees the event read its minutes, and tell the group, who was there, the followers and who took a task.

    Resolutions get the numbers that they keep. `revision` is what the actor has read: refused where it has changed since, while
    the event has not begun, and while nothing is written.
    """
    move = MINUTES_MOVES["publish"]
    require(actor, move.permission, minutes)
    with transaction.atomic():
        locked, now = held(minutes), timezone.now()
        if revision is not None and locked.revision != revision:
            raise StaleState
        first = not is_numbered(locked)
        states.apply(locked, move, published_at=locked.published_at or now, updated_at=now, revision=F("revision") + 1)
        if first:
            number_resolutions(locked)
        keep_words(locked)
        announce(MINUTES_PUBLISHED, actor=actor, target=locked)
        tell_takers(locked, actor)
    minutes.refresh_from_db()
    return minutes


def withdraw_minutes(*, minutes: Minutes, actor: User, reason: str) -> Minutes:
    """Take published minutes back into the hands of who keeps them; the resolutions keep their numbers.

    The reason stands in their place, and whoever was told of their publication is told of it. Refused without one.
    """
    move, words = MINUTES_MOVES["withdraw"], clean(reason).strip()
    require(actor, move.permission, minutes)
    if not any(map(str.isalnum, words)):
        raise DomainError(_("Say why: whoever looks for the minutes reads it in their place."))
    with transaction.atomic():
        now = timezone.now()
        states.apply(minutes, move, withdrawn_at=now, withdrawn_reason=words, updated_at=now, revision=F("revision") + 1)
        announce(MINUTES_WITHDRAWN, actor=actor, target=minutes)
    minutes.refresh_from_db()
    return minutes


def approve_minutes(*, minutes: Minutes, actor: User, at_event: Event) -> Minutes:
    """Write down that a later meeting of the same group has approved the minutes: from now on nothing in them changes.

    It stands as an agreement in the minutes of that meeting, which are begun for it where there are none. Refused for any other
    event, before that meeting has begun, and for who does not run both.
    """
    move = MINUTES_MOVES["approve"]
    require(actor, move.permission, minutes)
    require(actor, "events.run_event", at_event)
    if not Minutes.objects.later_meetings(minutes).filter(pk=at_event.pk).exists():
        raise DomainError(_("Minutes are approved at a later meeting of the same group, once that has begun."))
    with transaction.atomic():
        now = timezone.now()
        states.apply(minutes, move, approved_at=now, approved_in=at_event, updated_at=now, revision=F("revision") + 1)
        other = start_minutes(event=at_event, actor=actor)
        item = approval_item(other)
        add_resolution(item=item, actor=actor, kind=ResolutionKind.AGREEMENT, text=approval_words(minutes))
        leave_trace("minutes_approved", minutes, actor, at=at_event.pk)
    minutes.refresh_from_db()
    return minutes
