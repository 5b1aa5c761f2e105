"""Agendas and stands."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from events.actions import agenda, agenda_places, agenda_voices, stands
from events.models import Event, Session, SessionVoice
from tests.factories.events import stored


def at(event, hour, minute=0, *, day=0):
    """An instant on a day of an event, the first by default, by its clock."""
    first = event.starts_on + timedelta(days=day)
    return datetime(first.year, first.month, first.day, hour, minute, tzinfo=ZoneInfo(event.time_zone))


def long_event(slug="convencion", *, days=2, **more):
    """An announced event of some days, from nine to five in Lima."""
    event = stored(slug, **more)
    ends = event.ends_at + timedelta(days=days - 1)
    Event.objects.filter(pk=event.pk).update(ends_at=ends, ends_on=event.starts_on + timedelta(days=days - 1))
    event.refresh_from_db()
    return event


def place(event, actor, hour=9, *, hours=1, day=0, **facts):
    """A session through the same action as on the site."""
    starts = at(event, hour, day=day)
    known = {"title_es": f"Sesión de las {hour}", "kind": "panel", "starts_at": starts, "ends_at": starts + timedelta(hours=hours)}
    return agenda.place_session(event=event, actor=actor, once=uuid.uuid4(), **(known | facts))


def write_session(event, hour=9, *, hours=1, day=0, **facts):
    """A session written straight into the table, for tests that only read."""
    starts = at(event, hour, day=day)
    known = {"slug": f"s-{uuid.uuid4().hex[:8]}", "title_es": f"Sesión de las {hour}", "starts_at": starts, "once": uuid.uuid4()}
    return Session.objects.create(event=event, **({**known, "ends_at": starts + timedelta(hours=hours)} | facts))


def speak(session, *, person=None, guest=None, role="speaker"):
    """Somebody who speaks in a session, written straight into the table."""
    times = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    return SessionVoice.objects.create(session=session, event=session.event, person=person, guest=guest, role=role, **times)


def voice(session, actor, **who):
    """Somebody who speaks in a session, through the action."""
    return agenda_voices.add_voice(session=session, actor=actor, role=who.pop("role", "speaker"), **who)


def room(event, actor, name="Sala A", **facts):
    """A room."""
    return agenda_places.add_place(event=event, actor=actor, what="room", name_es=name, **facts)


def track(event, actor, name="Agua", **facts):
    """A track."""
    return agenda_places.add_place(event=event, actor=actor, what="track", name_es=name, **facts)


def stand(event, actor, name="Mercurio cero", **facts):
    """A stand."""
    return stands.add_stand(event=event, actor=actor, once=uuid.uuid4(), **({"name_es": name, "organisation": None} | facts))
