"""What a search reads, and what readers keep of their searches."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from publications.models.records import Record
from publications.querysets import SavedSearchQuerySet, SearchDocQuerySet
from red_mpe.core.models import Dated


class SearchDoc(models.Model):
    """The words of a record as the search reads them, a row apart so that no list fetches them.

    `body_<language>` holds the texts of files and practices in that language (at most 200,000 signs). The database keeps
    `words_<language>` of them, which no model knows: title before names before abstract before text; and `lead_<language>`, the same
    without the text, short enough to rank twenty thousand. `terms` are the facets, each as `facet:value`.
    """

    record = models.OneToOneField(Record, models.CASCADE, primary_key=True, related_name="search_doc", verbose_name=_("record"))
    title_es, title_en, title_pt = models.TextField(default=""), models.TextField(default=""), models.TextField(default="")
    abstract_es, abstract_en, abstract_pt = models.TextField(default=""), models.TextField(default=""), models.TextField(default="")
    body_es, body_en, body_pt = models.TextField(default=""), models.TextField(default=""), models.TextField(default="")
    names = models.TextField(default="")
    terms = ArrayField(models.CharField(max_length=80), default=list)
    built_at = models.DateTimeField(db_default=Now())

    objects = SearchDocQuerySet.as_manager()

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        indexes = [GinIndex(fields=["terms"], name="searchdoc_terms")]

    def __str__(self) -> str:
        return str(self.record_id)


class SavedSearch(Dated):
    """A search somebody keeps, with word of what is new in it. `query` is the query string in its normal form."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches", verbose_name=_("account"))
    name = models.CharField(_("name"), max_length=120)
    query = models.CharField(_("search"), max_length=600)
    alert = models.BooleanField(_("tell me of what is new"), default=True)
    told_until = models.DateTimeField(_("told until"), db_default=Now(), editable=False)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["user", "query"], name="saved_search_once")]

    def __str__(self) -> str:
        return self.name


class Visit(models.Model):
    """When an account was last in the library, for “new since my last visit”; `before` is the visit before the present one."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="library_visit", verbose_name=_("account"))
    at = models.DateTimeField(_("last visit"), db_default=Now())
    before = models.DateTimeField(_("visit before"), null=True, blank=True)

    class Meta:
        verbose_name = _("visit to the library")
        verbose_name_plural = _("visits to the library")

    def __str__(self) -> str:
        return str(self.user_id)
