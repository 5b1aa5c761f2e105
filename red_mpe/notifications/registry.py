"""What can be announced. Domain apps register their types in `AppConfig.ready()`; knowledge goes up through here."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from red_mpe.core.models import AuditEntry
from red_mpe.notifications.enums import Category, Frequency, MailClass

#: What is known of an item once per language, whoever reads it.
Item = dict[str, Any]


@dataclass(frozen=True)
class NotificationType:
    """One kind of announcement and how it becomes words.

    Words live in `templates/mail/<key with slashes>/{subject.txt,body.txt,body.html}` and in
    `templates/notifications/<key with slashes>.html` (one line, for inbox and digest).
    """

    key: str  # "standards.reply_sent"
    category: Category
    audience: Callable[[AuditEntry], Iterable[int]]  # ids of accounts; never the author
    describe: Callable[[Sequence[AuditEntry]], dict[int, Item]]  # entry id → item: at least "url" and "group", in the active language
    may_see: Callable[[AuditEntry, Any], bool] = field(default=lambda entry, person: True)  # asked again when the mail leaves
    topics: Callable[[AuditEntry], list[str]] = field(default=lambda entry: [])  # muting one of them silences this
    mail_class: MailClass = MailClass.PERSONAL
    rank: int = 50  # order in a digest: lower is more binding
    always: bool = False  # mailed at once whatever the preference (decisions on one's own membership)

    @property
    def folder(self) -> str:
        return self.key.replace(".", "/")


_types: dict[str, NotificationType] = {}

DEFAULT_FREQUENCY: dict[str, Frequency] = {
    Category.MEMBERSHIP: Frequency.INSTANT,
    Category.ROUNDS: Frequency.INSTANT,
    Category.CLAUSES: Frequency.DAILY,
    Category.REPLIES: Frequency.INSTANT,
    Category.MODERATION: Frequency.INSTANT,
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
