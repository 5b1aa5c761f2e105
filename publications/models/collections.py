"""Collections: records that somebody chose and put in order, with words that lead through them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models import Group
from publications.models.records import Record
from publications.querysets import CollectionItemQuerySet, CollectionQuerySet
from red_mpe.core.models import Dated, Theme


class Collection(Dated):
    """A curated list. That of a group is read by the group alone unless it is open to all; records keep their own audience."""

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="collections", verbose_name=_("theme"))
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="collections", verbose_name=_("group"))
    open_to_all = models.BooleanField(_("open to all"), default=True)
    published = models.BooleanField(_("published"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    once = models.UUIDField(null=True, unique=True, editable=False)
    revision = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("publications:collection_detail", args=[self.slug])


class CollectionItem(models.Model):
    """A record in its place of a collection, with a line on why it is there."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="items", verbose_name=_("collection"))
    record = models.ForeignKey(Record, models.CASCADE, related_name="collection_items", verbose_name=_("record"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    note = models.TextField(_("why it is here"), blank=True)

    objects = CollectionItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("record in a collection")
        verbose_name_plural = _("records in collections")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["collection", "record"], name="record_once_a_collection")]

    def __str__(self) -> str:
        return f"{self.collection_id} {self.record_id}"
