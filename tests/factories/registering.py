"""Events that one registers for, and registrations made through the same actions as on the site."""

import uuid
from datetime import timedelta

from django.utils import timezone

from events import actions
from events.models import Question, RegistrationTerms
from tests.conftest import make_user
from tests.factories.events import LINK, stored

ON_SITE, ON_LINE = "on-site", "on-line"


def open_event(slug="taller", *, on_site=2, on_line=None, mode="on-site", **more):
    """An event whose registration is open now; `more` are columns, or terms."""
    names = ("opens_at", "closes_at", "approval", "guests", "accept_hours", "keep_days")
    terms = {name: more.pop(name) for name in names if name in more}
    link = {} if mode == "on-site" else {"link": LINK}
    places = {"places_on_site": on_site, "places_on_line": on_line}
    event = stored(slug, mode=mode, **{"state": "open", **places, **link, **more})
    now = timezone.now()
    window = {"opens_at": now - timedelta(days=1), "closes_at": event.starts_at - timedelta(hours=1)}
    RegistrationTerms.objects.create(event=event, **window | terms)
    return event


def accounts(many, prefix="persona"):
    """So many accounts without a person."""
    return [make_user(f"{prefix}-{number}@example.org") for number in range(many)]


def enrol(event, actor, **more):
    """Somebody registers, as the page would do it."""
    known = {"once": uuid.uuid4(), "mode": ON_SITE, "name": f"Nombre {actor.pk}"}
    return actions.register(event=event, actor=actor, **known | more)


def enrol_for(event, actor, name="Dina Flores", **more):
    """The organisers register somebody without account."""
    known = {"once": uuid.uuid4(), "mode": ON_SITE, "name": name}
    return actions.register_for(event=event, actor=actor, **known | more)


def full_house(many=2, waiting=2, **more):
    """An event with every seat taken and a waiting list; returns it with its registrations in order."""
    event = open_event(on_site=many, **more)
    return event, [enrol(event, user) for user in accounts(many + waiting)]


def ask(event, kind="line", label="¿Qué espera?", **more):
    """A question of the registration."""
    return Question.objects.create(event=event, kind=kind, label=label, **more)


def states_of(event):
    """The states of all registrations of an event, by number."""
    return list(event.registrations.order_by("number").values_list("state", flat=True))
