"""The rhythm of a group: a rule from which its meetings come."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from events.enums import EventAudience, EventMode
from events.models.events import spoken_field
from events.querysets.series import MeetingSeriesQuerySet
from members.models import Group
from red_mpe.core.models import Dated


class MeetingSeries(Dated):
    """When a group meets, as a recurrence rule (RFC 5545, RRULE) over the wall clock of its place: the hour stays when clocks turn.

    `starts_on` is the first day that counts; `skipped` are days on which the group does not meet. Its meetings are events.
    `proposed_on` is the last day that who leads the group was told to call.
    """

    group = models.OneToOneField(Group, models.CASCADE, related_name="series", verbose_name=_("group"))
    rule = models.CharField(_("rule"), max_length=200)
    starts_on = models.DateField(_("from"))
    starts_time = models.TimeField(_("at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=120)
    time_zone = models.CharField(_("time zone"), max_length=40, default="America/Lima")
    skipped = ArrayField(models.DateField(), default=list, blank=True, verbose_name=_("days without a meeting"))
    active = models.BooleanField(_("goes on"), default=True)
    proposed_on = models.DateField(null=True, blank=True, editable=False)

    title = models.CharField(_("title"), max_length=160, blank=True)
    mode = models.CharField(_("how one takes part"), max_length=8, choices=EventMode, default=EventMode.ON_LINE)
    audience = models.CharField(_("who sees it"), max_length=8, choices=EventAudience, default=EventAudience.GROUP)
    venue = models.CharField(_("place"), max_length=160, blank=True)
    municipality = models.CharField(_("municipality"), max_length=120, blank=True)
    country = CountryField(_("country"), blank=True)
    link = models.URLField(_("link to take part"), max_length=500, blank=True)
    languages = spoken_field(_("languages"))

    objects = MeetingSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("meetings of a group")
        verbose_name_plural = _("meetings of groups")
        constraints = [models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=1440), name="meeting_of_minutes_to_a_day")]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.rule}"

    def get_absolute_url(self) -> str:
        return reverse("events:series_detail", args=[self.group.slug])

    @property
    def zone(self) -> ZoneInfo:
        """The clock of its place."""
        return ZoneInfo(self.time_zone)

    @property
    def length(self) -> timedelta:
        """How long a meeting lasts."""
        return timedelta(minutes=self.minutes)
