"""Registrations: one's own, and those of the events that one runs; how many seats there are, and who stands where in the line."""

from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Lower
from django.db.models.lookups import Exact
from django.utils import timezone

from events.enums import LIVE, ON, SEATED, EventMode, RegistrationState
from events.querysets.agenda import run_events
from red_mpe.core.predicates import is_present

_PLACES: Final = {EventMode.ON_SITE.value: "places_on_site", EventMode.ON_LINE.value: "places_on_line"}


class RegistrationQuerySet(models.QuerySet[Any]):
    """Registrations."""

    def visible_to(self, user: Any) -> "RegistrationQuerySet":
        """One's own, those of whom one brings along, and those of the events that one runs."""
        if not is_present(user):
            return self.none()
        return self.filter(Q(user=user.pk) | Q(guest_of__isnull=False, made_by=user.pk) | Q(event__in=run_events(user)))

    def live(self) -> "RegistrationQuerySet":
        """Those that hold a place or may still get one."""
        return self.filter(state__in=LIVE)

    def seated(self) -> "RegistrationQuerySet":
        """Those that hold a place."""
        return self.filter(state__in=SEATED)

    def overdue(self, now: datetime) -> "RegistrationQuerySet":
        """Offers that nobody took in time."""
        return self.filter(state=RegistrationState.OFFERED, offered_until__lte=now)

    def to_recall(self, now: datetime) -> "RegistrationQuerySet":
        """Offers of which a quarter of the time to accept is left, or less, and of which nobody was reminded yet."""
        sent = apps.get_model("events", "OfferReminder").objects
        told = sent.filter(registration=OuterRef("pk"), offered_until=OuterRef("offered_until"))
        quarter = ExpressionWrapper((F("offered_until") - F("moved_at")) / 4, DurationField())
        rows = self.filter(state=RegistrationState.OFFERED, offered_until__gt=now, event__state__in=ON)
        near = rows.alias(left=quarter).filter(offered_until__lte=Value(now) + F("left"))
        return near.exclude(Exists(told)).order_by("offered_until", "pk")

    def to_approve(self) -> "RegistrationQuerySet":
        """Those that wait for approval of an event that is still ahead."""
        return self.filter(state=RegistrationState.PENDING, event__state__in=ON, event__ends_at__gt=timezone.now())

    def of(self, user: Any) -> "RegistrationQuerySet":
        """A person's own, without those made for others."""
        return self.filter(user=user.pk) if is_present(user) else self.none()

    def waiting(self, event: Any, mode: str) -> "RegistrationQuerySet":
        """Who waits for a mode of an event, in the order of arrival."""
        return self.filter(event=event, mode=mode, state=RegistrationState.WAITING).order_by("number")

    def place_of(self, registration: Any) -> int | None:
        """Return the place of a registration on its waiting list, the first is 1; None where it does not wait."""
        if registration.state != RegistrationState.WAITING:
            return None
        return self.waiting(registration.event_id, registration.mode).filter(number__lte=registration.number).count()

    def outside(self) -> "RegistrationQuerySet":
        """Those of people without an account who gave an address."""
        return self.filter(user=None).exclude(email="").order_by("pk")

    def to_forget(self) -> "RegistrationQuerySet":
        """Those of which something is kept that goes in time: needs, answers, the address of somebody without an account."""
        said = [Exists(apps.get_model("events", name).objects.filter(registration=OuterRef("pk"))) for name in ("Needs", "Answer")]
        return self.filter(Q(said[0]) | Q(said[1]) | (Q(user=None) & ~Q(email=""))).order_by("pk")


def at_address(email: str) -> Any:
    """Return the condition that a registration has this address, however it is spelled: the one of the unique index."""
    return Exact(Lower("email"), email.lower())


def modes_of(event: Any) -> list[str]:
    """Return the modes that one can register for."""
    return [mode for mode in _PLACES if event.mode in (mode, EventMode.HYBRID)]


def capacity(event: Any, mode: str) -> int | None:
    """Return how many places of a mode there are; None where they are not counted."""
    places: int | None = getattr(event, _PLACES[mode])
    return places


def counted(event: Any) -> Any:
    """The counts of an event, each with the number of registrations that hold a seat, in one query and so of one instant."""
    seated = apps.get_model("events", "Registration").objects.seated().filter(event=OuterRef("event"), mode=OuterRef("mode"))
    rows = Subquery(seated.order_by().values("mode").annotate(many=Count("pk")).values("many"))
    return apps.get_model("events", "SeatCount").objects.filter(event=event).annotate(rows=Coalesce(rows, 0)).order_by("mode")


def free_places(event: Any) -> dict[str, int | None]:
    """Return how many seats a newcomer finds in each mode: None where they are not counted, 0 while somebody waits."""
    taken = dict(apps.get_model("events", "SeatCount").objects.filter(event=event).values_list("mode", "taken"))
    waits = apps.get_model("events", "Registration").objects.filter(event=event, state=RegistrationState.WAITING)
    queues = set(waits.order_by().values_list("mode", flat=True).distinct())
    return {mode: 0 if mode in queues else _left(capacity(event, mode), taken.get(mode, 0)) for mode in modes_of(event)}


def _left(places: int | None, taken: int) -> int | None:
    return None if places is None else max(0, places - taken)
