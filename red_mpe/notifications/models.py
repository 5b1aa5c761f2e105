"""Rows of the one road: announcement → notification → outgoing mail or digest → delivery. Ids only, never words or addresses."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from red_mpe.core.models import AuditEntry
from red_mpe.notifications.enums import Category, Frequency, MailClass, MailState
from red_mpe.notifications.querysets import (
    AnnouncementQuerySet,
    DigestQuerySet,
    MailQuerySet,
    NotificationQuerySet,
    PreferenceQuerySet,
    SubscriptionQuerySet,
)

#: Where a mail has come to rest, and its bytes may go.
OVER = [MailState.SENT, MailState.FAILED, MailState.SUPPRESSED]


class Announcement(models.Model):
    """An audit entry that people are told about, and whether everybody has been."""

    entry = models.OneToOneField(AuditEntry, models.CASCADE, related_name="announcement")
    topics = models.JSONField(_("topics"), default=list)
    spread_at = models.DateTimeField(_("everybody told"), null=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        indexes = [models.Index(fields=["id"], name="announcement_waiting", condition=Q(spread_at=None))]

    def __str__(self) -> str:
        return f"announcement #{self.pk}"


class Digest(models.Model):
    """One summary for one person and one local period, for instance `daily 2026-11-23` or `weekly 2026-W48`."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests", verbose_name=_("person"))
    frequency = models.CharField(_("frequency"), max_length=8, choices=Frequency)
    period = models.CharField(_("period"), max_length=10)
    created_at = models.DateTimeField(_("created"), db_default=Now())

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [models.UniqueConstraint(fields=["person", "frequency", "period"], name="one_digest_a_period")]

    def __str__(self) -> str:
        return f"{self.frequency} {self.period}"


class Notification(models.Model):
    """One line in one person's inbox. Its words are made when it is read, in the reader's language."""

    entry = models.ForeignKey(AuditEntry, models.CASCADE, related_name="notifications")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", verbose_name=_("recipient"))
    category = models.CharField(_("category"), max_length=16, choices=Category)
    frequency = models.CharField(_("frequency"), max_length=8, choices=Frequency, help_text=_("As chosen when it happened."))
    digest = models.ForeignKey(Digest, models.SET_NULL, null=True, blank=True, related_name="items")
    created_at = models.DateTimeField(_("created"), db_default=Now())
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["entry", "recipient"], name="told_once")]
        indexes = [
            models.Index(fields=["recipient", "-id"]),
            models.Index(fields=["recipient"], name="inbox_unread", condition=Q(read_at=None)),
            models.Index(fields=["recipient", "frequency"], name="digest_waiting", condition=Q(digest=None)),
        ]

    def __str__(self) -> str:
        return f"notification #{self.pk}"


class Preference(models.Model):
    """How often a person wants mail of one category; without a row, the category's default holds."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_preferences")
    category = models.CharField(_("category"), max_length=16, choices=Category)
    frequency = models.CharField(_("frequency"), max_length=8, choices=Frequency)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [models.UniqueConstraint(fields=["person", "category"], name="one_preference_a_category")]

    def __str__(self) -> str:
        return f"{self.category}: {self.frequency}"


class Subscription(models.Model):
    """Somebody follows, or has muted, a topic: `framework:<slug>`, `clause:<uuid>`, `theme:<code>`, `group:<slug>`, `event:<slug>`."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscriptions")
    topic = models.CharField(_("topic"), max_length=80)
    muted = models.BooleanField(_("muted"), default=False)
    created_at = models.DateTimeField(_("created"), db_default=Now())

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="one_subscription_a_topic")]
        indexes = [models.Index(fields=["topic", "muted"])]

    def __str__(self) -> str:
        return f"{self.topic}"


class MailBox(models.Model):
    """What we know of a person's address: the opaque token of its unsubscribe link, and how often it bounced."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mailbox")
    token = models.CharField(_("token"), max_length=43, unique=True)
    bounce_score = models.PositiveSmallIntegerField(_("bounces"), default=0)
    bounced_at = models.DateTimeField(_("last bounce"), null=True, blank=True)

    class Meta:
        verbose_name = _("mail box")
        verbose_name_plural = _("mail boxes")

    def __str__(self) -> str:
        return f"mail box #{self.pk}"


class OutgoingMail(models.Model):
    """One mail to one person, exactly once and visibly.

    It comes from a notification, from a digest, or (sign-in codes and the like) carries frozen bytes from the start. Without a
    recipient it goes to an address that has no account; what is announced to such people keeps its `entry`, so that it can be asked
    again whether it is still told to them. `attempts` counts the claims; whoever writes to the row names the count
    it claimed with, so that a claim that was taken over writes nothing.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="outgoing_mails", verbose_name=_("recipient")
    )
    notification = models.OneToOneField(Notification, models.CASCADE, null=True, blank=True, related_name="mail")
    digest = models.OneToOneField(Digest, models.CASCADE, null=True, blank=True, related_name="mail")
    entry = models.ForeignKey(AuditEntry, models.CASCADE, null=True, blank=True, related_name="+", db_index=False, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    mail_class = models.PositiveSmallIntegerField(_("class"), choices=MailClass, default=MailClass.PERSONAL)
    state = models.CharField(_("state"), max_length=12, choices=MailState, default=MailState.QUEUED)
    message_id = models.CharField(_("Message-ID"), max_length=120, unique=True)
    message = models.BinaryField(_("frozen bytes"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("not before"), db_default=Now())
    lease_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    released_at = models.DateTimeField(_("released"), null=True, blank=True, help_text=_("A person let it pass the brake."))
    created_at = models.DateTimeField(_("created"), db_default=Now())
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("mail log")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["mail_class", "due_at"], name="mail_waiting", condition=Q(state=MailState.QUEUED)),
            models.Index(fields=["lease_until"], name="mail_under_way", condition=Q(state__in=[MailState.CLAIMED, MailState.HANDING])),
            models.Index(fields=["sent_at"], name="mail_lately", condition=~Q(mail_class=MailClass.CRITICAL)),
            models.Index(fields=["created_at"], name="mail_with_bytes", condition=Q(message__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(notification__isnull=False) | Q(digest__isnull=False) | Q(message__isnull=False) | Q(state__in=OVER),
                name="mail_has_a_source",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
