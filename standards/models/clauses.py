"""A clause is an identity; its words live in one ClauseText per version."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from red_mpe.core.locale import COLUMN
from red_mpe.core.models import Dated, Theme
from red_mpe.core.validators import WORDS_OF_A_CLAUSE, AtMost, validate_few_words
from standards.enums import AppliesTo, Level, OecdRisk, RequirementClass, Responsible, TextState, VerbalForm
from standards.models.frameworks import Framework, Version
from standards.querysets import ClauseTextQuerySet

_limit = [AtMost(WORDS_OF_A_CLAUSE)]


class Clause(models.Model):
    """The identity of a clause through all versions: never deleted, at most retired."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="clauses", verbose_name=_("framework"))
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def topic(self) -> str:
        """The topic that people follow or mute."""
        return f"clause:{self.uuid}"


class ClauseText(Dated):
    """The words of a clause in one version: number, place, text in three languages. `label` is assigned once, never reused."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="texts", verbose_name=_("version"))
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="texts", verbose_name=_("clause"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("under"))
    position = models.PositiveIntegerField(_("position"), help_text=_("Order of reading in the whole version."))
    depth = models.PositiveSmallIntegerField(_("depth"), default=0)
    label = models.CharField(_("label"), max_length=24)
    level = models.CharField(_("level"), max_length=16, choices=Level, default=Level.REQUIREMENT)
    title = models.CharField(_("title"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True, validators=_limit)
    text_html = models.TextField(blank=True, editable=False)
    plain = models.TextField(_("in plain words"), blank=True, validators=[validate_few_words], help_text=_("At most 60 words."))
    intent = models.TextField(_("intent"), blank=True, validators=_limit)
    guidance = models.TextField(_("guidance"), blank=True, validators=_limit)
    verification = models.TextField(_("means of verification"), blank=True, validators=_limit)
    verbal_form = models.CharField(_("verbal form"), max_length=8, choices=VerbalForm, blank=True)
    requirement_class = models.CharField(_("class"), max_length=16, choices=RequirementClass, blank=True)
    deadline_months = models.PositiveSmallIntegerField(
        _("deadline in months"), choices=[(n, n) for n in (0, 12, 36, 72)], null=True, blank=True
    )
    oecd_risk = models.CharField(_("OECD risk"), max_length=20, choices=OecdRisk, blank=True)
    applies_to = ArrayField(models.CharField(max_length=20, choices=AppliesTo), default=list, blank=True, verbose_name=_("applies to"))
    responsible = ArrayField(
        models.CharField(max_length=12, choices=Responsible), default=list, blank=True, verbose_name=_("who is responsible")
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="clause_texts", verbose_name=_("themes"))
    revision = models.PositiveIntegerField(_("saved so many times"), default=0, db_default=0, editable=False)
    sources = ArrayField(models.CharField(max_length=300), default=list, blank=True, verbose_name=_("sources"))
    forbids_adaptation = models.BooleanField(
        _("derived from a source that may not be adapted"),
        default=False,
        db_default=False,
        help_text=_("It cannot leave drafting with words of its own: refer to the source by its code and title only."),
    )

    objects = ClauseTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("clause text")
        verbose_name_plural = _("clause texts")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "clause"], name="one_text_a_version"),
            models.UniqueConstraint(fields=["version", "label"], name="one_clause_a_label"),
            models.UniqueConstraint(fields=["version", "position"], name="one_clause_a_place", deferrable=models.Deferrable.DEFERRED),
            models.CheckConstraint(condition=~Q(label=""), name="clause_has_a_label"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"


class ClauseLanguage(models.Model):
    """The state of one language of a clause text; changing the authentic text makes the others stale."""

    clause_text = models.ForeignKey(ClauseText, models.CASCADE, related_name="languages", verbose_name=_("clause text"))
    language = models.CharField(_("language"), max_length=2, choices=[(code, code) for code in COLUMN.values()])
    state = models.CharField(_("state"), max_length=8, choices=TextState, default=TextState.DRAFT)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reviewed by")
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    basis = models.JSONField(
        default=dict,
        blank=True,
        db_default=Value({}, models.JSONField()),
        editable=False,
        help_text="The authentic words, by field, that this language was last reviewed against.",
    )

    class Meta:
        verbose_name = _("language of a clause text")
        verbose_name_plural = _("languages of a clause text")
        constraints = [models.UniqueConstraint(fields=["clause_text", "language"], name="one_state_a_language")]
