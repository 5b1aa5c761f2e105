"""Evidence: what of the library a clause stands on."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from publications.models import Record
from standards.models.clauses import Clause
from standards.models.frameworks import Version
from standards.querysets.evidence import ClauseEvidenceQuerySet


class ClauseEvidence(models.Model):
    """A record of the library that supports a clause in one version.

    It is no part of the text: the hash of a frozen version does not cover it, and it may grow after the version is frozen. It
    names the identity and not the row of the text, so that it outlives the retiring of a clause and comes back with it.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="evidence", verbose_name=_("version"))
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="evidence", verbose_name=_("clause"))
    record = models.ForeignKey(Record, models.PROTECT, related_name="clause_evidence", verbose_name=_("record"))
    note = models.CharField(_("what it shows"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("added by"), editable=False
    )
    added_at = models.DateTimeField(_("added"), db_default=Now(), editable=False)

    objects = ClauseEvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence of a clause")
        verbose_name_plural = _("evidence of clauses")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "clause", "record"], name="evidence_once_a_clause")]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.record_id}"
