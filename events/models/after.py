"""What stays of an event for who was there: the certificate, and what they thought of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from events.models.events import Event
from events.models.registering import SEATS, Question, Registration
from events.querysets.after import CertificateQuerySet
from members.models import Person
from red_mpe.core.models import Chamber


class Certificate(models.Model):
    """That somebody took part in an event. Whoever has its `code` can verify it."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="certificates", verbose_name=_("event"))
    registration = models.OneToOneField(
        Registration, models.CASCADE, null=True, blank=True, related_name="certificate", verbose_name=_("registration")
    )
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="certificates", verbose_name=_("member"))
    code = models.CharField(_("code"), max_length=16, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    mode = models.CharField(_("how"), max_length=8, choices=SEATS)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    issued_at = models.DateTimeField(_("issued"), db_default=Now(), editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at"]
        constraints = [
            models.CheckConstraint(condition=Q(registration__isnull=False) ^ Q(person__isnull=False), name="certificate_of_somebody"),
            models.UniqueConstraint(fields=["event", "person"], name="one_certificate_a_member"),
        ]

    def __str__(self) -> str:
        return self.code


class EvaluationPeriod(models.Model):
    """When those who were there were asked for their evaluation, and when its results were laid open before the time was over.

    Results show once it is closed: who looked before and after a single answer could tell what it said.
    """

    event = models.OneToOneField(Event, models.CASCADE, related_name="evaluation_period", verbose_name=_("event"))
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("time of an evaluation")
        verbose_name_plural = _("times of evaluations")

    def __str__(self) -> str:
        return f"{self.event_id}"


class EvaluationMark(models.Model):
    """That somebody has evaluated an event; what they said is not joined to it."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="evaluation_marks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("who has evaluated")
        verbose_name_plural = _("who has evaluated")
        constraints = [models.UniqueConstraint(fields=["event", "user"], name="evaluated_once")]

    def __str__(self) -> str:
        return f"{self.event_id}"


class Evaluation(models.Model):
    """What somebody thought of an event, without their name: only the chamber they sit in.

    Its key is random and there is no clock on it: no column tells the order of arrival. The pages of the table on the disk do, to
    whoever runs the database; against them nothing in it can help.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="evaluations")
    chamber = models.ForeignKey(Chamber, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")

    def __str__(self) -> str:
        return f"{self.event_id}"


class EvaluationAnswer(models.Model):
    """One answer of an evaluation: a score of one to five, words, or the places of the chosen options. Its key is random too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.CASCADE, related_name="evaluation_answers")
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("answer of an evaluation")
        verbose_name_plural = _("answers of evaluations")
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "question"], name="one_evaluation_answer_a_question"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__gte=1, score__lte=5), name="score_of_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.question_id}"
