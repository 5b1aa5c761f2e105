"""The synopsis of a round, and commenting forms that came in."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from members.models import Organisation
from red_mpe.core.models import Dated
from standards.models.clauses import Clause
from standards.models.identities import Persona
from standards.models.rounds import Consultation
from standards.querysets import SynopsisQuerySet


class Synopsis(Dated):
    """The public report of a round; its figures are counted anew until it is published and then kept in `figures`."""

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="synopsis", verbose_name=_("round"))
    asked = models.TextField(_("what was asked"), blank=True)
    promotion = models.TextField(_("how it was promoted"), blank=True)
    remarks = models.TextField(_("remarks on the process"), blank=True)
    next_steps = models.TextField(_("next steps"), blank=True)
    figures = models.JSONField(_("figures"), default=dict, editable=False)
    revision = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published by"), editable=False
    )

    objects = SynopsisQuerySet.as_manager()

    class Meta:
        verbose_name = _("synopsis")
        verbose_name_plural = _("synopses")


class SynopsisClause(Dated):
    """What was said on one clause (or in general), what changed and why."""

    synopsis = models.ForeignKey(Synopsis, models.CASCADE, related_name="clauses", verbose_name=_("synopsis"))
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="synopses", verbose_name=_("clause"))
    said = models.TextField(_("what was said"), blank=True)
    changed = models.TextField(_("what changed and why"), blank=True)
    revision = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    class Meta:
        verbose_name = _("clause in a synopsis")
        verbose_name_plural = _("clauses in synopses")
        constraints = [
            models.UniqueConstraint(fields=["synopsis", "clause"], nulls_distinct=False, name="one_paragraph_a_clause"),
        ]


class SynopsisCorrection(models.Model):
    """What was put right in a published synopsis, the words before and after, and why; append-only, everybody can read it."""

    synopsis = models.ForeignKey(Synopsis, models.PROTECT, related_name="corrections", verbose_name=_("synopsis"))
    clause = models.ForeignKey(
        Clause, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("clause"), help_text=_("Empty: general.")
    )
    before = models.JSONField(_("words before"))
    after = models.JSONField(_("words after"))
    note = models.CharField(_("why"), max_length=300)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author"))
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("correction of a synopsis")
        verbose_name_plural = _("corrections of synopses")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~models.Q(note=""), name="correction_gives_a_reason")]


class Letter(models.Model):
    """The one letter to a voice of a round: that it was sent, and nothing of who is behind the voice."""

    persona = models.OneToOneField(Persona, models.PROTECT, related_name="letter", verbose_name=_("persona"))
    synopsis = models.ForeignKey(Synopsis, models.PROTECT, related_name="letters", verbose_name=_("synopsis"))
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("letter to a voice")
        verbose_name_plural = _("letters to voices")


class FormSubmission(models.Model):
    """A commenting form that the secretariat put in for an organisation: whose, by whom, and its persona in the round.

    A member who puts in their own form needs none: its rows are their own comments.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="submissions", verbose_name=_("round"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    persona = models.OneToOneField(Persona, models.PROTECT, related_name="submission")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    sha256 = models.CharField(_("SHA-256 of the last file"), max_length=64)
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("commenting form")
        verbose_name_plural = _("commenting forms")
        constraints = [models.UniqueConstraint(fields=["consultation", "organisation"], name="one_form_an_organisation")]
