"""What can be announced. Domain apps register their types in `AppConfig.ready()`; knowledge goes up through here."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from red_mpe.core.models import AuditEntry
from red_mpe.notifications.enums import Category, Frequency, MailClass

#: What is known of an item once per language and time zone, whoever reads it. It has at least `url`, a path of this site, and
#: `group`, the heading above it in a digest (the framework); `section` is the smaller heading (the clause). Lines and mails get
#: it as `item`.
Item = dict[str, Any]


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail. `spoken_as` is the content type under which it also stands beside the words, for what acts on it."""

    name: str
    content: bytes
    content_type: str
    spoken_as: str = ""


@dataclass(frozen=True)
class Outsider:
    """Somebody without an account who is told by mail, once. They get the item's `open_url`, if it has one."""

    email: str
    language: str


#: Entries, each with an account or an outsider that reads it → the files that go with each of these mails, in the present language.
Filing = Callable[[Sequence[tuple[AuditEntry, Any]]], Sequence[Sequence[Attachment]]]


@dataclass(frozen=True)
class NotificationType:
    """One kind of announcement and how it becomes words.

    Words live in `templates/mail/<key with slashes>/{subject.txt,body.txt,body.html}` and in
    `templates/notifications/<key with slashes>.html` (one line, for inbox and digest).

    `describe` and `may_see` get entries whose `target` is loaded already and still exists. An entry that `describe` leaves
    out of its answer, or that `may_see` refuses, is neither shown nor mailed.
    """

    key: str  # "standards.reply_sent"
    category: Category
    audience: Callable[[AuditEntry], Iterable[int]]  # ids of accounts; the author is left out, but see `binding`
    describe: Callable[[Sequence[AuditEntry]], dict[int, Item]]  # entry id → item: at least "url" and "group", in the active language
    may_see: Callable[[AuditEntry, Any], bool] = field(default=lambda entry, person: True)  # asked again when the mail leaves
    may_see_many: Callable[[Sequence[AuditEntry], Any], Iterable[int]] | None = None  # ids of those a person may see, in one go
    all_may_see: Callable[[Sequence[AuditEntry]], Iterable[int]] = field(default=lambda entries: ())  # ids of those no one is refused
    topics: Callable[[AuditEntry], list[str]] = field(default=lambda entry: [])  # muting one of them silences this
    mail_class: MailClass = MailClass.PERSONAL
    rank: int = 50  # order in a digest: lower is more binding
    tells_who_spoke: bool = False  # its readers include everybody who spoke: staff do not see who got it
    always: bool = False  # mailed at once whatever the preference (decisions on one's own membership)
    #: Ids of those whose own business it is: mailed at once whatever they chose or muted, and told even of what they did themselves.
    binding: Callable[[AuditEntry], Iterable[int]] = field(default=lambda entry: ())
    outsiders: Callable[[AuditEntry], Iterable[Outsider]] = field(default=lambda entry: ())

    @property
    def folder(self) -> str:
        """Where its templates are, below `mail/` and `notifications/`."""
        return self.key.replace(".", "/")

    def visible(self, entries: Sequence[AuditEntry], person: Any) -> set[int]:
        """Return the ids of those `entries` that `person` may see now; what is gone nobody sees."""
        present = _present(entries)
        if self.may_see_many is not None:
            return set(self.may_see_many(present, person))
        return {entry.pk for entry in present if self.may_see(entry, person)}

    def open_to_all(self, entries: Sequence[AuditEntry]) -> set[int]:
        """Return the ids of those `entries` that every reader would find among `visible`, so that many need not be asked one by one."""
        return set(self.all_may_see(_present(entries)))


def _present(entries: Sequence[AuditEntry]) -> list[AuditEntry]:
    return [entry for entry in entries if entry.target_id is None or entry.target is not None]


@dataclass(frozen=True)
class Topic:
    """Something a person follows or has muted, as the preferences page shows it."""

    label: str
    url: str


#: Identifiers of one prefix (the slugs of `framework:<slug>`) and a reader → those which exist and which the reader may see.
Resolver = Callable[[Sequence[str], Any], Mapping[str, Topic]]

_types: dict[str, NotificationType] = {}
_resolvers: dict[str, Resolver] = {}
_filings: dict[str, Filing] = {}

DEFAULT_FREQUENCY: dict[str, Frequency] = {
    Category.MEMBERSHIP: Frequency.INSTANT,
    Category.ROUNDS: Frequency.INSTANT,
    Category.EVENTS: Frequency.WEEKLY,
    Category.EVENT_CHANGES: Frequency.INSTANT,
    Category.CLAUSES: Frequency.DAILY,
    Category.REPLIES: Frequency.INSTANT,
    Category.MODERATION: Frequency.INSTANT,
    Category.LIBRARY: Frequency.DAILY,
    Category.SECRETARIAT: Frequency.DAILY,
}


def register(*types: NotificationType) -> None:
    """Make types known; a key registered twice is a mistake in the code and is refused."""
    for kind in types:
        if kind.key in _types:
            raise ValueError(f"{kind.key} is registered twice")
        _types[kind.key] = kind


def get(key: str) -> NotificationType:
    """Return the type of that key."""
    return _types[key]


def known(key: str) -> bool:
    """Tell whether an audit verb is announced to anybody."""
    return key in _types


def every() -> list[NotificationType]:
    """Return all types, the most binding first."""
    return sorted(_types.values(), key=lambda kind: (kind.rank, kind.key))


def telling() -> list[str]:
    """Return the keys of the types of which the readers would tell who spoke."""
    return [kind.key for kind in every() if kind.tells_who_spoke]


def register_topics(prefix: str, resolver: Resolver) -> None:
    """Make topics `<prefix>:<identifier>` known, so that people can follow and mute them; a prefix is registered once."""
    if prefix in _resolvers:
        raise ValueError(f"topics {prefix}: are registered twice")
    _resolvers[prefix] = resolver


def register_files(filing: Filing, *keys: str) -> None:
    """Say what makes the files of mails that tell one thing of these types; digests carry none. A rung above the types makes files."""
    for key in keys:
        if key in _filings:
            raise ValueError(f"the files of {key} are registered twice")
        _filings[key] = filing


def filing(key: str) -> Filing | None:
    """Return what makes the files of a type, or None when its mails carry none."""
    return _filings.get(key)


def resolve(keys: Iterable[str], person: Any) -> dict[str, Topic]:
    """Return those of the topics `keys` that exist and that `person` may see, asking each resolver once."""
    asked: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        prefix, _, identifier = key.partition(":")
        asked[prefix].append(identifier)
    found = {}
    for prefix in asked.keys() & _resolvers.keys():
        for identifier, topic in _resolvers[prefix](asked[prefix], person).items():
            found[f"{prefix}:{identifier}"] = topic
    return found


class Fate(Enum):
    """What a relay or mail service knows of a message."""

    ARRIVED = "arrived"
    MISSING = "missing"
    UNKNOWN = "unknown"


#: Asks the relay or mail service what became of a Message-ID.
Probe = Callable[[str], Fate]

_probes: list[Probe] = []


def set_probe(function: Probe | None) -> None:
    """Say how to ask the relay; without it nobody knows."""
    _probes[:] = [function] if function else []


def probe(message_id: str) -> Fate:
    """Ask what became of a message. It may take its time: never inside a transaction."""
    return _probes[0](message_id) if _probes else Fate.UNKNOWN
