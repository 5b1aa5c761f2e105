"""Which events one sees, and which are coming, over, or due for something."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.enums import CALLED_OFF, ON, TOOK_PLACE, WITH_LINK, EventAudience, EventState
from events.rules import NEAR, seats_of
from red_mpe.core.predicates import is_present, is_secretariat

STRUCK_OUT: Final = timedelta(days=183)  # so long does a calendar show that an event was called off
REMEMBERED: Final = timedelta(days=366)  # so long does a calendar keep what is over

KEPT_DAYS: Final = 14  # so long are needs kept where no terms say otherwise


class EventQuerySet(models.QuerySet[Any]):
    """Events."""

    def visible_to(self, user: Any) -> "EventQuerySet":
        """What was announced, to its audience; drafts to who runs them; everything to the secretariat."""
        if is_secretariat(user):
            return self
        out = ~Q(state=EventState.DRAFT)
        if not is_present(user) or user.member is None:
            return self.filter(out, audience=EventAudience.PUBLIC)
        mine = self._of_groups(seats_of(user)) | self._of_doors(user)
        return self.filter(out & (~Q(audience=EventAudience.GROUP) | mine) | self._of_groups(seats_of(user, leading=True)))

    def run_by(self, user: Any) -> "EventQuerySet":
        """Those that `user` may change and move."""
        if is_secretariat(user):
            return self
        seats = seats_of(user, leading=True)
        return self.none() if seats is None else self.filter(self._of_groups(seats))

    def _of_doors(self, user: Any) -> Q:
        now, kept = timezone.now(), apps.get_model("events", "Doorkeeper").objects.filter(person=user.member)
        return Q(pk__in=kept.values("event"), starts_at__lt=now + NEAR, ends_at__gt=now - NEAR)

    def _of_groups(self, groups: Any) -> Q:
        return Q(pk__in=self.model.groups.through.objects.filter(group__in=groups).values("event"))

    def coming(self) -> "EventQuerySet":
        """What has not ended, the next first; what was called off stays in its place until then, so that nobody travels in vain."""
        return self.filter(ends_at__gte=timezone.now()).exclude(state=EventState.DRAFT).order_by("starts_at", "pk")

    def on_ahead(self) -> "EventQuerySet":
        """What is coming and has not been called off."""
        return self.coming().filter(state__in=ON)

    def drafts(self) -> "EventQuerySet":
        """What nobody has been told of yet."""
        return self.filter(state=EventState.DRAFT).order_by("starts_at", "pk")

    def took_place(self) -> "EventQuerySet":
        """What is over and was not called off, the last first."""
        over = Q(state__in=TOOK_PLACE) | Q(state__in=ON, ends_at__lt=timezone.now())
        return self.filter(over).order_by("-starts_at", "-pk")

    def years(self) -> list[int]:
        """Return the years in which something took place, the last first."""
        return [day.year for day in self.took_place().order_by().dates("starts_on", "year", order="DESC")]

    def in_year(self, year: int) -> "EventQuerySet":
        """Those that began in a year, by their own clocks."""
        return self.filter(starts_on__gte=date(year, 1, 1), starts_on__lte=date(year, 12, 31))

    def between(self, first: date, last: date) -> "EventQuerySet":
        """Those with a day among these, by their own clocks; drafts left out."""
        return self.filter(starts_on__lte=last, ends_on__gte=first).exclude(state=EventState.DRAFT).order_by("starts_at", "pk")

    def in_calendar(self) -> "EventQuerySet":
        """What a subscribed calendar shows: a year back and everything ahead; what was called off for half a year, struck out."""
        now = timezone.now()
        told = Q(state__in=CALLED_OFF, moved_at__gte=now - STRUCK_OUT) | Q(state__in=[*ON, *TOOK_PLACE])
        return self.filter(told, ends_at__gte=now - REMEMBERED).order_by("starts_at", "pk")

    def newest(self, many: int = 50) -> "EventQuerySet":
        """What was announced last."""
        return self.filter(announced_at__isnull=False).exclude(state=EventState.DRAFT).order_by("-announced_at", "-pk")[:many]

    def due_to_hold(self) -> "EventQuerySet":
        """Announced ones whose end has passed."""
        return self.filter(state__in=ON, ends_at__lte=timezone.now()).order_by("pk")

    def due_to_open(self) -> "EventQuerySet":
        """Announced ones that have not begun and for which one may register by now."""
        now = timezone.now()
        return self.filter(state=EventState.ANNOUNCED, terms__opens_at__lte=now, terms__closes_at__gt=now, starts_at__gt=now).order_by("pk")

    def to_forget(self) -> "EventQuerySet":
        """Those of which something that goes in time is still kept although their days of keeping are over."""
        said = apps.get_model("events", "Registration").objects.filter(event=models.OuterRef("pk")).to_forget()
        days = Coalesce("terms__keep_days", KEPT_DAYS) * models.Value(timedelta(days=1))
        kept = self.annotate(kept=models.ExpressionWrapper(days, models.DurationField()))
        return kept.filter(models.Exists(said), ends_at__lte=models.Value(timezone.now()) - F("kept")).order_by("pk")

    def unreported(self) -> "EventQuerySet":
        """Those that took place and whose report is due, the longest ago first."""
        return self.filter(state=EventState.HELD).order_by("ends_at", "pk")

    def to_remind(self, *, days: int, ahead: timedelta, until: timedelta, now: datetime) -> "EventQuerySet":
        """Those that begin within `ahead` but later than `until` and of which `days` was not told yet.

        What was announced within the range needs no reminder; only the last one, day 0, is always due: it brings the link.
        """
        sent = apps.get_model("events", "EventReminder").objects
        told = sent.filter(event=models.OuterRef("pk"), days=days, starts_at=models.OuterRef("starts_at"))
        rows = self.filter(state__in=ON, starts_at__gt=now + until, starts_at__lte=now + ahead)
        known = rows.filter(moved_at__lt=F("starts_at") - ahead) if days else rows
        return known.exclude(models.Exists(told)).order_by("starts_at", "pk")

    def with_link(self) -> "EventQuerySet":
        """Those in which one can take part on line."""
        return self.filter(mode__in=WITH_LINK).exclude(link="")

    def to_close(self, *, days: int, until: timedelta, now: datetime) -> "EventQuerySet":
        """Those of which registration closes within `days` but later than `until`, was open before that, and was not told of yet."""
        ahead, sent = timedelta(days=days), apps.get_model("events", "ClosingReminder").objects
        told = sent.filter(terms__event=models.OuterRef("pk"), days=days, closes_at=models.OuterRef("terms__closes_at"))
        rows = self.filter(state=EventState.OPEN, terms__closes_at__gt=now + until, terms__closes_at__lte=now + ahead)
        rows = rows.filter(terms__opens_at__lt=F("terms__closes_at") - ahead, starts_at__gt=now)
        return rows.exclude(models.Exists(told)).select_related("terms").order_by("terms__closes_at", "pk")

    def for_detail(self) -> "EventQuerySet":
        """With what the event's own page shows."""
        return self.select_related("poster").prefetch_related("themes")
