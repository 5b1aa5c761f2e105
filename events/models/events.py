"""Events, the reminders that were sent for them, and the secret addresses of people's own calendars."""

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from events.enums import DocumentRole, EventAudience, EventKind, EventMode, EventState
from events.querysets.documents import EventDocumentQuerySet
from events.querysets.events import EventQuerySet
from members.enums import Spoken
from members.models import Group, Organisation
from publications.models import Record
from red_mpe.core.models import Dated, Theme
from red_mpe.core.validators import AtMost


def spoken_field(label: Any) -> ArrayField:
    """Return a column of languages that people speak."""
    return ArrayField(models.CharField(max_length=5, choices=Spoken), default=list, blank=True, verbose_name=label)


def _people(label: Any) -> models.PositiveIntegerField:  # type: ignore[type-arg]
    return models.PositiveIntegerField(label, null=True, blank=True)


class Event(Dated):
    """Something the network meets for. It happens at two instants, read by the clock of its own place.

    `starts_on` and `ends_on` are its days by that clock; who writes the instants writes them too. `sequence` grows with every
    change that a calendar must take over (RFC 5545); `uid` is its name there for ever. Coordinates are never kept.
    """

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    once = models.UUIDField(unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind, default=EventKind.ENCOUNTER)
    state = models.CharField(_("state"), max_length=10, choices=EventState, default=EventState.DRAFT)
    mode = models.CharField(_("how one takes part"), max_length=8, choices=EventMode, default=EventMode.ON_SITE)
    audience = models.CharField(_("who sees it"), max_length=8, choices=EventAudience, default=EventAudience.PUBLIC)

    title = models.CharField(_("title"), max_length=160, blank=True)
    summary = models.TextField(_("summary"), blank=True, validators=[AtMost(400)])
    description = models.TextField(_("description"), blank=True, validators=[AtMost(8000)])
    access = models.TextField(_("how to get there, and access"), blank=True, validators=[AtMost(2000)])
    costs = models.TextField(_("costs and travel support"), blank=True, validators=[AtMost(1500)])
    reason = models.TextField(_("reason"), blank=True, validators=[AtMost(1000)])
    report = models.TextField(_("what came of it"), blank=True, validators=[AtMost(8000)])

    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    time_zone = models.CharField(_("time zone"), max_length=40, default="America/Lima")
    starts_on = models.DateField(editable=False)
    ends_on = models.DateField(editable=False)

    venue = models.CharField(_("place"), max_length=160, blank=True)
    address = models.CharField(_("address"), max_length=240, blank=True)
    municipality = models.CharField(_("municipality"), max_length=120, blank=True)
    country = CountryField(_("country"), blank=True)
    link = models.URLField(_("link to take part"), max_length=500, blank=True)
    places_on_site = models.PositiveIntegerField(_("places on site"), null=True, blank=True)
    places_on_line = models.PositiveIntegerField(_("places on line"), null=True, blank=True)

    hosts = models.ManyToManyField(Organisation, blank=True, related_name="events", verbose_name=_("who invites"))
    groups = models.ManyToManyField(Group, blank=True, related_name="events", verbose_name=_("groups"))
    themes = models.ManyToManyField(Theme, blank=True, related_name="events", verbose_name=_("themes"))
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True, verbose_name=_("countries"))
    languages = spoken_field(_("languages"))
    interpretation = spoken_field(_("interpretation into"))

    attended = _people(_("people who took part"))
    women = _people(_("women"))
    men = _people(_("men"))
    speakers = _people(_("people who spoke from the floor or a panel"))
    organisers = _people(_("people who organised it"))

    series = models.ForeignKey(
        "events.MeetingSeries", models.SET_NULL, null=True, blank=True, related_name="meetings", verbose_name=_("meetings of a group")
    )
    occurs_on = models.DateField(null=True, blank=True, editable=False)  # the day of the rule; the meeting may have been moved

    announced_at = models.DateTimeField(_("announced"), null=True, blank=True, editable=False)
    moved_at = models.DateTimeField(_("state since"), db_default=Now(), editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="event_days_in_order"),
            models.CheckConstraint(
                condition=Q(attended=None) | Q(women=None) | Q(men=None) | Q(attended__gte=F("women") + F("men")),
                name="event_parts_fit_the_whole",
            ),
            models.UniqueConstraint(fields=["series", "occurs_on"], name="one_meeting_a_day_of_the_rule"),
        ]
        indexes = [
            models.Index(fields=["ends_at", "starts_at"], name="event_coming"),
            models.Index(fields=["starts_on", "ends_on"], name="event_days"),
            models.Index(fields=["-announced_at"], name="event_announced", condition=Q(announced_at__isnull=False)),
            GinIndex(fields=["countries"], name="event_countries"),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("events:event_detail", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        """The clock of its place."""
        return ZoneInfo(self.time_zone)

    @property
    def topic(self) -> str:
        """What one follows to hear of it."""
        return f"event:{self.slug}"


class EventDocument(models.Model):
    """A record of the library that belongs to an event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="documents", verbose_name=_("event"))
    record = models.ForeignKey(Record, models.CASCADE, related_name="event_documents", verbose_name=_("record"))
    role = models.CharField(_("what it was there"), max_length=10, choices=DocumentRole, default=DocumentRole.MATERIAL)
    added_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = EventDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of an event")
        verbose_name_plural = _("documents of events")
        ordering = ["role", "id"]
        constraints = [models.UniqueConstraint(fields=["event", "record"], name="document_once_an_event")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.record_id}"


class EventReminder(models.Model):
    """That people were reminded so many days before this beginning, 0 for an hour; another beginning is another reminder."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    sent_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [models.UniqueConstraint(fields=["event", "days", "starts_at"], name="one_reminder_a_beginning")]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.days}"


class CalendarLink(models.Model):
    """The secret address under which a calendar reads what its owner may see; renewing it closes the old one."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_link")
    token = models.CharField(max_length=43, unique=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return f"calendar #{self.pk}"
