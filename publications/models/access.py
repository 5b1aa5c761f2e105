"""Asking for files that are handed out on request."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publications.enums import RequestState
from publications.models.records import Record
from publications.querysets import AccessRequestQuerySet
from red_mpe.core.models import Dated


class AccessRequest(Dated):
    """Somebody asks for the files of a record, and why; granted until a day, that day included."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="requests", verbose_name=_("record"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("who asks"))
    reason = models.TextField(_("what for"))
    state = models.CharField(_("state"), max_length=8, choices=RequestState, default=RequestState.ASKED, editable=False)
    until = models.DateField(_("granted until"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by"), editable=False
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for access")
        verbose_name_plural = _("requests for access")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["record", "user"], condition=Q(state="asked"), name="one_request_waiting"),
            models.CheckConstraint(condition=~Q(state="granted") | Q(until__isnull=False), name="grant_has_an_end"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.state}"
