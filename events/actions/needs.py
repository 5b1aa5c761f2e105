"""What people need to take part, and what they answered, is known only as long as it serves."""

from django.db import transaction

from events.models import Answer, Event, Needs, Registration
from red_mpe.core import audit


def forget_needs() -> int:
    """Delete needs and answers, and the addresses of people without an account, of every event whose days of keeping are over.

    Return of how many people something was deleted. Safe to run twice and at once.
    """
    forgotten = 0
    for event in Event.objects.to_forget():
        with transaction.atomic():
            Event.objects.select_for_update(no_key=True).get(pk=event.pk)
            people = set(Registration.objects.filter(event=event).to_forget().values_list("pk", flat=True))
            if people:
                Registration.objects.filter(event=event, user=None).exclude(email="").update(email="")
                forget_said(event)
                audit.record("events.needs_forgotten", actor=None, target=event, people=len(people))
                forgotten += len(people)
    return forgotten


def forget_said(event: Event) -> None:
    """Delete what everybody needed and answered; the caller has opened the transaction. Addresses stay: there may be something to tell."""
    Needs.objects.filter(registration__event=event).delete()
    Answer.objects.filter(registration__event=event).delete()
