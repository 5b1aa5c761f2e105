"""What helps a search along: words that mean the same, and words that are known at all."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from red_mpe.core.models.base import Dated


def _words(label: Any) -> ArrayField:  # type: ignore[type-arg]
    return ArrayField(
        models.CharField(max_length=80),
        default=list,
        blank=True,
        verbose_name=label,
        help_text=_("Words or short phrases, divided by commas."),
    )


class SynonymSet(Dated):
    """Words of the field that mean the same, in three languages: who searches for one of them finds the others too."""

    code = models.SlugField(_("code"), unique=True, max_length=40)
    words_es, words_en, words_pt = _words(_("in Spanish")), _words(_("in English")), _words(_("in Portuguese"))

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms of the search")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Lexeme(models.Model):
    """A word that stands in public texts, for “did you mean”. Nothing but what everybody may read is ever learnt."""

    language = models.CharField(_("language"), max_length=2)
    word = models.CharField(_("word"), max_length=40)
    folded = models.CharField(_("without accents"), max_length=60)
    texts = models.PositiveIntegerField(_("texts that hold it"))

    class Meta:
        verbose_name = _("known word")
        verbose_name_plural = _("known words")
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="lexeme_once")]
        indexes = [
            models.Index(fields=["folded"], name="lexeme_folded"),
            GinIndex(fields=["folded"], name="lexeme_like", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.word
