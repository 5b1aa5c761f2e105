"""Registrations written straight into the table, for tests of what is told of them."""

import uuid
from datetime import timedelta
from itertools import count

from django.utils import timezone
from django.utils.crypto import get_random_string

from events.models import Registration, RegistrationTerms

_numbers = count(1)


def registered(event, user=None, *, state="confirmed", name="", **more):
    """Somebody's registration."""
    held = {"offered_until": timezone.now() + timedelta(hours=48)} if state == "offered" else {}
    known = {
        "code": get_random_string(12, "abcdefghjkmnpqrstuvwxyz23456789"),
        "ticket": get_random_string(43),
        "once": uuid.uuid4(),
        "number": next(_numbers),
        "name": name or ("Rosa Quispe" if user else "Dina Flores"),
        "moved_at": timezone.now(),
        "user": user,
    }
    return Registration.objects.create(event=event, state=state, **known, **held, **more)


def terms(event, **more):
    """The terms of registration of an event: open for a week."""
    now = timezone.now()
    known = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=7)}
    return RegistrationTerms.objects.create(event=event, **known | more)
