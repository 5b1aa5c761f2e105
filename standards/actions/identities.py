"""Identity apart: the only place that walks between a person and their persona."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Affiliation, GroupMembership, Person, User
from red_mpe.core.models import Chamber, StakeholderCategory
from red_mpe.core.permissions import require, require_personally
from red_mpe.core.states import DomainError
from red_mpe.notifications.actions import announce
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


def own_contributions(user: Any, consultation: Consultation) -> int:
    """Return how many contributions `user` has made in this round. Two queries: none walks from a voice to a person."""
    persona = own_persona(user, consultation)
    return int(persona.comments.count()) if persona else 0


def people_behind(*personas: int) -> set[int]:
    """Return the accounts behind persona ids, for sending mail to authors."""
    return set(PersonaLink.objects.filter(persona_id__in=personas).values_list("user_id", flat=True))


def shown_of(person: Person, voice: Voice, shown_as: str) -> Shown:
    """Return what is copied into a comment: only what the chosen way of being shown allows.

    A group speaks for itself: the organisation for which somebody sits in it is not shown.
    """
    organisation, group = origin_of(voice)
    if voice is None and shown_as == ShownAs.ORGANISATION:
        organisation = _present_organisation(person)
    side = organisation if isinstance(voice, Affiliation) else person
    tells = shown_as in (ShownAs.NAME, ShownAs.ORGANISATION)
    return Shown(
        shown_name=person.name if shown_as == ShownAs.NAME else "",
        shown_organisation=organisation if tells else None,
        shown_group=group if tells else None,
        on_behalf=bool(voice) and tells,
        chamber=side.category.chamber,
        category=side.category,
        country=str(side.country),
        gender=person.gender,
    )


def origin_of(voice: Voice) -> tuple[Any, Any]:
    """Return the organisation and the group on whose behalf a voice speaks; at most one of them."""
    if isinstance(voice, Affiliation):
        return voice.organisation, None
    return None, voice.group if voice else None


def _present_organisation(person: Person) -> Any:
    """The organisation to which somebody who speaks for themself belongs today, as it confirms too."""
    held = person.affiliations.on(timezone.localdate()).filter(confirmed=True)
    affiliation = held.select_related("organisation__category__chamber").order_by("starts_on", "pk").first()
    return affiliation.organisation if affiliation else None


def give_pseudonym(persona: Persona, *, chamber: str, country: str, small_cell: int) -> None:
    """Give the persona its pseudonym, such as `CO-PRO-17`, once. The number is random; the country is left out of small groups.

    Asked twice at once, the persona keeps the one that was written first.
    """
    if persona.pseudonym:
        return
    peers = Person.objects.filter(category__chamber__code=chamber, country=country, state="member").count()
    start = f"{country}-{chamber}" if peers >= small_cell else chamber
    limit = 100  # two digits first, more when those are taken: never in the order in which people speak
    while not _written(persona, f"{start}-{10 + secrets.randbelow(limit - 10)}"):
        limit = min(limit * 10, 1_000_000)
    persona.refresh_from_db(fields=["pseudonym"])


def _written(persona: Persona, pseudonym: str) -> bool:
    try:
        with transaction.atomic():
            Persona.objects.filter(pk=persona.pk, pseudonym="").update(pseudonym=pseudonym)
    except IntegrityError:  # somebody else in this round has it
        return False
    return True


def own_personas(user: User) -> list[int]:
    """Return the ids of the personas of `user` in all rounds, for the page of their own comments."""
    return list(PersonaLink.objects.filter(user=user).values_list("persona_id", flat=True))


def person_behind(*, actor: User, comment: Comment, reason: str = "") -> User:
    """Return the account behind a comment: to the secretariat, unless its author is protected.

    A protected author is opened by the protection officer alone (a superuser is none), with a reason, which stays with the
    officer's name in the audit that nobody can change. The author and the other protection officers are told at once.
    """
    shown_as = Comment.objects.values_list("shown_as", flat=True).get(pk=comment.pk)  # it may have moved since the page was made
    if shown_as != ShownAs.PROTECTED:
        require(actor, "standards.see_author", comment)
        return _author(comment)
    require_personally(actor, "standards.open_identity", comment)
    if len(reason.strip()) < SHORTEST_REASON:
        raise DomainError(_("Say in a sentence why this identity has to be opened; the reason is kept for ever."))
    with transaction.atomic():
        announce("standards.identity_opened", actor=actor, target=comment, reason=reason.strip())
        return _author(comment)


def _author(comment: Comment) -> User:
    link = PersonaLink.objects.select_related("user").filter(persona_id=comment.persona_id).first()
    if link is None:
        raise DomainError(_("No account is behind this comment: it came in a form that the secretariat entered for an organisation."))
    return link.user
