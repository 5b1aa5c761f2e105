"""What people choose: frequencies, what they follow and mute, what they have read."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from red_mpe.notifications.enums import Category, Frequency
from red_mpe.notifications.models import Notification, Preference, Subscription


def set_preferences(*, person: Any, frequencies: Mapping[str, str]) -> None:
    """Store how often `person` wants mail of each given category; the others stay as they are."""
    rows = [Preference(person=person, category=Category(key), frequency=Frequency(value)) for key, value in sorted(frequencies.items())]
    Preference.objects.bulk_create(rows, update_conflicts=True, unique_fields=["person", "category"], update_fields=["frequency"])


def stop_mail(*, person: Any, what: str = "") -> None:
    """Stop the mail of one category, of all that comes `daily` or `weekly`, or (empty) of everything; done twice it is the same."""
    with transaction.atomic():
        chosen = Preference.objects.chosen([person.pk], list(Category))
        stopped = [category for (_, category), frequency in chosen.items() if what in ("", category, frequency)]
        set_preferences(person=person, frequencies=dict.fromkeys(stopped, Frequency.NONE))


def follow(*, person: Any, topic: str) -> None:
    """Follow a topic, muted or not before. Whether it exists is for the caller to know."""
    _subscribe(person, topic, muted=False)


def mute(*, person: Any, topic: str) -> None:
    """Silence a topic: nothing of it is told any more, neither in the inbox nor by mail."""
    _subscribe(person, topic, muted=True)


def unfollow(*, person: Any, topic: str) -> None:
    """Forget what `person` chose on a topic: neither followed nor muted."""
    Subscription.objects.filter(person=person, topic=topic).delete()


def _subscribe(person: Any, topic: str, *, muted: bool) -> None:
    Subscription.objects.update_or_create(person=person, topic=topic, defaults={"muted": muted})


def mark_read(*, person: Any, line: int | None = None) -> int:
    """Mark one of one's own lines read, or all; return how many were unread until now."""
    lines = Notification.objects.visible_to(person).unread()
    return (lines if line is None else lines.filter(pk=line)).update(read_at=Now())
