"""The library of the demonstration: records that people proposed over three years, and what the editors made of them."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.text import slugify

from members.models import Affiliation, User
from publications.actions import changing, proposing
from publications.actions.access import ask_access, grant_access
from publications.actions.deciding import (
    accept_and_publish_record,
    accept_record,
    decline_record,
    embargo_record,
    return_record,
    withdraw_record,
)
from publications.actions.editing import save_record
from publications.actions.files import add_file
from publications.actions.proposing import propose_record, start_record
from publications.models import Record
from red_mpe.portal.demo import sheets
from red_mpe.portal.demo.clock import at, days_ago
from red_mpe.portal.demo.network import Network
from red_mpe.portal.demo.reading import rows, translated

Row = dict[str, Any]
CODE = {"es": "es", "en": "en", "pt": "pt-br"}
WAITED = timedelta(days=3)  # from the proposal to what the editors say
_PLAIN = ("issued", "publisher", "place", "edition", "container", "volume", "issue", "pages", "number", "licence", "access")
_LISTS = ("countries", "lenses", "strata", "sectors")


class Library:
    """Writes the records, and remembers them by key."""

    def __init__(self, cast: Network, editor: User) -> None:
        self.cast, self.editor = cast, editor
        self.records: dict[str, Record] = {}
        self.rows = sorted(rows("library/*.toml", "record"), key=lambda row: -row["days_ago"])
        self.real = {row["key"] for row in rows("library/works-*.toml", "record")}
        self.houses = {row.person.slug: row for row in Affiliation.objects.select_related("person", "organisation")}

    def fill(self) -> None:
        """Propose and decide everything in the order of its days."""
        files = self._files()
        with indexed_once():
            for row in self.rows:
                self._write(row, files.get(row["key"], []))
            self._relate_to_newer()
            self._take_out()
        own = [record.pk for key, record in self.records.items() if key not in self.real]
        Record.objects.filter(pk__in=own).update(invented=True)
        for request in rows("library/unfinished.toml", "request"):
            self._ask(request)

    def _files(self) -> dict[str, list[tuple[str, bytes]]]:
        """Set all PDF files at once; return language and bytes by key."""
        bodies = {row["key"]: row.get("body", {}) for row in self.rows}
        wanted = [(row, language) for row in self.rows for language in row.get("files", [])]
        made = sheets.set_all([sheets.order(row, language, bodies) for row, language in wanted])
        found: dict[str, list[tuple[str, bytes]]] = {}
        for (row, language), content in zip(wanted, made, strict=True):
            found.setdefault(row["key"], []).append((language, content))
        return found

    def _write(self, row: Row, files: list[tuple[str, bytes]]) -> None:
        actor, said = self.cast.people[row["proposer"]].user, _moment(row)
        waiting = row.get("until") == "proposed"
        with at(said if waiting else said - WAITED):
            once = uuid.uuid5(uuid.NAMESPACE_URL, row["key"])
            record = start_record(actor=actor, once=once, kind=row["kind"], organisation=self._house(row), **self._fields(row))
            for name, language, content in _named(row, files):
                self._add(record, actor, name, language, content)
            self.records[row["key"]] = record = propose_record(record=record, actor=actor)
        if not waiting:
            with at(said):
                self._decide(record, row)

    def _add(self, record: Record, actor: User, name: str, language: str, content: bytes) -> None:
        once = uuid.uuid5(uuid.NAMESPACE_URL, f"{record.code}/{name}")
        add_file(record=record, actor=actor, once=once, upload=SimpleUploadedFile(name, content), language=language)

    def _decide(self, record: Record, row: Row) -> None:
        until, language = row.get("until", "published"), self.cast.people[row["proposer"]].user.language[:2]
        if until == "returned":
            return_record(record=record, actor=self.editor, question=row["question"][language])
        elif until == "declined":
            decline_record(record=record, actor=self.editor, reason=row["reason"][language])
        elif "embargo_days" in row:
            accept_record(record=record, actor=self.editor)
            today = timezone.localdate() + timedelta(days=row["days_ago"])
            embargo_record(record=record, actor=self.editor, until=today + timedelta(days=row["embargo_days"]))
        else:
            accept_and_publish_record(record=record, actor=self.editor)

    def _relate_to_newer(self) -> None:
        """Write the relations to records that were not there yet, on the day when they were."""
        for row in self.rows:
            newer = [self.records[found["to"]] for found in row.get("relations", []) if self._is_newer(found["to"], row)]
            if newer:
                record = self.records[row["key"]]
                with at(max(other.published_at for other in newer if other.published_at) + timedelta(hours=1)):
                    save_record(record=record, actor=self.editor, seen=record.revision, relations=self._relations(row))

    def _is_newer(self, key: str, row: Row) -> bool:
        return self.records[key].pk > self.records[row["key"]].pk

    def _take_out(self) -> None:
        """Withdraw what is withdrawn, and name what replaces it."""
        for row in self.rows:
            if row.get("until") == "withdrawn":
                old, new = self.records[row["key"]], self.records[row["replaced_by"]]
                with at(days_ago(row["withdrawn_days_ago"])):
                    replaces = [*((found.kind, found.other) for found in new.relations.select_related("other")), ("replaces", old)]
                    new.refresh_from_db()
                    save_record(record=new, actor=self.editor, seen=new.revision, relations=replaces)
                    withdraw_record(record=old, actor=self.editor, reason=row["reason"]["es"])

    def _ask(self, row: Row) -> None:
        with at(_moment(row)):
            request = ask_access(record=self.records[row["record"]], actor=self.cast.people[row["person"]].user, reason=row["reason"])
        if "granted_days_ago" in row:
            until = timezone.localdate() + timedelta(days=row["until_in_days"])
            with at(days_ago(row["granted_days_ago"])):
                grant_access(request=request, actor=self.editor, until=until, answer=row["answer"])

    def _house(self, row: Row) -> Any:
        """Return the organisation in whose name somebody proposed: theirs, if it is an author and they spoke for it by then."""
        found = self.houses.get(row["proposer"])
        of = {author.get("organisation") for author in row["authors"]}
        return found.organisation if found and found.organisation.slug in of and found.starts_on <= timezone.localdate() else None

    def _fields(self, row: Row) -> Row:
        groups = self.cast.groups
        fields: Row = {name: row[name] for name in (*_PLAIN, *_LISTS) if name in row}
        fields |= translated(title=row["title"], abstract=row["abstract"])
        if row["key"] not in self.real:
            fields.setdefault("publisher", "Red MPE")
        fields |= {f"event_{name}": value for name, value in row.get("event", {}).items()}
        fields["languages"] = [CODE.get(language, language) for language in row.get("languages") or row.get("files") or ["es"]]
        fields |= {"themes": [self.cast.themes[code] for code in row["themes"]], "groups": [groups[slug] for slug in row.get("groups", [])]}
        if "group" in row:
            fields["access_group"] = groups[row["group"]]
        fields["authors"] = [self._author(author) for author in row["authors"]]
        fields["identifiers"] = [(found["scheme"], found["value"]) for found in row.get("identifiers", [])]
        fields["relations"] = self._relations(row)
        if "practice" in row:
            fields["practice"] = translated(**row["practice"])
        return fields

    def _author(self, author: Row) -> Row:
        name, role = sheets.written(author), {"role": author.get("role", "author")}
        if "person" in author:
            given, family = sheets.named(name)
            return role | {"given": given, "family": family, "person": self.cast.people[author["person"]]}
        if "organisation" in author:
            return role | {"literal": name, "organisation": self.cast.organisations[author["organisation"]]}
        return role | {key: author[key] for key in ("literal", "family", "given") if key in author}

    def _relations(self, row: Row) -> list[tuple[str, Record]]:
        """Return the relations of a record to what the library has by now."""
        return [(found["kind"], self.records[found["to"]]) for found in row.get("relations", []) if found["to"] in self.records]


@contextmanager
def indexed_once() -> Iterator[None]:
    """Inside the block records that change are not indexed; when it ends every record is, once instead of at each of its steps.

    For the one command that fills an empty database, and for nothing else.
    """
    kept = proposing.index_record
    proposing.index_record = changing.index_record = lambda record: None
    try:
        yield
    finally:
        proposing.index_record = changing.index_record = kept
    for record in Record.objects.order_by("pk"):
        kept(record)


def _moment(row: Row) -> datetime:
    """Return when a row happened: not all at the same minute."""
    return days_ago(row["days_ago"], 14 + row["days_ago"] % 6, (row["days_ago"] * 7) % 60)


def _named(row: Row, files: list[tuple[str, bytes]]) -> Iterator[tuple[str, str, bytes]]:
    """Yield name, language and bytes of each file of a record."""
    for language, content in files:
        yield f"{slugify(row['title'][language])[:60].strip('-')}-{language}.pdf", CODE[language], content
    if "csv" in row:
        yield f"{row['key']}.csv", "", row["csv"].lstrip().encode()
