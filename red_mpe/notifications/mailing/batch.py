"""A batch of mails about to leave: whether each is still wanted, and its words. Read with a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from red_mpe.core.locale import speaking, speaking_to
from red_mpe.core.models import AuditEntry
from red_mpe.notifications import registry
from red_mpe.notifications.enums import Category, Frequency, Reason
from red_mpe.notifications.mailing.enclosing import files_of
from red_mpe.notifications.mailing.outside import outdated
from red_mpe.notifications.mailing.press import Press
from red_mpe.notifications.mailing.words import load_targets, open_to_all, visible
from red_mpe.notifications.models import Announcement, Notification, OutgoingMail, Preference, Subscription
from red_mpe.notifications.registry import Attachment


class Recheck:
    """What was meant for some readers, asked again now: is it wanted, is it muted, may they still see it?"""

    def __init__(self, meant: Mapping[int, Collection[int]]) -> None:
        """`meant` gives the ids of the audit entries for the id of each reader."""
        entries = {pk for ids in meant.values() for pk in ids}
        self.entries = AuditEntry.objects.in_bulk(entries)
        load_targets(list(self.entries.values()))
        self._open = open_to_all(self.entries.values())
        self._topics = dict(Announcement.objects.filter(entry__in=entries).values_list("entry", "topics"))
        self._wanted = Preference.objects.chosen(list(meant), list(Category))
        self._bound = {pk: set(registry.get(one.verb).binding(one)) for pk, one in self.entries.items() if registry.known(one.verb)}
        self._muted: dict[int, set[str]] = defaultdict(set)
        for person, topic in Subscription.objects.filter(person__in=list(meant), muted=True).values_list("person", "topic"):
            self._muted[person].add(topic)

    def reasons(self, person: Any, ids: Iterable[int]) -> dict[int, Reason | None]:
        """Return for each entry why it is not told to `person`, or None when it is."""
        seen = self._open | visible([self.entries[pk] for pk in ids if pk not in self._open], person)
        return {pk: self._unwanted(self.entries[pk], person.pk) or (None if pk in seen else Reason.HIDDEN) for pk in ids}

    def _unwanted(self, entry: AuditEntry, person: int) -> Reason | None:
        if not registry.known(entry.verb):
            return Reason.HIDDEN
        kind = registry.get(entry.verb)
        if kind.always or person in self._bound[entry.pk]:
            return None
        if self._wanted[person, kind.category] == Frequency.NONE:
            return Reason.UNWANTED
        return Reason.MUTED if self._muted[person].intersection(self._topics.get(entry.pk, ())) else None


class Batch:
    """Mails claimed together."""

    def __init__(self, mails: Sequence[OutgoingMail]) -> None:
        self._press = Press()
        self._told = _contents(mails)
        meant: dict[int, set[int]] = defaultdict(set)
        for mail in mails:
            if mail.recipient_id:
                meant[mail.recipient_id].update(self._told[mail.pk])
        self._recheck = Recheck(meant)
        self._outdated = outdated(mails)
        self._left = {mail.pk: self._still_told(mail) for mail in mails}
        self._files: dict[int, Sequence[Attachment]] = {}
        self._describe(mails)

    def reason(self, mail: OutgoingMail) -> Reason | None:
        """Return why nothing of `mail` may be told any more, or None.

        A finished message is always told, unless it was announced to people without an account and this one is no longer among them.
        """
        if mail.pk in self._outdated:
            return Reason.HIDDEN
        if not self._told[mail.pk] and mail.digest_id is None:
            return None
        reasons = self._left[mail.pk]
        if None in reasons.values():
            return None
        return Reason.EMPTY if mail.digest_id else next(iter(reasons.values()))

    def write(self, mail: OutgoingMail) -> bytes:
        """Return the bytes of `mail` in its reader's language and time zone."""
        entries = self._left_entries(mail)
        with speaking_to(mail.recipient):
            if mail.digest is not None:
                what, letter = mail.digest.frequency, self._press.digest(mail.digest.frequency, entries)
            else:
                what, letter = registry.get(entries[0].verb).category, self._press.single(entries[0])
            return self._press.copy(letter, mail, what, self._files.get(mail.pk, ()))

    def _still_told(self, mail: OutgoingMail) -> dict[int, Reason | None]:
        ids = self._told[mail.pk]
        return self._recheck.reasons(mail.recipient, ids) if ids else {}

    def _left_entries(self, mail: OutgoingMail) -> list[AuditEntry]:
        return [self._recheck.entries[pk] for pk, reason in self._left[mail.pk].items() if reason is None]

    def _describe(self, mails: Sequence[OutgoingMail]) -> None:
        """Describe what the batch tells and make its files, once for each language and time zone in it."""
        readers: dict[tuple[str, str], list[OutgoingMail]] = defaultdict(list)
        for mail in mails:
            if self._left_entries(mail):
                person: Any = mail.recipient
                readers[person.language, person.time_zone].append(mail)
        for (language, time_zone), some in readers.items():
            with speaking(language, time_zone):
                self._press.words.describe({entry.pk: entry for mail in some for entry in self._left_entries(mail)}.values())
                self._attach(mail for mail in some if mail.digest_id is None)

    def _attach(self, mails: Iterable[OutgoingMail]) -> None:
        """Make the files of mails that tell one thing, asking each type once for all who read in the present language."""
        kinds: dict[str, list[OutgoingMail]] = defaultdict(list)
        for mail in mails:
            kinds[self._recheck.entries[self._told[mail.pk][0]].verb].append(mail)
        for verb, some in kinds.items():
            pairs = [(self._recheck.entries[self._told[mail.pk][0]], mail.recipient) for mail in some]
            self._files.update(zip([mail.pk for mail in some], files_of(verb, pairs), strict=True))


def _contents(mails: Sequence[OutgoingMail]) -> dict[int, list[int]]:
    """Return the ids of the audit entries each mail tells: one, those of its digest, or none for a finished message."""
    told: dict[int, list[int]] = {mail.pk: [mail.notification.entry_id] if mail.notification else [] for mail in mails}
    digests = {mail.digest_id: mail.pk for mail in mails if mail.digest_id}
    lines = Notification.objects.filter(digest__in=digests).order_by("-pk").values_list("digest", "entry")
    for digest, entry in lines if digests else ():
        told[digests[digest]].append(entry)
    return told
