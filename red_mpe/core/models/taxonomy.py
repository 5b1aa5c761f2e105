"""The taxonomies of the field (see docs/glossary.md): chambers, stakeholder categories, themes. Names in three languages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Taxon(models.Model):
    """A named term with a stable code, kept in the order the secretariat gives."""

    code = models.SlugField(_("code"), unique=True, max_length=40)
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Chamber(Taxon):
    """The side on which stakeholder categories sit when the network decides."""

    votes = models.BooleanField(_("votes"), default=True, help_text=_("Without vote, the chamber has voice only."))

    class Meta(Taxon.Meta):
        verbose_name = _("chamber")
        verbose_name_plural = _("chambers")


class StakeholderCategory(Taxon):
    """A kind of member; it belongs to exactly one chamber."""

    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="categories", verbose_name=_("chamber"))

    class Meta(Taxon.Meta):
        verbose_name = _("stakeholder category")
        verbose_name_plural = _("stakeholder categories")


class Theme(Taxon):
    """A theme, in two levels: families without a parent, and the themes in them."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("family"))

    class Meta(Taxon.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
