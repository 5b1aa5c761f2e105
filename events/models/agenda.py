"""The agenda of an event: tracks, rooms, sessions and who speaks in them; and the stands of its fair."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.enums import SessionKind, VoiceRole
from events.models.events import Event, spoken_field
from events.querysets.agenda import SessionQuerySet, StandQuerySet
from members.models import Organisation, Person
from publications.models import Record
from red_mpe.core.models import Dated
from red_mpe.core.validators import AtMost


class Track(models.Model):
    """A thread of sessions that belong together."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="tracks", verbose_name=_("event"))
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A room of an event; on line it is a room too. Nothing in it overlaps."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="rooms", verbose_name=_("event"))
    name = models.CharField(_("name"), max_length=80)
    places = models.PositiveIntegerField(_("places"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class _Span(Func):
    """The time a row takes; its end is the beginning of the next."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


def _span() -> _Span:
    return _Span("starts_at", "ends_at", RangeBoundary())


class Session(Dated):
    """One entry of the agenda: when, where, what about. In one room nothing overlaps: the database refuses it.

    It looks after each statement, not after each row, so that a whole agenda can be moved by an hour.
    `slug` names it inside its event and never changes.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions", verbose_name=_("event"))
    slug = models.SlugField(max_length=60, editable=False)
    once = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=SessionKind, default=SessionKind.PLENARY)
    title = models.CharField(_("title"), max_length=160, blank=True)
    summary = models.TextField(_("summary"), blank=True, validators=[AtMost(2000)])
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    track = models.ForeignKey(Track, models.SET_NULL, null=True, blank=True, related_name="sessions", verbose_name=_("track"))
    room = models.ForeignKey(Room, models.SET_NULL, null=True, blank=True, related_name="sessions", verbose_name=_("room"))
    languages = spoken_field(_("languages"))
    interpretation = spoken_field(_("interpretation into"))
    sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "room__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "slug"], name="session_slug_once_an_event"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_begins"),
            ExclusionConstraint(
                name="one_session_a_room",
                expressions=[(_span(), RangeOperators.OVERLAPS), ("room", RangeOperators.EQUAL)],
                condition=Q(room__isnull=False),
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]
        indexes = [models.Index(fields=["event", "starts_at"], name="session_of_event")]

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("events:session_detail", args=[self.event.slug, self.slug])


class Guest(models.Model):
    """Somebody who speaks and is no member of the network."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="guests", verbose_name=_("event"))
    name = models.CharField(_("name"), max_length=120)
    affiliation = models.CharField(_("organisation"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class SessionVoice(models.Model):
    """Who chairs, speaks or keeps the record in a session: a member or a guest. Nobody is in two at once: the database refuses it.

    `starts_at` and `ends_at` are the session's: who writes those writes these too.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="voices", verbose_name=_("session"))
    event = models.ForeignKey(Event, models.CASCADE, related_name="+", editable=False)
    role = models.CharField(_("role"), max_length=12, choices=VoiceRole, default=VoiceRole.SPEAKER)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="voices", verbose_name=_("member"))
    guest = models.ForeignKey(Guest, models.CASCADE, null=True, blank=True, related_name="voices", verbose_name=_("guest"))
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("voice")
        verbose_name_plural = _("voices")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(person__isnull=False) ^ Q(guest__isnull=False), name="voice_is_member_or_guest"),
            ExclusionConstraint(
                name="one_session_a_member",
                expressions=[(_span(), RangeOperators.OVERLAPS), ("person", RangeOperators.EQUAL), ("event", RangeOperators.EQUAL)],
                condition=Q(person__isnull=False),
                deferrable=Deferrable.IMMEDIATE,
            ),
            ExclusionConstraint(
                name="one_session_a_guest",
                expressions=[(_span(), RangeOperators.OVERLAPS), ("guest", RangeOperators.EQUAL)],
                condition=Q(guest__isnull=False),
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.role}"


class SessionDocument(models.Model):
    """A record of the library that belongs to a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="documents", verbose_name=_("session"))
    record = models.ForeignKey(Record, models.CASCADE, related_name="session_documents", verbose_name=_("record"))

    class Meta:
        verbose_name = _("document of a session")
        verbose_name_plural = _("documents of sessions")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["session", "record"], name="document_once_a_session")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.record_id}"


class AgendaMark(models.Model):
    """That somebody means to go to a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="marks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="agenda_marks")
    marked_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("session in somebody's agenda")
        verbose_name_plural = _("sessions in people's agendas")
        constraints = [models.UniqueConstraint(fields=["session", "user"], name="mark_once_a_session")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.user_id}"


class SessionMove(models.Model):
    """Where a session was before it moved or was taken away, until those who have it are told; kept as what they were told.

    Without `session` it was taken away: `people` are the accounts that had it then.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="session_moves")
    session = models.ForeignKey(Session, models.SET_NULL, null=True, related_name="moves")
    title_es = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    title_pt = models.CharField(max_length=200, blank=True)
    room_es = models.CharField(max_length=200, blank=True)
    room_en = models.CharField(max_length=200, blank=True)
    room_pt = models.CharField(max_length=200, blank=True)
    room = models.BigIntegerField(null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    people = ArrayField(models.BigIntegerField(), default=list)
    changed_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("move of a session")
        verbose_name_plural = _("moves of sessions")
        constraints = [
            models.UniqueConstraint(fields=["session"], condition=Q(told_at=None), name="one_untold_move_a_session"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.session_id}"


class AgendaNews(models.Model):
    """What some people are told at once of the sessions they have: the accounts to which the same moves matter."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="agenda_news")
    moves = models.ManyToManyField(SessionMove, related_name="+")
    people = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        verbose_name = _("news of an agenda")
        verbose_name_plural = _("news of agendas")

    def __str__(self) -> str:
        return f"{self.event_id}"


class Stand(Dated):
    """An information stand of a fair: whose, where, and what it hands out."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="stands", verbose_name=_("event"))
    once = models.UUIDField(unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="stands", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=160, blank=True)
    description = models.TextField(_("description"), blank=True, validators=[AtMost(1500)])
    place = models.CharField(_("place"), max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = StandQuerySet.as_manager()

    class Meta:
        verbose_name = _("stand")
        verbose_name_plural = _("stands")
        ordering = ["position", "place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "place"], condition=~Q(place=""), name="one_stand_a_place"),
        ]

    def __str__(self) -> str:
        return self.name or self.place


class StandDocument(models.Model):
    """A record of the library that a stand hands out."""

    stand = models.ForeignKey(Stand, models.CASCADE, related_name="documents", verbose_name=_("stand"))
    record = models.ForeignKey(Record, models.CASCADE, related_name="stand_documents", verbose_name=_("record"))

    class Meta:
        verbose_name = _("document of a stand")
        verbose_name_plural = _("documents of stands")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["stand", "record"], name="document_once_a_stand")]

    def __str__(self) -> str:
        return f"{self.stand_id} {self.record_id}"
