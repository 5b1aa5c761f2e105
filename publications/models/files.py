"""Files of a record: the bytes lie under their hash in the private store, here is what they are."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.enums import Spoken
from publications.enums import FileFlag, Problem, ScanState, TextState
from publications.models.records import Record
from publications.querysets import FileQuerySet
from red_mpe.core.models import Dated


class File(Dated):
    """One version of one file. A newer version names the one it `replaces`; the old one stays, for who cited it.

    `name` is what the reader's computer will call it, without any path. `media_type` is by content, never by name.
    """

    #: What may be handed out; nothing else ever is, to nobody.
    HARMLESS = (ScanState.CLEAN, ScanState.NOT_ASKED)

    record = models.ForeignKey(Record, models.CASCADE, related_name="files", verbose_name=_("record"))
    number = models.PositiveSmallIntegerField(_("number"), help_text=_("Counts the files of the record; stands in the address."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("version before")
    )
    name = models.CharField(_("name"), max_length=160)
    description = models.CharField(_("what it is"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=Spoken, blank=True)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("added by"))
    once = models.UUIDField(null=True, unique=True, editable=False)
    flags = ArrayField(models.CharField(max_length=12, choices=FileFlag), default=list, blank=True, verbose_name=_("worth knowing"))
    scan_state = models.CharField(_("virus scan"), max_length=10, choices=ScanState, default=ScanState.NOT_ASKED)
    scan_tried_at = models.DateTimeField(null=True, blank=True, editable=False)

    text_state = models.CharField(_("text"), max_length=8, choices=TextState, default=TextState.WAITING)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    problem = models.CharField(_("problem"), max_length=200, choices=Problem, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    pages_done = models.PositiveIntegerField(_("pages read"), default=0)
    thumbnail = models.CharField(max_length=80, blank=True, editable=False)
    thumbnail_width = models.PositiveSmallIntegerField(default=0, editable=False)
    thumbnail_height = models.PositiveSmallIntegerField(default=0, editable=False)
    light_name = models.CharField(max_length=80, blank=True, editable=False)
    light_type = models.CharField(max_length=60, blank=True, editable=False)
    light_size = models.PositiveBigIntegerField(_("size of the light copy"), null=True, blank=True, editable=False)
    light_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    light_claimed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="file_number_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(name__contains="/") & ~Q(name__contains="\\"), name="file_name_is_no_path"),
        ]
        indexes = [models.Index(fields=["text_state", "claimed_at"], name="file_by_text_state")]

    def __str__(self) -> str:
        return self.name


class FileText(models.Model):
    """The words of a file, kept apart: no list ever fetches them."""

    file = models.OneToOneField(File, models.CASCADE, related_name="text", verbose_name=_("file"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self) -> str:
        return str(self.file_id)


class RemovedFile(Dated):
    """That a file was taken out, and why: whoever follows its address later is told that it was there."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="removed_files", verbose_name=_("record"))
    number = models.PositiveSmallIntegerField(_("number"))
    reason = models.TextField(_("why it was removed"), blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("removed by"))

    class Meta:
        verbose_name = _("removed file")
        verbose_name_plural = _("removed files")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="file_removed_once")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.number}"
