"""The memory of the text: every saved wording, what became of identities, what changed between versions, errata."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from red_mpe.core.locale import COLUMN
from red_mpe.core.models import Dated
from standards.enums import ChangeKind, LineageKind
from standards.models.clauses import Clause, ClauseText
from standards.models.frameworks import Version


class ClauseRevision(models.Model):
    """One saving of a clause text, with its author; append-only, and it outlives the clause text of a version in drafting.

    `words` holds every column of the text after the saving (label, place and facts too), `changed` the names of those that
    differ from the saving before.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="revisions", verbose_name=_("version"))
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="revisions", verbose_name=_("clause"))
    number = models.PositiveIntegerField(_("number"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("author"))
    words = models.JSONField(_("words"))
    changed = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("changed"))
    note = models.CharField(_("why"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["version", "clause", "number"]
        constraints = [models.UniqueConstraint(fields=["version", "clause", "number"], name="one_revision_a_number")]


class ClauseLineage(models.Model):
    """What happened to an identity on the way into a version; append-only.

    moved: `clause` had `old_label` and has `new_label` · split: `other` was taken out of `clause` · merged: `clause` went into
    `other` · retired: `clause` ends · restored: it is taken up again.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="lineage", verbose_name=_("version"))
    kind = models.CharField(_("what"), max_length=10, choices=LineageKind)
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="lineage", verbose_name=_("clause"))
    other = models.ForeignKey(
        Clause, models.PROTECT, null=True, blank=True, related_name="lineage_of_others", verbose_name=_("other clause")
    )
    old_label = models.CharField(_("number before"), max_length=24, blank=True)
    new_label = models.CharField(_("number after"), max_length=24, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("lineage of a clause")
        verbose_name_plural = _("lineage of clauses")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=[LineageKind.SPLIT, LineageKind.MERGED]) | Q(other__isnull=False),
                name="split_and_merge_name_the_other",
            ),
            models.CheckConstraint(condition=Q(other=None) | ~Q(other=models.F("clause")), name="no_clause_is_its_own_other"),
        ]


class VersionChange(Dated):
    """One line of the change log: what the system found, and what people say of it.

    `found` is the system's own finding and stays; `kind` is what holds and may be corrected by people.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="changes", verbose_name=_("version"))
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="changes", verbose_name=_("clause"))
    found = models.CharField(_("found"), max_length=12, choices=ChangeKind, editable=False)
    kind = models.CharField(_("kind of change"), max_length=12, choices=ChangeKind)
    old_label = models.CharField(_("number before"), max_length=24, blank=True)
    new_label = models.CharField(_("number after"), max_length=24, blank=True)
    moved = models.BooleanField(_("moved or renumbered"), default=False)
    summary = models.TextField(_("what changed, in words"), blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("edited by")
    )

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["version", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "clause"], name="one_change_a_clause")]


class Erratum(models.Model):
    """A mistake in a frozen version, listed beside it; append-only. The frozen text itself never changes."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="errata", verbose_name=_("version"))
    clause_text = models.ForeignKey(
        ClauseText, models.PROTECT, null=True, blank=True, related_name="errata", verbose_name=_("clause"), help_text=_("Empty: general.")
    )
    language = models.CharField(_("language"), max_length=2, choices=[(code, code) for code in COLUMN.values()])
    wrong = models.TextField(_("stands in the text"), blank=True)
    right = models.TextField(_("should read"), blank=True)
    note = models.TextField(_("explanation"), blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author"))
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("erratum")
        verbose_name_plural = _("errata")
        ordering = ["version", "id"]
