"""Collections of the demonstration's library, the clauses that stand on its records, and the encounters they belong to."""

import uuid
from typing import Any

from events.actions.documents import add_document
from events.models import Event
from members.models import User
from publications.actions.collections import add_to_collection, create_collection, show_collection
from red_mpe.portal.demo.clock import at, days_ago
from red_mpe.portal.demo.library import Library
from red_mpe.portal.demo.reading import rows, translated
from standards.actions.evidence import add_evidence
from standards.models import ClauseText, Version

EVIDENCE_DAYS_AGO = 30
_FIRST = {"mpe-responsable": "0.2", "compra-responsable-de-oro": "0.1"}  # the version whose labels the file has


def fill_collections(library: Library, actor: User) -> None:
    """Put records in order and let readers see the collections."""
    for row in rows("library/collections.toml", "collection"):
        with at(days_ago(row["days_ago"])):
            _fill(row, library, actor)


def _fill(row: dict[str, Any], library: Library, actor: User) -> None:
    once = uuid.uuid5(uuid.NAMESPACE_URL, row["slug"])
    audience = {
        "theme": library.cast.themes.get(row.get("theme", "")),
        "group": library.cast.groups.get(row.get("group", "")),
        "open_to_all": row.get("open_to_all", True),
    }
    words = translated(title=row["title"], introduction=row["introduction"])
    collection = create_collection(actor=actor, once=once, slug=row["slug"], **audience, **words)
    for item in row["items"]:
        add_to_collection(actor=actor, collection=collection, record=library.records[item["record"]], **translated(note=item["note"]))
    collection.refresh_from_db()
    show_collection(actor=actor, collection=collection, seen=collection.revision, published=True)


def write_evidence(library: Library, chairs: dict[str, User]) -> None:
    """Let clauses stand on records, in every version from the one of the file on; `chairs` write for their frameworks."""
    with at(days_ago(EVIDENCE_DAYS_AGO)):
        for row in rows("library/evidence.toml", "evidence"):
            for text in _texts(row["framework"], row["clause"]):
                record = library.records[row["record"]]
                add_evidence(actor=chairs[row["framework"]], text=text, record=record, **translated(note=row["note"]))


def lay_documents(library: Library, actor: User) -> None:
    """Lay records beside the encounters at which they were handed out, or of which they came."""
    for row in rows("library/documents.toml", "document"):
        event = Event.objects.get(slug=row["event"])
        for key in row["records"]:
            add_document(event=event, actor=actor, code=library.records[key].code, role=row["role"])


def _texts(framework: str, label: str) -> list[ClauseText]:
    """Return the texts of the clause that had `label` in the version of the file: there, and in the versions after it."""
    first = Version.objects.get(framework__slug=framework, number=_FIRST[framework])
    clause = ClauseText.objects.get(version=first, label=label).clause_id
    return list(ClauseText.objects.filter(clause=clause, version__framework__slug=framework, version__pk__gte=first.pk).order_by("pk"))
