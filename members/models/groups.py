"""Working groups, committees, communities of practice."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from members.enums import Audience, Cadence, GroupKind, GroupRole
from members.models.organisations import Organisation
from members.models.people import Person
from members.querysets import GroupMembershipQuerySet, GroupQuerySet
from red_mpe.core.models import Dated


class Group(Dated):
    """A group with its charter, secretariat organisation and meeting cadence."""

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=24, choices=GroupKind)
    country = CountryField(_("country"), blank=True)
    territory = models.CharField(_("territory"), max_length=120, blank=True)
    cadence = models.CharField(_("meets"), max_length=20, choices=Cadence, default=Cadence.AS_NEEDED)
    secretariat = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="secretariat_of", verbose_name=_("secretariat")
    )
    charter = models.TextField(_("charter"), blank=True)
    audience = models.CharField(_("who sees it"), max_length=8, choices=Audience, default=Audience.PUBLIC)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:group_detail", args=[self.slug])


class GroupMembership(Dated):
    """A person in a group, in one role for one term, for an organisation or in their own name."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships", verbose_name=_("group"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="group_memberships", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="group_seats", verbose_name=_("for the organisation")
    )
    role = models.CharField(_("role"), max_length=12, choices=GroupRole, default=GroupRole.MEMBER)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = GroupMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of the group")
        verbose_name_plural = _("members of the group")
        ordering = ["role", "person__name"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="term_ends_after_it_starts"),
            models.UniqueConstraint(fields=["group", "person"], condition=Q(ends_on=None), name="one_present_seat"),
        ]
