"""What machines read on a record's page: schema.org as JSON-LD at an address of its own, Highwire and Dublin Core as meta tags."""

from collections.abc import Iterator
from typing import Any

from publications.enums import LICENCE_LINKS
from publications.exports.csl import Item, names, plain_date
from publications.exports.dublin import addresses, rights

TYPES = {
    "book": "Book",
    "article-journal": "ScholarlyArticle",
    "thesis": "Thesis",
    "legislation": "Legislation",
    "dataset": "Dataset",
    "speech": "PresentationDigitalDocument",
    "song": "AudioObject",
    "motion_picture": "VideoObject",
    "report": "Report",
}


def json_ld(item: Item) -> dict[str, Any]:
    """Return an item in the words of schema.org."""
    custom = item.get("custom", {})
    made = {
        "@context": "https://schema.org",
        "@type": TYPES.get(item["type"], "CreativeWork"),
        "@id": custom.get("address", ""),
        "name": item.get("title", ""),
        "alternateName": [text for text in custom.get("titles", {}).values() if text != item.get("title")],
        "abstract": item.get("abstract", ""),
        "inLanguage": item.get("language", ""),
        "datePublished": plain_date(item.get("issued")),
        "author": [_who(who) for who in item.get("author", [])],
        "editor": [_who(who) for who in item.get("editor", [])],
        "translator": [_who(who) for who in item.get("translator", [])],
        "publisher": {"@type": "Organization", "name": item["publisher"]} if item.get("publisher") else None,
        "isbn": item.get("ISBN", ""),
        "identifier": addresses(item),
        "keywords": item.get("keyword", ""),
        "license": LICENCE_LINKS.get(custom.get("licence", ""), ""),
        "isAccessibleForFree": custom.get("access") == "public",
        "spatialCoverage": custom.get("countries", []),
    }
    return {name: value for name, value in made.items() if value not in (None, "", [])}


def _who(who: dict[str, str]) -> dict[str, str]:
    if who.get("literal"):
        return {"@type": "Organization", "name": who["literal"]}
    made = {"@type": "Person", "familyName": who.get("family", ""), "givenName": who.get("given", "")}
    made["name"] = " ".join(filter(None, (who.get("given"), who.get("family"))))
    return {name: value for name, value in made.items() if value}


def meta_tags(item: Item, files: list[str] | None = None) -> list[tuple[str, str]]:
    """Return the names and contents of the tags; `files` are the addresses of PDFs that anybody may read."""
    return [(name, value) for name, value in [*_highwire(item, files or []), *_dublin(item)] if value]


def _highwire(item: Item, files: list[str]) -> Iterator[tuple[str, str]]:
    yield "citation_title", item.get("title", "")
    yield from (("citation_author", name) for name in names(item, "author"))
    yield from (("citation_editor", name) for name in names(item, "editor"))
    yield "citation_publication_date", plain_date(item.get("issued")).replace("-", "/")
    yield "citation_publisher", item.get("publisher", "")
    yield {"article-journal": "citation_journal_title"}.get(item["type"], "citation_series_title"), item.get("container-title", "")
    yield "citation_volume", item.get("volume", "")
    yield "citation_issue", item.get("issue", "")
    first, _, last = item.get("page", "").replace("–", "-").partition("-")
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield "citation_doi", item.get("DOI", "")
    yield "citation_isbn", item.get("ISBN", "")
    yield "citation_issn", item.get("ISSN", "")
    yield "citation_language", item.get("language", "")
    yield "citation_conference_title", item.get("event-title", "")
    yield {"thesis": "citation_dissertation_institution"}.get(item["type"], "citation_technical_report_number"), _report(item)
    yield "citation_abstract_html_url", item.get("custom", {}).get("address", "")
    yield from (("citation_pdf_url", address) for address in files)


def _report(item: Item) -> str:
    return str(item.get("publisher" if item["type"] == "thesis" else "number", ""))


def _dublin(item: Item) -> Iterator[tuple[str, str]]:
    yield "DC.title", item.get("title", "")
    yield from (("DC.creator", name) for name in names(item, "author"))
    yield "DC.date", plain_date(item.get("issued"))
    yield "DC.publisher", item.get("publisher", "")
    yield "DC.language", item.get("language", "")
    yield "DC.type", item.get("custom", {}).get("kind", "")
    yield from (("DC.identifier", address) for address in addresses(item))
    yield from (("DC.rights", right) for right in rights(item))
