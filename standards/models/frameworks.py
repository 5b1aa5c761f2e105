"""A framework, the rules of its process, and its versions."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models import Group
from red_mpe.core.locale import COLUMN
from red_mpe.core.models import Dated
from standards.enums import Stage, VersionKind
from standards.querysets import FrameworkQuerySet, VersionQuerySet


def _days(label: Any, default: int) -> models.PositiveSmallIntegerField:  # type: ignore[type-arg]
    return models.PositiveSmallIntegerField(label, default=default, db_default=default)


_count = _days


class ProcessRules(Dated):
    """The numbers of a framework's process (process.md). One row is one edition: it is followed by another, never changed."""

    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    time_zone = models.CharField(
        _("time zone"), max_length=40, default="America/Tijuana", help_text=_("Rounds open and close by this clock.")
    )
    first_round_days = models.PositiveSmallIntegerField(_("days of the first round"), default=60)
    later_round_days = models.PositiveSmallIntegerField(_("days of later rounds"), default=30)
    announced_days = models.PositiveSmallIntegerField(_("days between announcing and opening"), default=14)
    required_languages = ArrayField(models.CharField(max_length=2), default=list, blank=True, verbose_name=_("required languages"))
    small_cell = models.PositiveSmallIntegerField(_("smallest group shown"), default=5)
    terms_days = _days(_("days the terms of reference stay public before drafting"), 30)
    chamber_seats = _count(_("seats of each voting chamber in the committee"), 6)
    chamber_organisations = _count(_("organisations of each voting chamber in the committee"), 2)
    country_percent = _count(_("largest share of one country in a chamber, in percent"), 40)
    women_percent = _count(_("smallest share of women in the committee, in percent"), 40)
    changed_percent = _count(_("share of changed requirements from which a later round is as long as the first, in percent"), 25)
    gap_days = _days(_("days between the synopsis of a round and the opening of the next"), 15)
    extension_days = _days(_("days by which a round with too few people is extended"), 30)
    extensions = _count(_("how often a round may be extended"), 2)
    synopsis_days = _days(_("days from closing to the synopsis"), 45)
    many_comments = _count(_("comments from which the synopsis may take longer"), 1000)
    synopsis_days_many = _days(_("days to the synopsis with so many comments"), 60)
    rounds_new = _count(_("rounds of a new framework"), 2)
    rounds_revision = _count(_("rounds of a revision"), 1)
    objection_days = _days(_("days to object to an answer"), 15)

    class Meta:
        verbose_name = _("rules of the process")
        verbose_name_plural = _("rules of the process")

    def __str__(self) -> str:
        return f"{_('rules of the process')} {self.pk}.{self.edition}"


class Framework(Dated):
    """A standard that the network writes."""

    slug = models.SlugField(_("slug"), unique=True, max_length=60)
    code = models.CharField(_("code"), max_length=12, unique=True, help_text=_("Used in the public codes of comments: C-CODE-R1-00123."))
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    scope = models.TextField(_("scope"), blank=True)
    introduction = models.TextField(_("introduction"), blank=True)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.TERMS_OF_REFERENCE)
    authentic_language = models.CharField(
        _("authentic language"), max_length=2, choices=[(code, code) for code in COLUMN.values()], default="es"
    )
    rules = models.ForeignKey(ProcessRules, models.PROTECT, related_name="frameworks", verbose_name=_("rules of the process"))
    committee = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="frameworks", verbose_name=_("committee"))
    balance_reason = models.TextField(
        _("why the committee has fewer women than the rules ask"), blank=True, help_text=_("Published with the committee.")
    )
    revision_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="revisions",
        verbose_name=_("revision of"),
        help_text=_("A revision needs fewer rounds than a new framework."),
    )
    paused_stage = models.CharField(_("stage before it was suspended"), max_length=20, choices=Stage, blank=True, editable=False)
    public = models.BooleanField(_("public"), default=False, help_text=_("Until then only the secretariat and its committee see it."))

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("standards:framework_detail", args=[self.slug])


class Version(Dated):
    """One state of the text. Once frozen it has a SHA-256 and the database refuses to change its clauses."""

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="versions", verbose_name=_("framework"))
    number = models.CharField(_("number"), max_length=8, help_text=_("For instance 0.2 or 1.0."))
    kind = models.CharField(_("kind"), max_length=12, choices=VersionKind, default=VersionKind.WORKING)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="next_versions", verbose_name=_("previous version")
    )
    change_summary = models.TextField(_("what changed, in short"), blank=True)
    public = models.BooleanField(_("public"), default=False)
    frozen_at = models.DateTimeField(_("frozen"), null=True, blank=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["framework", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="one_version_a_number"),
            models.CheckConstraint(condition=Q(number__regex=r"^\d+\.\d+$"), name="version_number_has_two_parts"),
            models.CheckConstraint(
                condition=Q(frozen_at=None, sha256="") | (Q(frozen_at__isnull=False) & ~Q(sha256="")), name="frozen_has_a_hash"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework.slug} {self.number}"

    @property
    def frozen(self) -> bool:
        return self.frozen_at is not None

    def get_absolute_url(self) -> str:
        return reverse("standards:version_detail", args=[self.framework.slug, self.number])
