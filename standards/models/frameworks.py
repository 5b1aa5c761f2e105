"""A framework, the rules of its process, and its versions."""

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
    public = models.BooleanField(_("public"), default=False, help_text=_("Until then only the secretariat sees it."))

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
