"""Registration: its terms, what is asked, who is registered and in which order, and how many seats are taken."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from events.enums import LIVE, AskedAt, EventMode, QuestionKind, RegistrationState
from events.models.events import Event
from events.querysets.registering import RegistrationQuerySet
from members.enums import Spoken
from members.models import Organisation
from red_mpe.core.models import Chamber, Dated

#: What one registers for: to come, or to connect.
SEATS = [(EventMode.ON_SITE.value, EventMode.ON_SITE.label), (EventMode.ON_LINE.value, EventMode.ON_LINE.label)]


class RegistrationTerms(Dated):
    """When and how one registers for an event. An event without terms takes no registrations."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="terms", verbose_name=_("event"))
    opens_at = models.DateTimeField(_("registration opens"))
    closes_at = models.DateTimeField(_("registration closes"))
    approval = models.BooleanField(_("each registration is approved"), default=False)
    guests = models.PositiveSmallIntegerField(_("people one may bring along"), default=0)
    accept_hours = models.PositiveSmallIntegerField(_("hours to accept a place that became free"), default=48)
    keep_days = models.PositiveSmallIntegerField(_("days after the end for which needs are kept"), default=14)

    class Meta:
        verbose_name = _("terms of registration")
        verbose_name_plural = _("terms of registration")
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="registration_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(accept_hours__gte=1), name="an_hour_to_accept"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}"


class ClosingReminder(models.Model):
    """That people were reminded so many days before registration closes; another hour of closing is another reminder."""

    terms = models.ForeignKey(RegistrationTerms, models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField()
    closes_at = models.DateTimeField()
    sent_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("reminder of closing")
        verbose_name_plural = _("reminders of closing")
        constraints = [models.UniqueConstraint(fields=["terms", "days", "closes_at"], name="one_reminder_a_closing")]

    def __str__(self) -> str:
        return f"{self.terms_id}: {self.days}"


class SeatCount(models.Model):
    """How many seats of one mode are taken (confirmed, or held for somebody who was offered one), and the last number given out.

    Every action that takes or frees a seat locks this row first: that is why no seat is given twice.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="seat_counts")
    mode = models.CharField(max_length=8, choices=SEATS)
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("seats taken")
        verbose_name_plural = _("seats taken")
        constraints = [models.UniqueConstraint(fields=["event", "mode"], name="one_count_a_mode")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.mode}: {self.taken}"


class Question(models.Model):
    """What the secretariat asks: with the registration, or in the evaluation afterwards. `options` holds one a line."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="questions", verbose_name=_("event"))
    asked_at = models.CharField(_("asked"), max_length=12, choices=AskedAt, default=AskedAt.REGISTRATION)
    kind = models.CharField(_("kind of answer"), max_length=8, choices=QuestionKind, default=QuestionKind.LINE)
    label = models.CharField(_("question"), max_length=240)
    options = models.TextField(_("answers to choose from, one a line"), blank=True)
    required = models.BooleanField(_("must be answered"), default=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.label


class Registration(Dated):
    """Somebody's registration for an event. `number` is the order of arrival in the event, and of the waiting list.

    `code` names it to people; `ticket` is the secret in its QR code. A place that was offered is held until `offered_until`.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="registrations", verbose_name=_("event"))
    code = models.CharField(_("code"), max_length=12, unique=True, editable=False)
    ticket = models.CharField(max_length=43, unique=True, editable=False)
    once = models.UUIDField(unique=True, editable=False)
    number = models.PositiveIntegerField(editable=False)
    mode = models.CharField(_("how one takes part"), max_length=8, choices=SEATS, default=EventMode.ON_SITE)
    state = models.CharField(_("state"), max_length=10, choices=RegistrationState, default=RegistrationState.WAITING)
    moved_at = models.DateTimeField(_("state since"))
    offered_until = models.DateTimeField(_("the offer holds until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True, db_default="")
    sequence = models.PositiveIntegerField(default=0, editable=False)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="registrations", verbose_name=_("account")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("registered by")
    )
    guest_of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="guests", verbose_name=_("brought along by"))
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="es")
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="registrations", verbose_name=_("organisation")
    )
    affiliation = models.CharField(_("organisation, if it is not in the network"), max_length=160, blank=True)
    chamber = models.ForeignKey(Chamber, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chamber"))
    photos = models.BooleanField(_("may be seen on photos"), default=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="registration_number_once_an_event"),
            models.UniqueConstraint(fields=["event", "user"], condition=Q(state__in=LIVE), name="one_live_registration_an_account"),
            models.UniqueConstraint(
                "event", Lower("email"), condition=Q(state__in=LIVE) & ~Q(email=""), name="one_live_registration_an_address"
            ),
            models.CheckConstraint(
                condition=Q(state=RegistrationState.OFFERED, offered_until__isnull=False)
                | (~Q(state=RegistrationState.OFFERED) & Q(offered_until=None)),
                name="an_offer_has_an_end",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="registration_has_a_name"),
        ]
        indexes = [
            models.Index(fields=["event", "state", "mode", "number"], name="registration_queue"),
            models.Index(fields=["offered_until"], condition=Q(state=RegistrationState.OFFERED), name="registration_offers"),
        ]

    def __str__(self) -> str:
        return self.code


class OfferReminder(models.Model):
    """That somebody was reminded that the place they were offered lapses; another deadline is another reminder."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="reminders")
    offered_until = models.DateTimeField()
    sent_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("reminder of an offer")
        verbose_name_plural = _("reminders of offers")
        constraints = [models.UniqueConstraint(fields=["registration", "offered_until"], name="one_reminder_an_offer")]

    def __str__(self) -> str:
        return f"{self.registration_id}"


class Needs(models.Model):
    """What somebody needs to take part. Seen only by who runs the event, and forgotten after it."""

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="needs")
    interpretation = models.CharField(_("interpretation into"), max_length=5, choices=Spoken, blank=True)
    access = models.CharField(_("access"), max_length=300, blank=True)
    childcare = models.CharField(_("childcare"), max_length=200, blank=True)
    diet = models.CharField(_("diet"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("needs")
        verbose_name_plural = _("needs")

    def __str__(self) -> str:
        return f"{self.registration_id}"


class Answer(models.Model):
    """What somebody answered to a question of the registration: words, or the places of the chosen options."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    text = models.TextField(blank=True)
    chosen = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["registration", "question"], name="one_answer_a_question")]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.question_id}"
