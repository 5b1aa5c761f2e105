"""Mail to people without an account: written once, when everybody is told, with no links that need one.

Whether it is still told to them is asked again when it leaves.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress

from django.conf import settings
from django.db import DatabaseError

from red_mpe.core.locale import speaking
from red_mpe.core.models import AuditEntry
from red_mpe.notifications import registry
from red_mpe.notifications.mailing.enclosing import files_of
from red_mpe.notifications.mailing.message import compose, envelope, new_message_id, sanitized
from red_mpe.notifications.mailing.press import Press, plain_headers
from red_mpe.notifications.mailing.words import load_targets
from red_mpe.notifications.models import OutgoingMail
from red_mpe.notifications.registry import Outsider

log = logging.getLogger(__name__)


def letters_outside(entry: AuditEntry) -> list[OutgoingMail]:
    """Return the mails of an entry to people without an account, each in its language; they are not saved yet."""
    press = Press()
    return [mail for outsider in registry.get(entry.verb).outsiders(entry) for mail in _safely(press, entry, outsider)]


def outdated(mails: Sequence[OutgoingMail]) -> set[int]:
    """Return the ids of those mails whose announcement is no longer told to the address they go to; each entry is asked once."""
    outside = [mail for mail in mails if mail.entry_id is not None and mail.message is not None]
    entries = AuditEntry.objects.in_bulk({mail.entry_id for mail in outside}) if outside else {}
    told = {pk: set(_addresses(entry)) for pk, entry in entries.items() if registry.known(entry.verb)}
    return {mail.pk for mail in outside if told.get(mail.entry_id, set()).isdisjoint(_to(mail))}


def _to(mail: OutgoingMail) -> set[str]:
    return {address.lower() for address in envelope(bytes(mail.message or b""))[1]}


def _addresses(entry: AuditEntry) -> Iterator[str]:
    """Yield the addresses that an announcement is told to now, as a mail's head writes them."""
    for outsider in registry.get(entry.verb).outsiders(entry):
        with suppress(ValueError):  # no mail can go to such an address, so none did
            yield sanitized(outsider.email).lower()


def _safely(press: Press, entry: AuditEntry, outsider: Outsider) -> Iterator[OutgoingMail]:
    """Yield the mail to one of them; one that cannot be written silences itself only."""
    try:
        yield _letter(press, entry, outsider)
    except DatabaseError:
        raise
    except Exception:
        log.exception("Entry %s cannot be written to somebody without an account", entry.pk)


def _letter(press: Press, entry: AuditEntry, outsider: Outsider) -> OutgoingMail:
    kind, message_id = registry.get(entry.verb), new_message_id()
    with speaking(outsider.language, settings.TIME_ZONE):
        load_targets([entry])
        press.words.describe([entry])
        letter, (files,) = press.outside(entry), files_of(entry.verb, [(entry, outsider)])
    raw = compose(letter, to=outsider.email, headers=plain_headers(message_id), files=files)
    return OutgoingMail(entry=entry, kind=kind.key, mail_class=kind.mail_class, message_id=message_id, message=raw)
