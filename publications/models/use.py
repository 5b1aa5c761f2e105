"""Counting use without following anybody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from publications.enums import Use
from publications.models.records import Record


class DailyUse(models.Model):
    """How often a record was seen or its files taken on one day."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="use", verbose_name=_("record"))
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=8, choices=Use)
    count = models.PositiveIntegerField(_("count"), default=0)

    class Meta:
        verbose_name = _("use on a day")
        verbose_name_plural = _("use on days")
        constraints = [models.UniqueConstraint(fields=["record", "day", "kind"], name="use_once_a_day")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.day} {self.kind}"


class UseMark(models.Model):
    """That one visitor was counted today: a hash with a salt of the day, which is thrown away with the marks the day after."""

    day = models.DateField(_("day"), db_index=True)
    mark = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("mark of a counted visit")
        verbose_name_plural = _("marks of counted visits")

    def __str__(self) -> str:
        return self.mark[:8]
