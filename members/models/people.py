"""Individual members."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from members.enums import Audience, Gender, PersonState, Spoken
from members.querysets import PersonQuerySet
from red_mpe.core.models import Dated, StakeholderCategory, Theme
from red_mpe.core.search import Fold
from red_mpe.core.validators import AtMost


def _audience(label: Any, default: Audience = Audience.NOBODY) -> models.CharField:  # type: ignore[type-arg]
    return models.CharField(label, max_length=8, choices=Audience, default=default)


class Person(Dated):
    """A member. Each field has its audience; the default shows name and organisation to members and nothing to the public."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="person", verbose_name=_("account"))
    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    state = models.CharField(_("state"), max_length=10, choices=PersonState, default=PersonState.MEMBER)
    name = models.CharField(_("name"), max_length=120)
    gender = models.CharField(_("gender"), max_length=1, choices=Gender, blank=True)
    country = CountryField(_("country"))
    category = models.ForeignKey(StakeholderCategory, models.PROTECT, related_name="people", verbose_name=_("stakeholder category"))
    bio = models.TextField(_("about me"), blank=True, validators=[AtMost(1500)])
    offers = models.CharField(_("what I offer"), max_length=300, blank=True)
    seeks = models.CharField(_("what I seek"), max_length=300, blank=True)
    spoken = ArrayField(models.CharField(max_length=5, choices=Spoken), default=list, blank=True, verbose_name=_("languages I speak"))
    themes = models.ManyToManyField(Theme, blank=True, related_name="people", verbose_name=_("themes"))
    invented = models.BooleanField(_("invented"), default=False, help_text=_("Exists only in the demonstration network."))

    name_audience = _audience(_("who sees my name"), Audience.MEMBERS)
    organisation_audience = _audience(_("who sees my organisation"), Audience.MEMBERS)
    country_audience = _audience(_("who sees my country"))
    category_audience = _audience(_("who sees my sector"))
    bio_audience = _audience(_("who sees “about me”"))
    themes_audience = _audience(_("who sees my themes"))
    languages_audience = _audience(_("who sees my languages"))
    exchange_audience = _audience(_("who sees what I offer and seek"))

    objects = PersonQuerySet.as_manager()
    AUDIENCE_FIELDS: ClassVar[tuple[str, ...]] = ("name", "organisation", "country", "category", "bio", "themes", "languages", "exchange")

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name")]
        indexes = [
            models.Index(fields=["state", "name_audience"]),
            models.Index(Fold("name"), "id", name="person_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:person_detail", args=[self.slug])
