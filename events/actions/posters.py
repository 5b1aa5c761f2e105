"""The poster of an event."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from events.actions.photos import described
from events.actions.pictures import POSTER, forget_bytes, one_form_of, take_picture
from events.models import Event, Poster
from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError


def set_poster(*, event: Event, actor: User, upload: Any | None, alt: dict[str, str], credit: str = "") -> Poster:
    """Give an event its poster; an earlier one goes. Without `upload` only the words about the present one change.

    Refused: without a word on what is to be seen, without a picture where there is none yet, and what is no picture (PictureRefused).
    """
    require(actor, "events.run_event", event)
    words = described("alt", alt) | {"credit": credit}
    before = Poster.objects.filter(event=event).first()
    if upload is None and before is None:
        raise DomainError(_("Choose the picture of the poster."))
    picture = _taken(upload, actor) if upload is not None else {}
    with transaction.atomic():
        poster, _made = Poster.objects.update_or_create(event=event, defaults={**words, **picture, "added_by": actor})
        audit.record("events.poster_set", actor=actor, target=event)
    if before is not None and picture:
        forget_bytes(before)
    return poster


def _taken(upload: Any, actor: User) -> dict[str, Any]:
    with one_form_of(actor):
        return take_picture(upload, POSTER)


def remove_poster(*, event: Event, actor: User) -> None:
    """Take the poster of an event away, its bytes too; done twice it is the same."""
    require(actor, "events.run_event", event)
    before = Poster.objects.filter(event=event).first()
    if before is None:
        return
    with transaction.atomic():
        Poster.objects.filter(pk=before.pk).delete()
        audit.record("events.poster_removed", actor=actor, target=event)
    forget_bytes(before)
