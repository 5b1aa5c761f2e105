"""Bases shared by the domain's models."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Dated(models.Model):
    """A row that knows when it was made and last touched, by the database's clock."""

    created_at = models.DateTimeField(_("created"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        abstract = True


def database_now() -> Now:
    """Return the database's own clock, the only one that several machines share."""
    return Now()
