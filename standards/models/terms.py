"""The terms of reference with which a framework begins."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from red_mpe.core.models import Dated
from standards.models.frameworks import Framework
from standards.querysets import TermsQuerySet


class TermsOfReference(Dated):
    """Why a framework is needed and how it will be decided; public for some weeks before anybody drafts (process.md).

    Each section of `TermsSection` is a column of its own name, in three languages. Published, it changes only by a recorded edit.
    """

    framework = models.OneToOneField(Framework, models.PROTECT, related_name="terms", verbose_name=_("framework"))
    need = models.TextField(_("need"), blank=True)
    overlap = models.TextField(_("overlap with existing standards"), blank=True)
    scope = models.TextField(_("scope"), blank=True)
    outcomes = models.TextField(_("outcomes"), blank=True)
    risks = models.TextField(_("risks"), blank=True)
    decision_rule = models.TextField(_("decision rule"), blank=True)
    languages = models.TextField(_("languages"), blank=True)
    funders = models.TextField(_("funders"), blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published by"), editable=False
    )

    objects = TermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of reference")
        verbose_name_plural = _("terms of reference")

    def __str__(self) -> str:
        return f"{self.framework.slug}: {_('terms of reference')}"
