"""Announcements as words: each described and rendered once per language and time zone, whoever reads it."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError
from django.db.models import prefetch_related_objects
from django.template import Context, engines
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from red_mpe.core.models import AuditEntry
from red_mpe.core.text import plain
from red_mpe.notifications import registry
from red_mpe.notifications.registry import Item, NotificationType

log = logging.getLogger(__name__)

_Question = Callable[[NotificationType, Sequence[AuditEntry]], set[int]]


@dataclass(frozen=True)
class Line:
    """One announcement as one line."""

    entry: AuditEntry
    item: Item
    html: SafeString
    text: str


@dataclass
class Section:
    """Lines under one heading; the heading is empty where a type gives none."""

    heading: str
    lines: list[Line] = field(default_factory=list)


@dataclass
class Group:
    """Sections under one heading."""

    heading: str
    sections: list[Section] = field(default_factory=list)


def load_targets(entries: Sequence[AuditEntry]) -> None:
    """Load what the entries are about, with one query per kind of thing."""
    prefetch_related_objects(list(entries), "target")


def visible(entries: Iterable[AuditEntry], person: Any) -> set[int]:
    """Return the ids of those entries that `person` may see now, asking each type once."""
    return _asked(entries, lambda kind, some: kind.visible(some, person))


def open_to_all(entries: Iterable[AuditEntry]) -> set[int]:
    """Return the ids of those entries that nobody is refused now, asking each type once for all readers of a batch."""
    return _asked(entries, lambda kind, some: kind.open_to_all(some))


def _asked(entries: Iterable[AuditEntry], question: _Question) -> set[int]:
    kinds: dict[str, list[AuditEntry]] = defaultdict(list)
    for entry in entries:
        if registry.known(entry.verb):
            kinds[entry.verb].append(entry)
    return {pk for verb, some in kinds.items() for pk in _seen(registry.get(verb), some, question)}


def _seen(kind: NotificationType, entries: Sequence[AuditEntry], question: _Question) -> set[int]:
    """Ask a type for all at once, and where that fails for each: one thing that cannot be judged hides itself only."""
    try:
        return question(kind, entries)
    except DatabaseError:
        raise
    except Exception:
        log.exception("%s cannot tell what may be seen", kind.key)
        return set().union(*(_seen(kind, [entry], question) for entry in entries)) if len(entries) > 1 else set()


class Words:
    """Words already made, kept for one batch or one page."""

    def __init__(self) -> None:
        self._items: dict[tuple[str, str, int], Item | None] = {}
        self._lines: dict[tuple[str, str, int], Line | None] = {}

    def describe(self, entries: Iterable[AuditEntry]) -> None:
        """Describe entries in the present language and time zone, asking each type once. Their targets are loaded."""
        kinds: dict[str, list[AuditEntry]] = defaultdict(list)
        for entry in entries:
            if _key(entry) not in self._items and registry.known(entry.verb):
                kinds[entry.verb].append(entry)
        for verb, some in kinds.items():
            items = _described(registry.get(verb), some)
            self._items.update({_key(entry): items.get(entry.pk) for entry in some})

    def item(self, entry: AuditEntry) -> Item | None:
        """Return what is known of a described entry, or None when its type has nothing to say of it."""
        return self._items.get(_key(entry))

    def line(self, entry: AuditEntry) -> Line | None:
        """Return the line of a described entry, or None when its type has nothing to say of it."""
        key = _key(entry)
        if key not in self._lines:
            self._lines[key] = self._render(entry)
        return self._lines[key]

    def _render(self, entry: AuditEntry) -> Line | None:
        item = self.item(entry)
        if item is None:
            return None
        try:
            html = render_to_string(f"notifications/{registry.get(entry.verb).folder}.html", {"entry": entry, "item": item}).strip()
        except Exception:
            log.exception("Entry %s has no line", entry.pk)
            return None
        return Line(entry, item, SafeString(html), plain(html))

    def grouped(self, entries: Iterable[AuditEntry]) -> list[Group]:
        """Return the lines of described entries, the most binding first, then the newest, under their headings."""
        groups: dict[str, dict[str, Section]] = {}
        for entry in sorted(entries, key=_binding):
            if line := self.line(entry):
                heading, small = str(line.item["group"]), str(line.item.get("section", ""))
                sections = groups.setdefault(heading, {})
                sections.setdefault(small, Section(small)).lines.append(line)
        return [Group(heading, list(sections.values())) for heading, sections in groups.items()]


def _described(kind: NotificationType, entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """Ask a type for all at once, and where that fails for each: one thing that cannot be described silences itself only."""
    try:
        return kind.describe(entries)
    except DatabaseError:
        raise
    except Exception:
        log.exception("%s cannot be described", kind.key)
        alone = [_described(kind, [entry]) for entry in entries] if len(entries) > 1 else []
        return {pk: item for items in alone for pk, item in items.items()}


def read_lines(notifications: Sequence[Any], person: Any) -> list[tuple[Any, Line | None]]:
    """Return notifications with their lines for a page; None stands for what `person` may no longer see."""
    entries = [notification.entry for notification in notifications]
    load_targets(entries)
    seen, words = visible(entries, person), Words()
    words.describe(entry for entry in entries if entry.pk in seen)
    return [(notification, words.line(notification.entry)) for notification in notifications]


def _key(entry: AuditEntry) -> tuple[str, str, int]:
    return translation.get_language(), timezone.get_current_timezone_name(), entry.pk


def _binding(entry: AuditEntry) -> tuple[int, int]:
    return (registry.get(entry.verb).rank if registry.known(entry.verb) else 100), -entry.pk


def render_plain(template: str, context: dict[str, Any]) -> str:
    """Render a template of plain text: nothing is escaped, because nothing is markup."""
    engine = engines["django"].engine  # type: ignore[attr-defined]
    return str(engine.get_template(template).render(Context(context, autoescape=False))).strip()
