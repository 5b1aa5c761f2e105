"""The append-only audit: every change of state and every moderation leaves one entry in the same transaction."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """Something that happened; the database refuses to change or delete it.

    `actor` stays empty for contributions to a round: who is behind a persona is written in one table only.
    """

    verb = models.CharField(_("what"), max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who"))
    target_type = models.ForeignKey(ContentType, models.PROTECT, null=True, verbose_name=_("kind of thing"))
    target_id = models.PositiveBigIntegerField(_("thing"), null=True)
    target = GenericForeignKey("target_type", "target_id")
    data = models.JSONField(_("details"), default=dict, blank=True)
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-id"]
        indexes = [models.Index(fields=["target_type", "target_id", "-id"]), models.Index(fields=["verb", "-id"])]

    def __str__(self) -> str:
        return f"{self.verb} #{self.pk}"
