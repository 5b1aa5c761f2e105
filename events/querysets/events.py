"""Which events one sees, and which are coming, over, or due for something."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.enums import CALLED_OFF, ON, TOOK_PLACE, EventAudience, EventState
from events.rules import seats_of
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
        mine = self._of_groups(seats_of(user))
        return self.filter(out & (~Q(audience=EventAudience.GROUP) | mine) | self._of_groups(seats_of(user, leading=True)))

    def run_by(self, user: Any) -> "EventQuerySet":
        """Those that `user` may change and move."""
        if is_secretariat(user):
            return self
        seats = seats_of(user, leading=True)
        return self.none() if seats is None else self.filter(self._of_groups(seats))

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
        """Those of which needs are still kept although their days of keeping are over."""
        needs = apps.get_model("events", "Needs").objects.filter(registration__event=models.OuterRef("pk"))
        days = Coalesce("terms__keep_days", KEPT_DAYS) * models.Value(timedelta(days=1))
        kept = self.annotate(kept=models.ExpressionWrapper(days, models.DurationField()))
        return kept.filter(models.Exists(needs), ends_at__lte=models.Value(timezone.now()) - F("kept")).order_by("pk")

    def unreported(self) -> "EventQuerySet":
        """Those that took place and whose report is due, the longest ago first."""
        return self.filter(state=EventState.HELD).order_by("ends_at", "pk")

    def to_remind(self, *, days: int, until: timedelta, now: datetime) -> "EventQuerySet":
        """Those that begin within `days` but later than `until`, were announced before that, and whose followers were not reminded yet."""
        ahead = timedelta(days=days)
        sent = apps.get_model("events", "EventReminder").objects
        told = sent.filter(event=models.OuterRef("pk"), days=days, starts_at=models.OuterRef("starts_at"))
        rows = self.filter(state__in=ON, starts_at__gt=now + until, starts_at__lte=now + ahead)
        return rows.filter(moved_at__lt=F("starts_at") - ahead).exclude(models.Exists(told)).order_by("starts_at", "pk")

    def for_detail(self) -> "EventQuerySet":
        """With what the event's own page shows."""
        return self.prefetch_related("themes")
