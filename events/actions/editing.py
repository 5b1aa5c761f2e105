"""Making and changing events."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from events.actions.agenda_moves import Frame, move_agenda
from events.actions.minutes_words import retitle_minutes
from events.actions.seats import hold_seats, settle
from events.actions.terms import shift_terms
from events.enums import ON, TOOK_PLACE, EventState
from events.models import Event
from events.notifications import CHANGED, LINK_CHANGED
from events.readers import slug_of
from events.rules import seats_of
from events.states import has_a_place, has_readers, is_described, is_over, is_to_come
from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.predicates import is_secretariat
from red_mpe.core.states import DomainError, GuardsUnmet, StaleState
from red_mpe.notifications.actions import announce

#: What everybody who means to come must hear of at once.
TELLING: Final = frozenset({"starts_at", "ends_at", "time_zone", "mode", "venue", "address", "municipality", "country"})
#: What a calendar must take over.
IN_CALENDAR: Final = TELLING | {f"{name}_{language}" for name in ("title", "summary") for language in ("es", "en", "pt")} | {"kind", "link"}
#: What its minutes are found by, too.
TITLES: Final = frozenset({"title_es", "title_en", "title_pt"})
#: Who waits may get a place; nobody loses one.
PLACES: Final = frozenset({"places_on_site", "places_on_line", "mode", "starts_at", "ends_at"})
#: When an evaluation ends, and its results are shown, follows from them.
_DATES: Final = frozenset({"starts_at", "ends_at", "time_zone"})
_RELATED: Final = ("hosts", "groups", "themes")
#: Days, the first and the last included.
_LONGEST: Final = 60


def days_of(starts_at: datetime, ends_at: datetime, time_zone: str) -> dict[str, Any]:
    """Return the columns of the first and the last day by the clock of the place; what ends at midnight ends on the day before.

    Refused where it ends before it begins, and where it lasts longer than sixty days.
    """
    if ends_at <= starts_at:
        raise DomainError(_("It ends before it begins."))
    zone = ZoneInfo(time_zone)
    first, last = starts_at.astimezone(zone).date(), (ends_at - timedelta(minutes=1)).astimezone(zone).date()
    if (last - first).days >= _LONGEST:
        raise DomainError(_("An encounter lasts sixty days at most."))
    return {"starts_on": first, "ends_on": last}


def make_event(*, actor: User, once: UUID, **facts: Any) -> Event:
    """Write a draft, once: the same `once` sent again returns what it made the first time. Nobody is told.

    `facts` are columns by name, and `hosts`, `groups`, `themes`. Refused: for who is not of the secretariat, without a group of
    which they call the meetings, or with another's.
    """
    require(actor, "events.add_event")
    related: dict[str, Any] = {name: facts.pop(name) for name in _RELATED if name in facts}
    _refuse_foreign_groups(actor, related.get("groups", ()), known=())
    if earlier := Event.objects.filter(once=once).first():
        return earlier
    try:
        with transaction.atomic():
            event = Event.objects.create(once=once, slug=_slug(facts), **_whole(facts))
            _relate(event, related)
            audit.record("events.event_made", actor=actor, target=event)
    except IntegrityError:  # the same form, sent twice at once
        return Event.objects.get(once=once)
    return event


def change_event(*, actor: User, event: Event, seen: str = "", **facts: Any) -> Event:
    """Change what is said of an event; `seen` is when it was last saved as far as the writer knows.

    Calendars take over what concerns them. A new date or place of an announced one is told to those whom its announcement has
    reached, another link to those who connect; its sessions move along, and places that were added go to who waits. Refused: where
    somebody else saved in between, of a cancelled one, where less would be said than its state asks, where a session would fall out
    of its days, and new dates of an event that somebody has evaluated.
    """
    require(actor, "events.change_event", event)
    related: dict[str, Any] = {name: facts.pop(name) for name in _RELATED if name in facts}
    with transaction.atomic():
        seats = hold_seats(event)  # before the event: the order of locks is the same everywhere
        locked = seats.event
        _refuse_late(locked, seen)
        _refuse_foreign_groups(actor, related.get("groups"), known=set(locked.groups.values_list("pk", flat=True)))
        before = Frame.of(locked)
        changed = _write(locked, facts, related)
        move_agenda(locked, before, actor)
        audit.record("events.event_changed_words", actor=actor, target=locked, fields=sorted(changed))
        if changed & TITLES:
            retitle_minutes(locked)
        if locked.state in ON and changed & TELLING:
            announce(CHANGED, actor=actor, target=locked, fields=sorted(changed & TELLING))
        elif locked.state in ON and "link" in changed:  # the other mail brings who connects a file that holds the new link too
            announce(LINK_CHANGED, actor=actor, target=locked)
        if changed & PLACES:
            settle(seats)
    event.refresh_from_db()
    return event


def _write(event: Event, facts: dict[str, Any], related: dict[str, Any]) -> set[str]:
    """Write what differs and return its names; refused where its state asks for more."""
    facts = _whole({"starts_at": event.starts_at, "ends_at": event.ends_at, "time_zone": event.time_zone, **facts}, event)
    changed, began = {name for name, value in facts.items() if (getattr(event, name) or None) != (value or None)}, event.starts_at
    if changed & _DATES:
        refuse_evaluated(event)
    for name in changed:
        setattr(event, name, facts[name])
    if event.state != EventState.DRAFT and changed & IN_CALENDAR:
        event.sequence = F("sequence") + 1
    event.save()
    _relate(event, related)
    event.refresh_from_db()
    if missing := [words for guard in _asked(event, changed) for words in guard(event)]:
        raise GuardsUnmet(missing)
    shift_terms(event, began)
    return changed


def _asked(event: Event, changed: set[str]) -> list[Any]:
    """Return the guards that an event of this state must go on to meet."""
    if event.state == EventState.DRAFT:
        return []
    if event.state in TOOK_PLACE:
        return [is_described, is_over]
    moved = event.state in ON and "starts_at" in changed
    return [is_described, has_a_place, has_readers, *([is_to_come] if moved else [])]


def _whole(facts: dict[str, Any], event: Event | None = None) -> dict[str, Any]:
    """Add the columns that follow from others: the days, and the country of the place among the countries."""
    country = str(facts.get("country", event.country if event else "") or "")
    named = facts.get("countries", event.countries if event else [])
    days = days_of(facts["starts_at"], facts["ends_at"], facts.get("time_zone", "America/Lima"))
    return {**facts, "countries": sorted({country, *named} - {""}), **days}


def _relate(event: Event, related: dict[str, Any]) -> None:
    for name, things in related.items():
        getattr(event, name).set(things)


def refuse_evaluated(event: Event) -> None:
    """Refuse to move an event that somebody has evaluated: whoever moves it to and fro would read each answer as it comes in."""
    if event.evaluations.exists():
        raise DomainError(_("It has evaluations: its dates and its time zone stay as they are."))


def _refuse_late(event: Event, seen: str) -> None:
    if event.state == EventState.CANCELLED:
        raise DomainError(_("It was cancelled, and stays as it was."))
    if seen and seen != event.updated_at.isoformat():
        raise StaleState


def _refuse_foreign_groups(actor: User, groups: Any, *, known: Any) -> None:
    """Who calls the meetings of a group makes events for it, and adds no group of others."""
    if groups is None or is_secretariat(actor):
        return
    led = set(seats_of(actor, leading=True).values_list("group", flat=True))
    named = {group.pk for group in groups}
    if not named & led:
        raise DomainError(_("Choose a group whose meetings you call."))
    if named - led - set(known):
        raise DomainError(_("Only the secretariat adds a group whose meetings you do not call."))


def _slug(facts: dict[str, Any]) -> str:
    return slug_of(facts, most=70, otherwise="e", taken=lambda words: Event.objects.filter(slug=words).exists())
