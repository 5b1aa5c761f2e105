"""Writing to a member through the platform: addresses are never shown."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.actions.budgets import count_today
from members.enums import PersonState
from members.models import Organisation, Person, User
from red_mpe.core import audit
from red_mpe.core.locale import speaking_to
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from red_mpe.notifications.actions import queue_message
from red_mpe.notifications.mailing.message import absolute, thaw, write

MESSAGES_A_DAY: Final = 20
MESSAGES_TO_ONE: Final = 3
_DAY: Final = 86_400  # seconds


def write_to_person(*, person: Person, actor: User, text: str, once: UUID) -> None:
    """Carry a message to a person. Refused beyond the day's limits; the same `once` sent again is carried once.

    The person sees the writer's name and how to answer here, nothing more.
    """
    require(actor, "members.contact_person", person)
    _carry(person, [person.user], actor, text, once, "")


def write_to_organisation(*, organisation: Organisation, actor: User, text: str, once: UUID) -> None:
    """Carry a message to everybody who speaks for an organisation today. Refused where nobody does, and beyond the day's limits."""
    require(actor, "members.contact_organisation", organisation)
    speaking = organisation.affiliations.on(timezone.localdate()).filter(
        speaks=True, person__user__is_active=True, person__state=PersonState.MEMBER
    )
    readers = [affiliation.person.user for affiliation in speaking.select_related("person__user").order_by("pk")]
    if not readers:
        raise DomainError(_("Nobody speaks for this organisation at present. Write to the secretariat."))
    _carry(organisation, readers, actor, text, once, organisation.name)


def _carry(target: Person | Organisation, readers: Sequence[User], actor: User, text: str, once: UUID, organisation: str) -> None:
    _refuse_too_many(actor, target)
    if not cache.add(f"message:{actor.pk}:{once}", 1, _DAY):
        return
    with transaction.atomic():
        audit.record("members.message_carried", actor=actor, target=target)
        for reader in readers:
            _queue(reader, actor, text, organisation)


def _refuse_too_many(actor: User, target: Person | Organisation) -> None:
    """Count against the day's limits; what was refused may be sent again tomorrow."""
    to_one = count_today(f"messages:{actor.pk}:{target._meta.model_name}:{target.pk}")
    if to_one > MESSAGES_TO_ONE or count_today(f"messages:{actor.pk}") > MESSAGES_A_DAY:
        raise DomainError(_("You have sent many messages today. What you wrote is still here: send it tomorrow."))


def _queue(reader: User, actor: User, text: str, organisation: str) -> None:
    """Freeze one mail in its reader's language and queue it."""
    writer = actor.member
    answerable = writer is not None and reader.has_perm("members.contact_person", writer)
    with speaking_to(reader):
        context = {
            "writer": writer.name if answerable else "",
            "answer_url": absolute(reverse("members:contact", args=[writer.slug])) if answerable else "",
            "text": text,
            "organisation": organisation,
        }
        message = thaw(write("members/message", to=reader.email, context=context, headers={}))
    queue_message(recipient=reader, message=message, kind="members.message")
