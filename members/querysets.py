"""Readings of members. Every list goes through `visible_to`."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.enums import ApplicationState, PersonState
from members.rules import audiences_of
from red_mpe.core.predicates import is_present, is_secretariat

__all__ = [
    "AffiliationQuerySet",
    "ApplicationQuerySet",
    "GroupMembershipQuerySet",
    "GroupQuerySet",
    "OrganisationQuerySet",
    "PersonQuerySet",
    "audiences_of",
]


class PersonQuerySet(models.QuerySet[Any]):
    """People."""

    def visible_to(self, user: Any) -> "PersonQuerySet":
        """People whose name `user` may see, and always oneself."""
        if is_secretariat(user):
            return self
        shown = Q(state=PersonState.MEMBER, name_audience__in=audiences_of(user))
        return self.filter(shown | Q(user=user) if is_present(user) else shown)

    def showing(self, field: str, user: Any) -> "PersonQuerySet":
        """People who show one field of their profile to `user`: facets and searches count nobody else."""
        return self.filter(**{f"{field}_audience__in": audiences_of(user)})

    def for_list(self) -> "PersonQuerySet":
        """With what a card shows."""
        return self.select_related("category__chamber").prefetch_related("affiliations__organisation")

    def for_detail(self) -> "PersonQuerySet":
        """With what the person's page shows."""
        return self.select_related("category__chamber", "user").prefetch_related("themes")


class OrganisationQuerySet(models.QuerySet[Any]):
    """Organisations."""

    def visible_to(self, user: Any) -> "OrganisationQuerySet":
        """Organisations whose audience includes `user`."""
        return self.filter(audience__in=audiences_of(user))

    def spoken_for_by(self, user: Any) -> "OrganisationQuerySet":
        """Organisations on whose behalf `user` may speak today."""
        if not is_present(user) or user.member is None:
            return self.none()
        held = user.member.affiliations.on(timezone.localdate()).filter(speaks=True)
        return self.filter(pk__in=held.order_by().values("organisation"))

    def for_list(self) -> "OrganisationQuerySet":
        """With what a card shows."""
        return self.select_related("category__chamber")

    def for_detail(self) -> "OrganisationQuerySet":
        """With what the organisation's page shows."""
        return self.for_list().prefetch_related("themes")


class TermQuerySet(models.QuerySet[Any]):
    """What holds between two days."""

    def on(self, day: date) -> "TermQuerySet":
        """Those that hold on `day`, both ends included."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class AffiliationQuerySet(TermQuerySet):
    """Affiliations."""

    def visible_to(self, user: Any) -> "AffiliationQuerySet":
        """Those of people who show name and organisation to `user`; what awaits confirmation only to who may confirm it."""
        if is_secretariat(user):
            return self
        seen = audiences_of(user)
        shown = Q(person__state=PersonState.MEMBER, person__name_audience__in=seen, person__organisation_audience__in=seen)
        shown &= Q(organisation__audience__in=seen)
        if not is_present(user):
            return self.filter(shown, confirmed=True)
        own = Q(organisation__in=self._spoken_for_by(user))
        return self.filter(shown & (Q(confirmed=True) | own) | Q(person__user=user))

    def _spoken_for_by(self, user: Any) -> models.QuerySet[Any]:
        held = self.model._default_manager.on(timezone.localdate()).filter(person=user.member, speaks=True)
        return held.order_by().values("organisation")

    def for_list(self) -> "AffiliationQuerySet":
        """With both ends."""
        return self.select_related("person", "organisation")


class GroupQuerySet(models.QuerySet[Any]):
    """Groups."""

    def visible_to(self, user: Any) -> "GroupQuerySet":
        """Groups whose audience includes `user`."""
        return self.filter(audience__in=audiences_of(user))

    def for_list(self) -> "GroupQuerySet":
        """With what a card shows."""
        return self.select_related("secretariat")


class GroupMembershipQuerySet(TermQuerySet):
    """Seats in groups."""

    def visible_to(self, user: Any) -> "GroupMembershipQuerySet":
        """Seats, in groups shown to `user`, of people whose name they may see, and one's own."""
        if is_secretariat(user):
            return self
        seen = audiences_of(user)
        shown = Q(person__state=PersonState.MEMBER, person__name_audience__in=seen)
        if is_present(user):
            shown |= Q(person__user=user)
        return self.filter(shown, group__audience__in=seen)

    def for_list(self) -> "GroupMembershipQuerySet":
        """With person and organisation."""
        return self.select_related("person", "organisation")


class ApplicationQuerySet(models.QuerySet[Any]):
    """Applications to join."""

    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        """The secretariat sees all, an applicant their own."""
        if is_secretariat(user):
            return self
        return self.filter(applicant=user) if is_present(user) else self.none()

    def waiting(self) -> "ApplicationQuerySet":
        """Those nobody has answered, oldest first."""
        return self.filter(state=ApplicationState.SENT).order_by("created_at")

    def latest_of(self, user: Any) -> Any | None:
        """The last application of an account, if there is any."""
        return self.filter(applicant=user).order_by("-created_at", "-pk").first()
