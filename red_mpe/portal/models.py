"""The portal keeps nothing of its own but the pulse of the clock."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """When beat was last seen alive, by the database's clock."""

    name = models.CharField(_("name"), max_length=20, unique=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return self.name
