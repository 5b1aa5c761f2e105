"""Rooms, tracks and guests of an event. A name that is there already is that one: the same form sent twice makes one."""

from typing import Any, Final

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from events.actions.agenda import lock_agenda
from events.actions.agenda_news import note_move, place_of
from events.models import Event, Guest, Room, Track
from events.states import LANGUAGES
from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState

Place = Room | Track | Guest
#: What an agenda is made of beside its sessions, by the word that stands for it in addresses.
PLACES: Final[dict[str, type[Place]]] = {"room": Room, "track": Track, "guest": Guest}
_NAMES: Final = tuple(f"name_{language}" for language in LANGUAGES)


def add_place(*, event: Event, actor: User, what: str, **facts: Any) -> Any:
    """Add a room, a track or a guest, behind those that are there. Refused without a name."""
    require(actor, "events.change_event", event)
    kind = PLACES[what]
    with transaction.atomic():
        locked = lock_agenda(event)
        _refuse_nameless(kind, facts)
        if there := _same(kind, locked, facts):
            return there
        if kind is not Guest:
            facts = {**facts, "position": _next(kind, locked)}
        made = kind._default_manager.create(event=locked, **facts)
        audit.record(f"events.{what}_added", actor=actor, target=locked, number=made.pk)
    return made


def change_place(*, place: Place, actor: User, **facts: Any) -> None:
    """Change what is said of a room, a track or a guest. Refused without a name, with that of another, and once it is gone."""
    require(actor, "events.change_event", place.event)
    kind = type(place)
    with transaction.atomic():
        locked = lock_agenda(place.event)
        _refuse_nameless(kind, facts)
        if (there := _same(kind, locked, facts)) and there.pk != place.pk:
            raise DomainError(_("Another one has this name already."))
        if not kind._default_manager.filter(pk=place.pk).update(**facts):
            raise StaleState
        audit.record(f"events.{_word(kind)}_changed", actor=actor, target=locked, number=place.pk, fields=sorted(facts))


def remove_place(*, place: Place, actor: User) -> None:
    """Take a room, a track or a guest away; sessions stay, without it. What is not there any more is no fault."""
    require(actor, "events.change_event", place.event)
    kind = type(place)
    with transaction.atomic():
        locked = lock_agenda(place.event)
        for session in locked.sessions.filter(room=place).select_related("room") if kind is Room else ():
            note_move(locked, session, place_of(session))
        gone, _each = kind._default_manager.filter(pk=place.pk).delete()
        if gone:
            audit.record(f"events.{_word(kind)}_removed", actor=actor, target=locked, number=place.pk)


def _word(kind: type[Place]) -> str:
    return next(word for word, one in PLACES.items() if one is kind)


def _same(kind: type[Place], event: Event, facts: dict[str, Any]) -> Any:
    """Return the one with that name: a guest's name and organisation, of others the name in one of the languages."""
    rows = kind._default_manager.filter(event=event)
    if kind is Guest:
        return rows.filter(name__iexact=facts["name"], affiliation__iexact=facts.get("affiliation", "")).first()
    named = Q(pk__in=[])
    for name in _NAMES:
        if facts.get(name):
            named |= Q(**{f"{name}__iexact": facts[name]})
    return rows.filter(named).first()


def _refuse_nameless(kind: type[Place], facts: dict[str, Any]) -> None:
    if kind is Guest and not facts.get("name"):
        raise DomainError(_("Write the name."))
    if kind is not Guest and not any(facts.get(name) for name in _NAMES):
        raise DomainError(_("Write the name, in at least one language."))


def _next(kind: type[Place], event: Event) -> int:
    last = kind._default_manager.filter(event=event).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1
