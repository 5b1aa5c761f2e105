"""Noting visits, so that a reader is told what is new since the last one."""

from datetime import timedelta
from typing import Any, Final

from django.db.models import F
from django.db.models.functions import Now

from publications.models import Visit
from red_mpe.core.predicates import is_present

PAUSE: Final = timedelta(hours=1)  # a page read later belongs to another visit


def note_visit(*, actor: Any) -> Any:
    """Note that `actor` is in the library and return when they were there before; None for a visitor and at the first visit.

    Written at most once an hour, and once when two pages are read at the same time.
    """
    if not is_present(actor):
        return None
    visit = Visit.objects.filter(user=actor).first()
    if visit is None:
        Visit.objects.bulk_create([Visit(user=actor)], ignore_conflicts=True)
        return None
    later = Visit.objects.filter(pk=visit.pk, at=visit.at, at__lt=Now() - PAUSE)
    return visit.at if later.update(before=F("at"), at=Now()) else visit.before
