"""Rounds of public consultation."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from red_mpe.core.models import Chamber, Dated
from standards.enums import RoundState
from standards.models.frameworks import Framework, Version
from standards.querysets import ConsultationQuerySet


class Consultation(Dated):
    """One round on one version. It opens and closes by itself at instants set by the clock of the rules.

    It opens at 00:00 of `opens_on` and closes after 23:59 of `closes_on`: `closes_at` is the first instant outside.
    """

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="rounds", verbose_name=_("framework"))
    version = models.ForeignKey(Version, models.PROTECT, related_name="rounds", verbose_name=_("version"))
    number = models.PositiveSmallIntegerField(_("round"))
    state = models.CharField(_("state"), max_length=10, choices=RoundState, default=RoundState.PLANNED)
    question = models.TextField(_("what this round asks"), blank=True)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"), help_text=_("The last day, until 23:59."))
    time_zone = models.CharField(_("time zone"), max_length=40, default="America/Tijuana")
    opens_at = models.DateTimeField(_("opens at"), editable=False)
    closes_at = models.DateTimeField(_("closes at"), editable=False)
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True, editable=False)
    reminded_week_at = models.DateTimeField(_("reminder of 7 days sent"), null=True, blank=True, editable=False)
    reminded_day_at = models.DateTimeField(_("reminder of 1 day sent"), null=True, blank=True, editable=False)
    extensions = models.PositiveSmallIntegerField(_("extended so many times"), default=0, db_default=0, editable=False)
    comment_counter = models.PositiveIntegerField(default=0, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["framework", "number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="one_round_a_number"),
            models.UniqueConstraint(
                fields=["framework"], condition=Q(state__in=[RoundState.ANNOUNCED, RoundState.OPEN]), name="one_live_round_a_framework"
            ),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="round_closes_after_it_opens"),
        ]

    def __str__(self) -> str:
        return f"{self.framework.slug} R{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("standards:framework_detail", args=[self.framework.slug])

    @property
    def days(self) -> int:
        """Inclusive calendar days: 26 February to 26 April 2018 is 60."""
        return (self.closes_on - self.opens_on).days + 1


class ParticipationTarget(models.Model):
    """How many people of a chamber the round wants to hear; set before it opens, shown while it runs."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="targets", verbose_name=_("round"))
    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="+", verbose_name=_("chamber"))
    people = models.PositiveIntegerField(_("people"))
    minimum = models.PositiveIntegerField(
        _("minimum"), default=0, db_default=0, help_text=_("With fewer people than this the round is extended by itself.")
    )

    class Meta:
        verbose_name = _("participation target")
        verbose_name_plural = _("participation targets")
        constraints = [models.UniqueConstraint(fields=["consultation", "chamber"], name="one_target_a_chamber")]
