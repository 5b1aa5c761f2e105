"""The organisers' desk, in bulk: registrations written straight into the table, for pages that only read."""

import uuid
from itertools import count

from django.utils import timezone

from events.models import Answer, Needs, Question, Registration
from tests.factories.registering import open_event

_numbers = count(1000)


def crowd(event, many, *, state="confirmed", needs=False, **more):
    """So many registrations of one state, with an answer each to every question."""
    made = Registration.objects.bulk_create(_row(event, next(_numbers), state, more) for _ in range(many))
    questions = list(Question.objects.filter(event=event, asked_at="registration"))
    Answer.objects.bulk_create(Answer(registration=row, question=question, text="Aprender") for row in made for question in questions)
    if needs:
        Needs.objects.bulk_create(Needs(registration=row, diet="Sin sal", interpretation="pt-br") for row in made)
    return made


def _row(event, number, state, more):
    known = {"name": f"Persona {number}", "number": number, "code": f"c{number:06d}", "ticket": f"t{number:042d}", "once": uuid.uuid4()}
    held = {"offered_until": timezone.now()} if state == "offered" else {}
    return Registration(event=event, state=state, moved_at=timezone.now(), **known | held | more)


def hybrid(slug="hibrido", **more):
    """An event one may come to or connect with, open for registration."""
    return open_event(slug, **{"mode": "hybrid", "on_site": 50, "on_line": 100, **more})
