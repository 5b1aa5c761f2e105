"""Keeping the words and the facets that the search reads."""

from typing import Any

from publications.enums import DESCRIBED_ONLY, SHARED_ON, Access, RecordState, ScanState
from publications.models import Practice, Record, SearchDoc
from red_mpe.core.locale import COLUMN, SITE_LANGUAGE

TEXT = 200_000  # signs of the body in one language: a tsvector over 1 MB would refuse the row


def index_record(record: Record) -> None:
    """Write the search document of a record anew; cheap, and safe to do twice."""
    texts = {f"{field}_{c}": getattr(record, f"{field}_{c}") or "" for field in ("title", "abstract") for c in COLUMN.values()}
    bodies = {f"body_{c}": _body(record, c)[:TEXT] for c in COLUMN.values()}
    names = "\n".join(str(author) for author in record.authors.all())
    SearchDoc.objects.update_or_create(record=record, defaults={**texts, **bodies, "names": names, "terms": terms_of(record)})


def terms_of(record: Record) -> list[str]:
    """Return the facets of a record, each as `facet:value`."""
    many = {"lens": record.lenses, "country": record.countries, "language": record.languages, "stratum": record.strata}
    here = has_open_files(record) and _open_files(record).exists()
    pairs = [("all", "1"), ("kind", record.kind), ("use", "here" if here else "described")]
    pairs += [("use", "free")] if record.licence in SHARED_ON else []
    pairs += [(facet, value) for facet, values in {**many, "sector": record.sectors}.items() for value in values]
    pairs += [("theme", code) for code in record.themes.values_list("code", flat=True)]
    pairs += [("group", slug) for slug in record.groups.values_list("slug", flat=True)]
    return [f"{facet}:{value}" for facet, value in pairs]


def has_open_files(record: Record) -> bool:
    """Tell whether whoever reads the record may have its files: only then may their words be found and shown."""
    return record.state == RecordState.PUBLISHED and record.licence not in DESCRIBED_ONLY and record.access != Access.REQUEST


def _open_files(record: Record) -> Any:
    return record.files.newest().filter(scan_state__in=(ScanState.CLEAN, ScanState.NOT_ASKED))


def _body(record: Record, column: str) -> str:
    practice = Practice.objects.filter(record=record).first()
    told = [getattr(practice, f"{question}_{column}") or "" for question in Practice.QUESTIONS] if practice else []
    files = _open_files(record).exclude(text=None).select_related("text") if has_open_files(record) else []
    read = [file.text.text for file in files if _column_of(file.language) == column]
    return "\n".join([*told, *read])


def _column_of(language: str) -> str:
    """Return the column under which a text is indexed: Quechua, Aymara and the others under Spanish, which people search them with."""
    return COLUMN.get(language, language if language in SITE_LANGUAGE else "es")
