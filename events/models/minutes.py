"""Minutes as objects: items of the agenda with what was said, decided, agreed, and who does what until when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.enums import MinutesState, ResolutionKind, TaskState
from events.models.agenda import Session
from events.models.events import Event
from events.querysets.minutes import MinutesQuerySet, TaskQuerySet
from members.models import Organisation, Person
from red_mpe.core.models import Dated
from red_mpe.core.validators import AtMost


class Minutes(Dated):
    """The minutes of an event: a draft of who keeps them, published to who sees the event, approved at the next meeting.

    `heading` and `plain` are what published ones say, gathered for the search of the site (`actions/minutes_words`).

    Published ones that were taken back are a draft again; when and why stays, and stands in their place until they are published again.

    `revision` grows with every change: who writes over what somebody else has written in between is refused.
    """

    event = models.OneToOneField(Event, models.CASCADE, related_name="minutes", verbose_name=_("event"))
    state = models.CharField(_("state"), max_length=10, choices=MinutesState, default=MinutesState.DRAFT)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("kept by"))
    opening = models.TextField(_("opening words"), blank=True, validators=[AtMost(2000)])
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_in = models.ForeignKey(Event, models.SET_NULL, null=True, blank=True, related_name="approves", verbose_name=_("approved at"))
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True, editable=False)
    withdrawn_reason = models.TextField(_("why they were taken back"), blank=True, db_default="", editable=False, validators=[AtMost(1000)])
    heading = models.TextField(blank=True, db_default="", editable=False)
    plain = models.TextField(blank=True, db_default="", editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a meeting", "minutes")
        verbose_name_plural = pgettext_lazy("of a meeting", "minutes")
        ordering = ["-event__starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""), name="taking_minutes_back_gives_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}"


class MinutesItem(models.Model):
    """An item of the minutes; where the event has an agenda, of a session of it."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="items", verbose_name=pgettext_lazy("of a meeting", "minutes"))
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="minutes_items", verbose_name=_("session"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=160, blank=True)
    summary = models.TextField(_("what was said"), blank=True, validators=[AtMost(6000)])

    class Meta:
        verbose_name = _("item of the minutes")
        verbose_name_plural = _("items of the minutes")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title or f"{self.minutes_id}.{self.position}"


class Resolution(models.Model):
    """What was decided or agreed under an item."""

    item = models.ForeignKey(MinutesItem, models.CASCADE, related_name="resolutions", verbose_name=_("item"))
    kind = models.CharField(_("kind"), max_length=10, choices=ResolutionKind, default=ResolutionKind.DECISION)
    text = models.TextField(_("text"), validators=[AtMost(1500)])
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.kind}"


class Task(Dated):
    """What somebody took upon themselves in a meeting. `who` names who is neither a member nor an organisation of the network."""

    item = models.ForeignKey(MinutesItem, models.CASCADE, related_name="tasks", verbose_name=_("item"))
    code = models.CharField(max_length=12, unique=True, editable=False)
    text = models.TextField(_("task"), validators=[AtMost(600)])
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="tasks", verbose_name=_("member"))
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="tasks", verbose_name=_("organisation")
    )
    who = models.CharField(_("somebody else"), max_length=120, blank=True)
    due_on = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=TaskState, default=TaskState.OPEN)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["due_on"], condition=Q(state="open"), name="task_due")]

    def __str__(self) -> str:
        return self.code


class TaskReminder(models.Model):
    """That who took a task was reminded so many days before this day; another day is another reminder."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="reminders")
    days = models.SmallIntegerField()
    due_on = models.DateField()
    sent_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("reminder of a task")
        verbose_name_plural = _("reminders of tasks")
        constraints = [models.UniqueConstraint(fields=["task", "days", "due_on"], name="one_reminder_a_day_due")]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.days}"
