"""Identity apart: the only place that walks between a person and their persona."""

import secrets
from dataclasses import dataclass
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from members.models import Affiliation, GroupMembership, Person, User
from red_mpe.core import audit
from red_mpe.core.models import Chamber, StakeholderCategory
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from standards.enums import ShownAs
from standards.models import Comment, Consultation, Persona, PersonaLink

Voice = Affiliation | GroupMembership | None
SHORTEST_REASON = 20  # characters


@dataclass(frozen=True)
class Shown:
    """What the public is shown of an author, and what the balance counts."""

    shown_name: str
    shown_organisation: Any
    shown_group: Any
    on_behalf: bool
    chamber: Chamber
    category: StakeholderCategory
    country: str
    gender: str


def persona_for(user: User, consultation: Consultation) -> Persona:
    """Return the one persona of `user` in this round, made at the first need; two requests at once get the same."""
    link = _link(user, consultation)
    if link:
        return link.persona
    try:
        with transaction.atomic():
            persona = Persona.objects.create(consultation=consultation)
            PersonaLink.objects.create(persona=persona, consultation=consultation, user=user)
            return persona
    except IntegrityError:
        return PersonaLink.objects.select_related("persona").get(consultation=consultation, user=user).persona


def _link(user: User, consultation: Consultation) -> PersonaLink | None:
    return PersonaLink.objects.select_related("persona").filter(consultation=consultation, user=user).first()


def own_persona(user: Any, consultation: Consultation) -> Persona | None:
    """Return the persona of `user` in this round if there is one."""
    link = _link(user, consultation) if user.is_authenticated else None
    return link.persona if link else None


def people_behind(*personas: int) -> set[int]:
    """Return the accounts behind persona ids, for sending mail to authors."""
    return set(PersonaLink.objects.filter(persona_id__in=personas).values_list("user_id", flat=True))


def shown_of(person: Person, voice: Voice, shown_as: str) -> Shown:
    """Return what is copied into a comment: only what the chosen way of being shown allows."""
    organisation = getattr(voice, "organisation", None) if voice else _present_organisation(person)
    group = getattr(voice, "group", None)
    side = voice.organisation if isinstance(voice, Affiliation) else person
    tells = shown_as in (ShownAs.NAME, ShownAs.ORGANISATION)
    return Shown(
        shown_name=person.name if shown_as == ShownAs.NAME else "",
        shown_organisation=organisation if tells and (voice or shown_as == ShownAs.ORGANISATION) else None,
        shown_group=group if tells else None,
        on_behalf=bool(voice) and tells,
        chamber=side.category.chamber,
        category=side.category,
        country=str(side.country),
        gender=person.gender,
    )


def _present_organisation(person: Person) -> Any:
    affiliation = person.affiliations.select_related("organisation").filter(ends_on=None).order_by("starts_on").first()
    return affiliation.organisation if affiliation else None


def give_pseudonym(persona: Persona, *, chamber: str, country: str, small_cell: int) -> None:
    """Give the persona its pseudonym, such as `CO-PRO-17`, once. The number is random; the country is left out of small groups."""
    if persona.pseudonym:
        return
    peers = Person.objects.filter(category__chamber__code=chamber, country=country, state="member").count()
    start = f"{country}-{chamber}" if peers >= small_cell else chamber
    for digits in (100, 1000, 10000, 1000000):
        try:
            with transaction.atomic():
                persona.pseudonym = f"{start}-{10 + secrets.randbelow(digits - 10)}"
                persona.save(update_fields=["pseudonym"])
                return
        except IntegrityError:
            continue


def own_personas(user: User) -> list[int]:
    """Return the ids of the personas of `user` in all rounds, for the page of their own comments."""
    return list(PersonaLink.objects.filter(user=user).values_list("persona_id", flat=True))


def person_behind(*, actor: User, comment: Comment, reason: str = "") -> User:
    """Return the account behind a comment: to the secretariat, unless its author is protected.

    A protected author is opened by the protection officer alone (a superuser is none), with a reason, which stays with the
    officer's name in the audit that nobody can change.
    """
    shown_as = Comment.objects.values_list("shown_as", flat=True).get(pk=comment.pk)  # it may have moved since the page was made
    if shown_as != ShownAs.PROTECTED:
        require(actor, "standards.see_author", comment)
        return _author(comment)
    if not rules.has_perm("standards.open_identity", actor, comment):
        raise PermissionDenied("standards.open_identity")
    if len(reason.strip()) < SHORTEST_REASON:
        raise DomainError(_("Say in a sentence why this identity has to be opened; the reason is kept for ever."))
    with transaction.atomic():
        audit.record("standards.identity_opened", actor=actor, target=comment, reason=reason.strip())
        return _author(comment)


def _author(comment: Comment) -> User:
    return PersonaLink.objects.select_related("user").get(persona_id=comment.persona_id).user
