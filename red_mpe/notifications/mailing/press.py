"""The press: a mail is set once for all who read the same in one language and time zone; each copy then gets its own links."""

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from red_mpe.core.models import AuditEntry
from red_mpe.notifications import registry
from red_mpe.notifications.enums import MailClass
from red_mpe.notifications.mailing.message import Letter, absolute, compose, render, sanitized
from red_mpe.notifications.mailing.words import Words
from red_mpe.notifications.models import OutgoingMail
from red_mpe.notifications.registry import Attachment, Item

_READER = b"reader@of-this-copy.invalid"
_MESSAGE_ID = b"<of-this-copy@press.invalid>"


class Press:
    """Keeps what it set for as long as it lives: the few seconds of one batch."""

    def __init__(self) -> None:
        self.words = Words()
        self._mark = secrets.token_urlsafe(32)  # stands in the links where a reader's token will be, and is as long
        self._set: dict[tuple[Any, ...], Letter] = {}
        self._plates: dict[tuple[Any, ...], bytes | None] = {}

    def copy(self, letter: Letter, mail: OutgoingMail, what: str, files: Sequence[Attachment] = ()) -> bytes:
        """Return the bytes of `letter` for the reader of `mail`; `what` is what its links stop. With `files` they are set for it alone."""
        person: Any = mail.recipient
        if files:
            return self._compose(letter, mail, what, files)
        key = (letter, mail.mail_class, what)
        if key not in self._plates:
            self._plates[key] = self._engrave(letter, mail.mail_class, what)
        plate, token = self._plates[key], person.mailbox.token
        if plate is None:
            return self._compose(letter, mail, what, ())
        plate = plate.replace(_READER, sanitized(person.email).encode()).replace(_MESSAGE_ID, mail.message_id.encode())
        return plate.replace(self._mark.encode(), token.encode())

    def _compose(self, letter: Letter, mail: OutgoingMail, what: str, files: Sequence[Attachment]) -> bytes:
        person: Any = mail.recipient
        token = person.mailbox.token
        head = headers(mail.message_id, mail.mail_class, token, what)
        return compose(letter.replacing(self._mark, token), to=person.email, headers=head, files=files)

    def _engrave(self, letter: Letter, mail_class: int, what: str) -> bytes | None:
        """Return a message with marks for all that differs between its readers, or None where encoding broke a mark."""
        head = headers(_MESSAGE_ID.decode(), mail_class, self._mark, what)
        plate = compose(letter, to=_READER.decode(), headers=head)
        whole = sum(words.count(self._mark) for words in (letter.text, letter.html, *head.values()))
        counts = [plate.count(mark) for mark in (self._mark.encode(), _READER, _MESSAGE_ID)]
        return plate if counts == [whole, 1, 1] else None

    def single(self, entry: AuditEntry) -> Letter:
        """Return the mail of one described entry. Refused with LookupError when its type has nothing to say of it."""
        return self._once((entry.pk,), lambda: self._single(entry))

    def outside(self, entry: AuditEntry) -> Letter:
        """Return the mail of one described entry for people without an account: it has no links that need one."""
        return self._once((entry.pk, "outside"), lambda: self._outside(entry))

    def digest(self, frequency: str, entries: Sequence[AuditEntry]) -> Letter:
        """Return the digest of described entries. Refused with LookupError when not one of them has a line."""
        return self._once((frequency, *(entry.pk for entry in entries)), lambda: self._digest(frequency, entries))

    def _once(self, key: tuple[Any, ...], make: Callable[[], Letter]) -> Letter:
        key = (translation.get_language(), timezone.get_current_timezone_name(), *key)
        if key not in self._set:
            self._set[key] = make()
        return self._set[key]

    def _single(self, entry: AuditEntry) -> Letter:
        kind, item = registry.get(entry.verb), self._known(entry)
        context = {"entry": entry, "item": item, "url": absolute(item["url"])}
        return render(kind.folder, {**context, **self._links(kind.category)})

    def _outside(self, entry: AuditEntry) -> Letter:
        item = self._known(entry)
        url = absolute(item.get("open_url", item["url"]))
        context = {"entry": entry, "item": item, "url": url, "outside": True, "base_url": settings.BASE_URL}
        return render(registry.get(entry.verb).folder, context)

    def _known(self, entry: AuditEntry) -> Item:
        item = self.words.item(entry)
        if item is None:
            raise LookupError("nothing to say")
        return item

    def _digest(self, frequency: str, entries: Sequence[AuditEntry]) -> Letter:
        groups = self.words.grouped(entries)
        if not groups:
            raise LookupError("nothing to say")
        count = sum(len(section.lines) for group in groups for section in group.sections)
        context = {"frequency": frequency, "groups": groups, "count": count, "inbox_url": absolute(reverse("notifications:inbox"))}
        return render("notifications/digest", {**context, **self._links(frequency)})

    def _links(self, what: str) -> dict[str, str]:
        """Return the addresses under a mail by which its reader, not signed in, changes what reaches them."""
        preferences = absolute(reverse("preferences_by_token", args=[self._mark]))
        return {"base_url": settings.BASE_URL, "preferences_url": preferences, "unsubscribe_url": stop_address(self._mark, what)}


def stop_address(token: str, what: str) -> str:
    """Return the address that stops one category, or what comes daily or weekly."""
    return absolute(reverse("unsubscribe_from", args=[token, what]))


def headers(message_id: str, mail_class: int, token: str, what: str) -> dict[str, str]:
    """Return the headers of a mail that nobody wrote by hand; whoever reads it can stop `what` with one press (RFC 8058)."""
    common = plain_headers(message_id)
    if mail_class == MailClass.CRITICAL:
        return common
    stop = {"List-Unsubscribe": f"<{stop_address(token, what)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    bulk = {"Precedence": "bulk"} if mail_class in (MailClass.DIGEST, MailClass.BROADCAST) else {}
    return common | stop | bulk


def plain_headers(message_id: str) -> dict[str, str]:
    """Return the headers of a mail that nobody wrote by hand."""
    return {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
