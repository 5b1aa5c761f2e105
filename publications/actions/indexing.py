"""Keeping the words that the search reads."""

from publications.models import Practice, Record, SearchDoc
from red_mpe.core.locale import COLUMN

TEXT = 200_000  # signs of the body in one language: a tsvector over 1 MB would refuse the row


def index_record(record: Record) -> None:
    """Write the search document of a record anew; cheap, and safe to do twice."""
    texts = {f"{field}_{c}": getattr(record, f"{field}_{c}") or "" for field in ("title", "abstract") for c in COLUMN.values()}
    bodies = {f"body_{c}": _body(record, c)[:TEXT] for c in COLUMN.values()}
    names = "\n".join(str(author) for author in record.authors.all())
    SearchDoc.objects.update_or_create(record=record, defaults={**texts, **bodies, "names": names})


def _body(record: Record, column: str) -> str:
    practice = Practice.objects.filter(record=record).first()
    told = [getattr(practice, f"{question}_{column}") or "" for question in Practice.QUESTIONS] if practice else []
    files = record.files.newest().exclude(text=None).select_related("text")
    read = [file.text.text for file in files if (file.language or "es").startswith(column)]
    return "\n".join([*told, *read])
