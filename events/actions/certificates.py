"""Certificates of attendance: issued to everybody who was there, verified by whoever has their code, revoked with a reason."""

from collections.abc import Collection
from secrets import choice
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.enums import TOOK_PLACE, Seen
from events.models import Certificate, Event
from events.notifications.after import CERTIFICATE_ISSUED
from events.querysets.day import Present, present_at
from events.readers import CODE_LETTERS
from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState
from red_mpe.notifications.actions import announce

_RUN: Final = "events.run_event"
_SIGNS: Final = 12  # of 32 letters each: sixty bits that nobody guesses


def issue_certificates(*, event: Event, actor: User, also: Collection[str] = ()) -> int:
    """Give everybody who was at an event their certificate, each once, and return how many are new; their owners are told.

    It states the hours that somebody else has confirmed: of the sessions at which the door noted them, or of the whole event where
    the door or the minutes noted that. A session of which there is only their own word adds nothing to it. Of those who only said
    so themselves, none gets one but who is named in `also`, by `key_of`: with that who issues confirms what they said, hours included.

    A later call gives theirs to who was noted since. A revoked one is not issued again. Refused before the event was held, and of one
    at which nobody was noted.
    """
    require(actor, _RUN, event)
    if event.state not in TOOK_PLACE:
        raise DomainError(_("Certificates are issued once the encounter was held."))
    with transaction.atomic():
        Event.objects.select_for_update().only("pk").get(pk=event.pk)  # one issue after the other
        present = present_at(event)
        if not present:
            raise DomainError(_("Nobody has been noted as present yet: note who was there first."))
        named = [one for one in waiting(event, present) if is_vouched_for(one) or key_of(one) in also]
        new = Certificate.objects.bulk_create([_certificate(event, one) for one in named])
        if new:
            announce(CERTIFICATE_ISSUED, actor=actor, target=event, certificates=sorted(row.pk for row in new))
    return len(new)


def revoke_certificate(*, certificate: Certificate, actor: User, reason: str) -> Certificate:
    """Take a certificate back; whoever verifies it reads so, and why. Refused without a reason, and of one that was revoked already."""
    require(actor, _RUN, certificate.event)
    if not any(map(str.isalnum, reason)):
        raise DomainError(_("Say why: whoever verifies the certificate reads it."))
    return _changed(certificate, actor, "events.certificate_revoked", {"revoked_at": None}, revoked_at=timezone.now(), reason=reason[:300])


def restore_certificate(*, certificate: Certificate, actor: User) -> Certificate:
    """Let a certificate that was revoked by mistake hold again."""
    require(actor, _RUN, certificate.event)
    return _changed(certificate, actor, "events.certificate_restored", {"revoked_at__isnull": False}, revoked_at=None, reason="")


def rename_certificate(*, certificate: Certificate, actor: User, name: str) -> Certificate:
    """Correct the name on a certificate; its code stays. The audit tells that it was corrected, and by whom."""
    require(actor, _RUN, certificate.event)
    if not any(map(str.isalnum, name)):
        raise DomainError(_("Write the name that stands on the certificate."))
    return _changed(certificate, actor, "events.certificate_renamed", {}, name=name[:120])


def _changed(certificate: Certificate, actor: User, verb: str, before: dict[str, Any], **columns: Any) -> Certificate:
    with transaction.atomic():
        if not Certificate.objects.filter(pk=certificate.pk, **before).update(**columns):
            raise StaleState
        audit.record(verb, actor=actor, target=certificate.event, certificate=certificate.pk)
    certificate.refresh_from_db()
    return certificate


def _certificate(event: Event, one: Present) -> Certificate:
    who = {"registration": one.registration} if one.registration else {"person": one.person}
    name = (one.registration or one.person).name
    return Certificate(event=event, code=new_code(), name=name, mode=one.mode, minutes=one.minutes or None, **who)


def waiting(event: Event, present: list[Present]) -> list[Present]:
    """Return who was there and has no certificate yet; an account that was noted by registration and by name is one."""
    rows = event.certificates.values_list("registration", "registration__user", "person__user")
    have = {key for registration, user, person in rows for key in (("r", registration), ("u", user), ("u", person)) if key[1]}
    return [one for one in present if not have & _keys(one)]


def is_vouched_for(one: Present) -> bool:
    """Tell whether somebody else than they noted that they were there: at the door, or in the minutes."""
    return one.seen != Seen.SELF


def key_of(one: Present) -> str:
    """Return what names somebody who was there in a form."""
    return f"r-{one.registration.code}" if one.registration else f"p-{one.person.slug}"


def _keys(one: Present) -> set[tuple[str, int]]:
    keys = [("r", one.registration.pk), ("u", one.registration.user_id)] if one.registration else []
    return {key for key in [*keys, ("u", one.person.user_id if one.person else None)] if key[1]}


def new_code() -> str:
    """Return a code that nobody guesses, of letters that nobody mistakes."""
    return "".join(choice(CODE_LETTERS) for _sign in range(_SIGNS))
