"""What of a framework is discussed in a session of an encounter."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Session
from standards.models.clauses import Clause
from standards.models.frameworks import Version
from standards.querysets.discussing import SessionClauseQuerySet


class SessionClause(models.Model):
    """That a session discusses a clause in one version, or without a clause the version as a whole.

    It names the identity and not the row of the text, and is no part of the text.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="clauses", verbose_name=_("session"))
    version = models.ForeignKey(Version, models.PROTECT, related_name="sessions", verbose_name=_("version"))
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("clause"))

    objects = SessionClauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("clause under discussion")
        verbose_name_plural = _("clauses under discussion")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "version", "clause"], name="clause_once_a_session", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.version_id} {self.clause_id}"
