"""Readings of members. Every list goes through `visible_to`."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from members.enums import ApplicationState, Audience, PersonState


def audiences_of(user: Any) -> list[str]:
    """Return the audiences `user` belongs to: the public sees what is public, members more, the secretariat everything."""
    if getattr(user, "is_staff", False) and user.is_active:
        return [Audience.PUBLIC, Audience.MEMBERS, Audience.NOBODY]
    if user.is_authenticated and user.is_active and user.member:
        return [Audience.PUBLIC, Audience.MEMBERS]
    return [Audience.PUBLIC]


class PersonQuerySet(models.QuerySet[Any]):
    """People."""

    def visible_to(self, user: Any) -> "PersonQuerySet":
        """People whose name `user` may see, and always oneself."""
        visible = Q(state=PersonState.MEMBER, name_audience__in=audiences_of(user))
        if user.is_authenticated:
            visible |= Q(user=user)
        if getattr(user, "is_staff", False) and user.is_active:
            return self
        return self.filter(visible)

    def for_list(self) -> "PersonQuerySet":
        """With what a card shows."""
        return self.select_related("category__chamber").prefetch_related("affiliations__organisation")

    def for_detail(self) -> "PersonQuerySet":
        """With what the person's page shows."""
        return self.for_list().prefetch_related("themes")


class OrganisationQuerySet(models.QuerySet[Any]):
    """Organisations."""

    def visible_to(self, user: Any) -> "OrganisationQuerySet":
        """Organisations whose audience includes `user`."""
        return self.filter(audience__in=audiences_of(user))

    def for_list(self) -> "OrganisationQuerySet":
        """With what a card shows."""
        return self.select_related("category__chamber")

    def for_detail(self) -> "OrganisationQuerySet":
        """With what the organisation's page shows."""
        return self.for_list().prefetch_related("themes")


class AffiliationQuerySet(models.QuerySet[Any]):
    """Affiliations."""

    def on(self, day: date) -> "AffiliationQuerySet":
        """Those that hold on `day`, both ends included."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class GroupQuerySet(models.QuerySet[Any]):
    """Groups."""

    def visible_to(self, user: Any) -> "GroupQuerySet":
        """Groups whose audience includes `user`."""
        return self.filter(audience__in=audiences_of(user))


class GroupMembershipQuerySet(models.QuerySet[Any]):
    """Seats in groups."""

    def on(self, day: date) -> "GroupMembershipQuerySet":
        """Those that hold on `day`, both ends included."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class ApplicationQuerySet(models.QuerySet[Any]):
    """Applications to join."""

    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        """The secretariat sees all, an applicant their own."""
        if getattr(user, "is_staff", False) and user.is_active:
            return self
        return self.filter(applicant=user) if user.is_authenticated else self.none()

    def waiting(self) -> "ApplicationQuerySet":
        """Those nobody has answered, oldest first."""
        return self.filter(state=ApplicationState.SENT).order_by("created_at")
