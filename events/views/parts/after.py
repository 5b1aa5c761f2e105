"""On the page of an event: its poster, one's certificate, its evaluation, its photos; and the way of its report into the library."""

from typing import Any, Final

from events.actions.documents import shelved
from events.actions.evaluating import is_open
from events.enums import TOOK_PLACE, AskedAt, DocumentRole, EventState
from events.models import Certificate, EvaluationMark, Event, EventPhoto
from events.views.parts.part import Part
from events.views.pictures import tiles_of
from members.models.texts import told
from red_mpe.core.http import Request
from red_mpe.core.permissions import may_personally

STRIP: Final = 3  # photos on the event's own page: what its weight allows


def after_part(request: Request, event: Event) -> Part | None:
    """The poster, and what one can do now: take one's certificate, evaluate, bring the report into the library."""
    poster = getattr(event, "poster", None)
    shows = _to_do(request, event) if event.state in TOOK_PLACE else {}
    if poster is None and not any(shows.values()):
        return None
    return Part("events/after/_part.html", shows | {"poster": poster, "alt": told(poster, "alt") if poster else None}, first=True)


def gallery_part(request: Request, event: Event) -> Part | None:
    """Some photos and where the others are, and the results of the evaluation."""
    photos = list(EventPhoto.objects.shown_of(event)[:STRIP])
    results = event.state in TOOK_PLACE and _asked(event) and is_open(event)
    if not photos and not results:
        return None
    many = EventPhoto.objects.shown_of(event).count() if len(photos) == STRIP else len(photos)
    return Part("events/after/_gallery.html", {"photos": tiles_of(event, photos), "many": many, "results": results})


def _to_do(request: Request, event: Event) -> dict[str, Any]:
    return {
        "certificates": Certificate.objects.of(request.user).valid().filter(event=event).exists(),
        "evaluates": _evaluates(request, event),
        "shelve": _shelves(request, event),
    }


def _asked(event: Event) -> bool:
    return event.questions.filter(asked_at=AskedAt.EVALUATION).exists()


def _evaluates(request: Request, event: Event) -> bool:
    allowed = may_personally(request.user, "events.evaluate", event) and _asked(event)
    return allowed and not EvaluationMark.objects.filter(event=event, user=request.user.pk).exists()


def _shelves(request: Request, event: Event) -> bool:
    runs = event.state == EventState.REPORTED and request.user.has_perm("events.change_event", event)
    return runs and shelved(event) is None and not event.documents.filter(role=DocumentRole.OUTCOME).exists()
