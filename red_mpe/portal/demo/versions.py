"""The next version of a demonstration framework: rewritten, moved, split, added to and retired from, clause by clause."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from members.models import Person, User
from red_mpe.core.models import Theme
from red_mpe.portal.demo.clock import at
from red_mpe.portal.demo.reading import LANGUAGES
from red_mpe.portal.demo.texts import FACTS, words_of
from standards.actions.changelog import edit_change, write_change_log
from standards.actions.drafting import add_clause, move_clause, retire_clause, rewrite_clause, split_clause
from standards.actions.texts import review_language
from standards.models import ClauseText, Version, VersionChange

Row = dict[str, Any]


@dataclass
class Hands:
    """Who writes in a version, and when: each act a while after the one before."""

    people: dict[str, Person]
    moment: datetime
    pause: timedelta
    reviewed: dict[str, list[str]] = field(default_factory=lambda: {language: [] for language in LANGUAGES})

    def user(self, row: Row) -> User:
        """Return the account of who wrote a row."""
        return self.people[row["author"]].user

    def acts(self, rows: list[Row]) -> Iterator[Row]:
        """Yield each row at its own moment."""
        for row in rows:
            self.moment += self.pause
            with at(self.moment):
                yield row

    def note_review(self, label: str, row: Row) -> None:
        """Remember the languages of a row that were compared with the original when it was written."""
        for language in set(row["text"]) - set(row.get("draft", ())) if "text" in row else LANGUAGES:
            self.reviewed[language].append(label)


def text_of(version: Version, label: str) -> ClauseText:
    """Return the clause that a version calls so."""
    return ClauseText.objects.select_related("version__framework", "clause", "parent").get(version=version, label=label)


def write_changes(version: Version, data: dict[str, list[Row]], hands: Hands) -> None:
    """Make the changes of a file in a version that has just begun, review what was reviewed, and say in the log what changed."""
    for row in hands.acts(data.get("change", [])):
        _change(version, row, hands)
    for row in hands.acts(data.get("split", [])):
        _split(version, row, hands)
    for row in hands.acts(data.get("new", [])):
        _add(version, row, hands)
    for row in hands.acts(data.get("retired", [])):
        retire_clause(actor=hands.user(row), text=text_of(version, row["label"]), reason=row["reason"])
    for first in hands.acts(data["change"][:1]):
        for language, labels in hands.reviewed.items():
            review_language(actor=hands.user(first), version=version, language=language, labels=labels)
        _explain(version, data, hands)


def _change(version: Version, row: Row, hands: Hands) -> None:
    text = text_of(version, row["label"])
    if "new_label" in row:
        above = text_of(version, row["new_under"])
        last = above.children.order_by("-position").first()
        text = move_clause(actor=hands.user(row), text=text, parent=above, after=last, renumber=True, reason=row.get("reason", ""))
    words = {name: row[name] for name in FACTS if name in row} | words_of_present(row)
    rewrite_clause(actor=hands.user(row), text=text, base=text.revision, words=words, note=row.get("reason", ""))
    hands.note_review(str(row.get("new_label", row["label"])), row)


def words_of_present(row: Row) -> dict[str, str]:
    """Return the columns of the words that a row has, and of no other language: what is left out stays as it was."""
    return {name: words for name, words in words_of(row).items() if words}


def _split(version: Version, row: Row, hands: Hands) -> None:
    source = text_of(version, row["from"])
    new = split_clause(
        actor=hands.user(row),
        text=source,
        base=source.revision,
        once=_once(version, row),
        stays={f"text_{language}": getattr(source, f"text_{language}") for language in LANGUAGES},
        goes=words_of(row),
        label=row["label"],
        reason=row["reason"],
    )
    above = text_of(version, row["under"])
    last = above.children.exclude(pk=new.pk).order_by("-position").first()
    new = move_clause(actor=hands.user(row), text=new, parent=above, after=last)
    rewrite_clause(actor=hands.user(row), text=new, base=new.revision, words={name: row[name] for name in FACTS})
    hands.note_review(row["label"], row)


def _add(version: Version, row: Row, hands: Hands) -> None:
    facts: Row = {name: row[name] for name in FACTS if name in row} | words_of(row)
    above = text_of(version, row.get("under") or row["label"].rpartition(".")[0])
    place: Row = {"version": version, "parent": above, "level": row["level"], "label": row["label"], "once": _once(version, row)}
    text = add_clause(actor=hands.user(row), **place, **facts)
    text.themes.set(Theme.objects.filter(code__in=row.get("themes", [])))
    hands.note_review(row["label"], row)


def _once(version: Version, row: Row) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{version}/{row['label']}")


def _explain(version: Version, data: dict[str, list[Row]], hands: Hands) -> None:
    """Write the change log and, where people said what changed, their words."""
    write_change_log(version)
    labels = {change.old_label or change.new_label: change for change in VersionChange.objects.filter(version=version)}
    for row in [each for name in ("change", "split", "new", "retired") for each in data.get(name, [])]:
        change = labels[row["label"]]
        kind = row.get("kind", change.kind)
        if "summary" in row or kind != change.kind:
            said = {f"summary_{language}": row.get("summary", {}).get(language, "") for language in LANGUAGES}
            edit_change(actor=hands.user(row), change=change, kind=kind, **said)
