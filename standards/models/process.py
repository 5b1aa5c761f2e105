"""The record of the process: every move of a framework, every waiver, every extension of a round. Append-only."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from standards.enums import Stage
from standards.models.frameworks import Framework, Version
from standards.models.rounds import Consultation


class StageEvent(models.Model):
    """A framework moved from one stage to another: who (nobody: the clock), when, why, and what mail that sent to how many."""

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="events", verbose_name=_("framework"))
    source = models.CharField(_("from"), max_length=20, choices=Stage)
    target = models.CharField(_("to"), max_length=20, choices=Stage)
    consultation = models.ForeignKey(Consultation, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("round"))
    version = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("version"))
    reason = models.TextField(_("reason"), blank=True)
    mail = models.CharField(_("mail"), max_length=60, blank=True, help_text=_("The kind of announcement that this move sent."))
    readers = models.PositiveIntegerField(_("to how many people"), default=0)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("move of a framework")
        verbose_name_plural = _("moves of frameworks")
        ordering = ["-id"]


class GuardWaiver(models.Model):
    """A guard that was waived for one round, with a reason that everybody can read. Only guards that say so can be waived."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="waivers", verbose_name=_("round"))
    guard = models.CharField(_("guard"), max_length=40)
    language = models.CharField(_("language"), max_length=2, blank=True)
    reason = models.TextField(_("reason"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "guard", "language"], name="one_waiver_a_guard"),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_gives_a_reason"),
        ]


class RoundExtension(models.Model):
    """A round was extended because too few people of some chambers had spoken; forward only, the same for everybody."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="extended", verbose_name=_("round"))
    number = models.PositiveSmallIntegerField(_("number"))
    old_closes_on = models.DateField(_("would have closed on"))
    new_closes_on = models.DateField(_("closes on"))
    missed = models.JSONField(_("minimums missed"), default=dict, help_text=_("Chamber code: minimum. Never how many spoke."))
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("extension of a round")
        verbose_name_plural = _("extensions of rounds")
        ordering = ["consultation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="one_extension_a_number"),
            models.CheckConstraint(condition=Q(new_closes_on__gt=models.F("old_closes_on")), name="extension_goes_forward"),
        ]
