"""Member organisations and the people who speak for them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from members.enums import Audience
from members.models.people import Person
from members.querysets import AffiliationQuerySet, OrganisationQuerySet
from red_mpe.core.models import Dated, StakeholderCategory, Theme
from red_mpe.core.search import Fold


class Organisation(Dated):
    """A member body with its stakeholder category, country and themes."""

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    name = models.CharField(_("name"), max_length=160)
    acronym = models.CharField(_("acronym"), max_length=24, blank=True)
    country = CountryField(_("country"))
    category = models.ForeignKey(StakeholderCategory, models.PROTECT, related_name="organisations", verbose_name=_("stakeholder category"))
    description = models.TextField(_("description"), blank=True)
    website = models.URLField(_("web site"), blank=True)
    founded = models.PositiveSmallIntegerField(_("founded"), null=True, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="organisations", verbose_name=_("themes"))
    audience = models.CharField(_("who sees it"), max_length=8, choices=Audience, default=Audience.PUBLIC)
    invented = models.BooleanField(_("invented"), default=False, help_text=_("Exists only in the demonstration network."))

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="organisation_has_a_name")]
        indexes = [models.Index(Fold("name"), "id", name="organisation_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:organisation_detail", args=[self.slug])


class Affiliation(Dated):
    """A person belongs to an organisation between two dates, and may speak on its behalf."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="affiliations", verbose_name=_("person"))
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="affiliations", verbose_name=_("organisation"))
    role = models.CharField(_("role"), max_length=120, blank=True)
    speaks = models.BooleanField(_("may speak on its behalf"), default=False)
    confirmed = models.BooleanField(
        _("confirmed"), default=True, db_default=True, help_text=_("The organisation or the secretariat says so too.")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="affiliation_ends_after_it_starts"),
            models.UniqueConstraint(fields=["person", "organisation"], condition=Q(ends_on=None), name="one_present_affiliation"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.organisation_id}"
