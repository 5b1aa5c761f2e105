"""What people need to take part is known only as long as it serves."""

from django.db import transaction

from events.models import Event, Needs
from red_mpe.core import audit


def forget_needs() -> int:
    """Delete the needs of every event whose days of keeping are over; return how many were deleted. Safe to run twice and at once."""
    forgotten = 0
    for event in Event.objects.to_forget():
        with transaction.atomic():
            _rows, counts = Needs.objects.filter(registration__event=event).delete()
            if many := counts.get("events.Needs", 0):
                audit.record("events.needs_forgotten", actor=None, target=event, people=many)
                forgotten += many
    return forgotten
