"""Minutes and tasks: published ones for who sees the event, drafts for who runs it."""

from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from events.enums import ON, TOOK_PLACE, MinutesState, TaskState
from events.querysets.agenda import run_events, seen_events
from red_mpe.core.locale import network_day
from red_mpe.core.predicates import is_present


def _all(name: str) -> Any:
    return apps.get_model("events", name).objects


def _groups_of_events() -> Any:
    event: Any = apps.get_model("events", "Event")
    return event.groups.through.objects


class MinutesQuerySet(models.QuerySet[Any]):
    """Minutes."""

    def visible_to(self, user: Any) -> "MinutesQuerySet":
        """Published minutes of whatever `user` sees; drafts of whatever `user` runs."""
        return self.filter(self._out() & Q(event__in=seen_events(user)) | Q(event__in=run_events(user)))

    def out(self) -> "MinutesQuerySet":
        """Those that have been published."""
        return self.filter(self._out())

    def taken_back(self, user: Any) -> "MinutesQuerySet":
        """Those that were published and are a draft again, of whatever `user` sees."""
        return self.filter(state=MinutesState.DRAFT, withdrawn_at__isnull=False, event__in=seen_events(user))

    def of_group(self, group: Any) -> "MinutesQuerySet":
        """Those of the encounters of a group, the last first."""
        held = _groups_of_events().filter(group=group).values("event")
        return self.filter(event__in=held).order_by("-event__starts_at", "-pk")

    def unapproved(self) -> "MinutesQuerySet":
        """Published ones which a later meeting of the same group, over by now, has not approved; the oldest first."""
        through = _groups_of_events()
        groups = through.filter(event=OuterRef(OuterRef("event"))).values("group")
        later = through.filter(group__in=groups, event__starts_at__gt=OuterRef("event__starts_at"), event__kind="meeting")
        over = later.filter(event__state__in=[*TOOK_PLACE, *ON], event__ends_at__lte=timezone.now())
        return self.filter(Exists(over), state=MinutesState.PUBLISHED, event__kind="meeting").order_by("event__starts_at", "pk")

    def later_meetings(self, minutes: Any) -> Any:
        """Return the encounters at which `minutes` can be approved: later ones of one of its groups that have begun, the next first."""
        groups = minutes.event.groups.order_by().values("pk")
        through = _groups_of_events().filter(group__in=groups).values("event")
        later = _all("Event").filter(pk__in=through, starts_at__gt=minutes.event.starts_at, starts_at__lte=timezone.now())
        closed = _all("Minutes").filter(event=OuterRef("pk"), state=MinutesState.APPROVED)
        return later.filter(~Exists(closed), state__in=[*ON, *TOOK_PLACE]).order_by("starts_at", "pk")

    @staticmethod
    def _out() -> Q:
        return ~Q(state=MinutesState.DRAFT)


class TaskQuerySet(models.QuerySet[Any]):
    """Tasks."""

    def visible_to(self, user: Any) -> "TaskQuerySet":
        """The tasks of the minutes that `user` reads, and of published ones those that `user` took."""
        read = Q(item__minutes__in=_all("Minutes").visible_to(user).order_by().values("pk"))
        return self.filter(read | Q(pk__in=_all("Task").taken_by(user).order_by().values("pk")))

    def taken_by(self, user: Any) -> "TaskQuerySet":
        """What `user`, or an organisation they speak for, took in published minutes."""
        if not is_present(user) or user.member is None:
            return self.none()
        organisations = apps.get_model("members", "Organisation").objects.spoken_for_by(user).order_by().values("pk")
        mine = Q(person=user.member) | Q(organisation__in=organisations)
        return self.filter(mine & ~Q(item__minutes__state=MinutesState.DRAFT))

    def open(self) -> "TaskQuerySet":
        """Those that are still to be done, the most urgent first; what has no day comes last."""
        return self.filter(state=TaskState.OPEN).order_by(F("due_on").asc(nulls_last=True), "pk")

    def closed(self) -> "TaskQuerySet":
        """Those that are done or were dropped, the last first."""
        return self.exclude(state=TaskState.OPEN).order_by("-closed_at", "-pk")

    def overdue(self) -> "TaskQuerySet":
        """Open ones of published minutes whose day has passed."""
        return self.open().filter(~Q(item__minutes__state=MinutesState.DRAFT), due_on__lt=network_day())

    def to_remind(self, *, days: int, due: tuple[date, date]) -> "TaskQuerySet":
        """Open ones that are due between two days, of which their takers knew before the reminder's day, and not reminded yet."""
        sent = _all("TaskReminder")
        told = sent.filter(task=OuterRef("pk"), days=days, due_on=OuterRef("due_on"))
        known = self.annotate(out_on=TruncDate("item__minutes__published_at"), made_on=TruncDate("created_at"))
        early = F("due_on") - timedelta(days=days)
        rows = known.filter(out_on__lt=early, made_on__lt=early, state=TaskState.OPEN, who="", due_on__range=sorted(due))
        return rows.exclude(item__minutes__state=MinutesState.DRAFT).exclude(Exists(told)).order_by("due_on", "pk")
