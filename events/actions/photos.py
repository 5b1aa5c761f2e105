"""Photos of an event, which everybody recognisable on them has agreed to: adding, describing, taking down, removing."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.pictures import PATIENCE, PHOTO, forget_bytes, one_form_of, patience_until, take_picture
from events.enums import PhotoState
from events.models import Event, EventPhoto
from events.notifications.after import TAKEN_DOWN
from events.readers import random_code
from events.states import LANGUAGES
from members.models import User
from red_mpe.core import audit, states
from red_mpe.core.permissions import require
from red_mpe.core.predicates import is_present
from red_mpe.core.states import DomainError, Move
from red_mpe.core.text import clean_line
from red_mpe.notifications.actions import announce

MOST: Final = 300  # photos of one event
AT_ONCE: Final = 5  # photos of one form
_RUN: Final = "events.run_event"
#: Whoever sees a photo takes it down; who runs the event shows it again.
TAKE_DOWN: Final = Move(frozenset({PhotoState.SHOWN}), PhotoState.HIDDEN, "events.view_event")
SHOW: Final = Move(frozenset({PhotoState.HIDDEN}), PhotoState.SHOWN, _RUN)


def add_photo(
    *,
    event: Event,
    actor: User,
    once: UUID,
    upload: Any,
    consent: bool,
    alt: dict[str, str],
    credit: str = "",
    patience: float = PATIENCE,
) -> EventPhoto:
    """Add a photo at the end; the same `once` sent again returns what it made the first time.

    Refused: without the declaration that everybody recognisable has agreed, without a word on what is to be seen, beyond MOST, and what
    is no picture (PictureRefused).
    """
    require(actor, _RUN, event)
    words = described("alt", alt)
    if not consent:
        raise DomainError(_("Only photos that everybody recognisable on them has agreed to may be shown: say that it is so."))
    if earlier := EventPhoto.objects.filter(once=once, event=event).first():
        return earlier
    picture = take_picture(upload, PHOTO, patience)
    try:
        with transaction.atomic():
            Event.objects.select_for_update().only("pk").get(pk=event.pk)  # numbers the photos one after the other
            place = {"position": _next_position(event), "code": random_code(10), "once": once, "added_by": actor}
            photo: EventPhoto = EventPhoto.objects.create(
                event=event, consent=True, credit=clean_line(credit)[:120], **place, **words, **picture
            )
            audit.record("events.photo_added", actor=actor, target=event, photo=photo.code)
    except IntegrityError:  # the same form, sent twice at once
        return EventPhoto.objects.get(once=once)
    return photo


def add_photos(*, event: Event, actor: User, once: UUID, uploads: Sequence[Any], **said: Any) -> tuple[int, list[tuple[str, str]]]:
    """Add several photos, each for itself; return how many were taken, and name and reason of each that was not.

    All together have TOGETHER seconds: what comes after is not taken. Refused as a whole: more than AT_ONCE, and a second form while
    the first of the same account is worked on.
    """
    require(actor, _RUN, event)
    if len(uploads) > AT_ONCE:
        raise DomainError(_("Send at most %(most)s photos at once.") % {"most": AT_ONCE})
    taken, refused = 0, []
    with one_form_of(actor) as deadline:
        for number, upload in enumerate(uploads):
            facts = {"event": event, "actor": actor, "once": uuid5(once, str(number)), "upload": upload, **said}
            try:
                add_photo(**facts, patience=patience_until(deadline))
                taken += 1
            except DomainError as error:
                refused.append((clean_line(str(upload.name))[:80], str(error)))
    return taken, refused


def describe_photo(
    *, photo: EventPhoto, actor: User, alt: dict[str, str], caption: dict[str, str], credit: str, position: int
) -> EventPhoto:
    """Say what is to be seen on a photo, what it tells, who made it and where it stands."""
    require(actor, _RUN, photo.event)
    words = described("alt", alt) | {f"caption_{language}": caption.get(language, "") for language in LANGUAGES}
    with transaction.atomic():  # these columns only: somebody may be taking it down right now
        EventPhoto.objects.filter(pk=photo.pk).update(**words, credit=credit, position=position, updated_at=timezone.now())
        audit.record("events.photo_described", actor=actor, target=photo.event, photo=photo.code)
    photo.refresh_from_db()
    return photo


def take_down_photo(*, photo: EventPhoto, actor: Any) -> EventPhoto:
    """Hide a photo at once because somebody asks for it, signed in or not; who runs the event is told and decides.

    Who asked is written down nowhere but for an account's own audit, and is told to nobody. A photo that is hidden already stays so.
    """
    require(actor, TAKE_DOWN.permission, photo.event)
    if photo.state == PhotoState.HIDDEN:
        return photo
    with transaction.atomic():
        states.apply(photo, TAKE_DOWN, hidden_at=timezone.now(), updated_at=timezone.now())
        announce(TAKEN_DOWN, actor=actor if is_present(actor) else None, target=photo.event, photo=photo.code)
    return photo


def show_photo(*, photo: EventPhoto, actor: User) -> EventPhoto:
    """Show a photo again that somebody had taken down."""
    require(actor, SHOW.permission, photo.event)
    with transaction.atomic():
        states.apply(photo, SHOW, hidden_at=None, updated_at=timezone.now())
        audit.record("events.photo_shown", actor=actor, target=photo.event, photo=photo.code)
    return photo


def remove_photo(*, photo: EventPhoto, actor: User) -> None:
    """Remove a photo for good, its bytes too; what is gone already is no fault."""
    require(actor, _RUN, photo.event)
    with transaction.atomic():
        gone, _rows = EventPhoto.objects.filter(pk=photo.pk).delete()
        if gone:
            audit.record("events.photo_removed", actor=actor, target=photo.event, photo=photo.code)
    forget_bytes(photo)


def described(name: str, words: dict[str, str]) -> dict[str, str]:
    """Return the columns of a text that must be there in one language; refused without."""
    columns = {f"{name}_{language}": clean_line(words.get(language, "")) for language in LANGUAGES}
    if not any(columns.values()):
        raise DomainError(_("Say what is to be seen, in at least one language: who does not see the picture reads it."))
    return columns


def _next_position(event: Event) -> int:
    if event.photos.count() >= MOST:
        raise DomainError(_("An encounter has %(most)s photos at most. Choose those that tell most.") % {"most": MOST})
    return int(event.photos.aggregate(last=Max("position"))["last"] or 0) + 1
