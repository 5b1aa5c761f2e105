"""Who was there: one row a person and session, or the whole event; numbers of people who are not in the system; who keeps the door."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from events.enums import HeadRole, HeadSex, Seen
from events.models.agenda import Session
from events.models.events import Event
from events.models.registering import SEATS, Registration
from events.querysets.day import AttendanceQuerySet, DoorkeeperQuerySet
from members.models import Person


class Attendance(models.Model):
    """That somebody was at an event, or at one session of it. However often it is told, by however many phones, it is one row."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="attendances", verbose_name=_("event"))
    session = models.ForeignKey(Session, models.CASCADE, null=True, blank=True, related_name="attendances", verbose_name=_("session"))
    registration = models.ForeignKey(
        Registration, models.CASCADE, null=True, blank=True, related_name="attendances", verbose_name=_("registration")
    )
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="attendances", verbose_name=_("member"))
    mode = models.CharField(_("how"), max_length=8, choices=SEATS)
    seen = models.CharField(_("known by"), max_length=8, choices=Seen)
    at = models.DateTimeField(_("at"), help_text=_("By the clock of the device; never later than it reached us."))
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    once = models.UUIDField(unique=True, editable=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(registration__isnull=False) ^ Q(person__isnull=False), name="attendance_of_registration_or_member"
            ),
            models.UniqueConstraint(
                fields=["event", "session", "registration"],
                condition=Q(registration__isnull=False),
                nulls_distinct=False,
                name="registration_there_once",
            ),
            models.UniqueConstraint(
                fields=["event", "session", "person"],
                condition=Q(person__isnull=False),
                nulls_distinct=False,
                name="member_there_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.registration_id or self.person_id}"


class HeadCount(models.Model):
    """How many people of one role and sex were there whom the system does not know by name."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="head_counts", verbose_name=_("event"))
    session = models.ForeignKey(Session, models.CASCADE, null=True, blank=True, related_name="head_counts", verbose_name=_("session"))
    role = models.CharField(_("who"), max_length=12, choices=HeadRole)
    sex = models.CharField(_("sex"), max_length=1, choices=HeadSex)
    mode = models.CharField(_("how"), max_length=8, choices=SEATS)
    people = models.PositiveIntegerField(_("people"))

    class Meta:
        verbose_name = _("head count")
        verbose_name_plural = _("head counts")
        ordering = ["role", "sex", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "session", "role", "sex", "mode"], nulls_distinct=False, name="one_count_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.people}"


class TakenBack(models.Model):
    """That a check-in was taken back. A phone that sends it again, because it never heard the answer, does not bring it back."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="taken_back")
    once = models.UUIDField(unique=True, editable=False)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("check-in taken back")
        verbose_name_plural = _("check-ins taken back")

    def __str__(self) -> str:
        return f"{self.event_id}: {self.once}"


class Doorkeeper(models.Model):
    """Who checks people in at the door of one event: sees who is registered, and nothing else about them."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="doorkeepers", verbose_name=_("event"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="doors", verbose_name=_("member"))
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    named_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = DoorkeeperQuerySet.as_manager()

    class Meta:
        verbose_name = _("doorkeeper")
        verbose_name_plural = _("doorkeepers")
        ordering = ["person__name", "id"]
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="doorkeeper_once_an_event")]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.person_id}"
