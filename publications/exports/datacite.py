"""DataCite metadata, kernel 4.7, alone and in the envelope of OAI-PMH (oai_datacite)."""

from collections.abc import Iterable

from publications.enums import LICENCE_LINKS, AuthorRole, RelationKind
from publications.exports.csl import Item, permanent_address, plain_date
from publications.exports.xml import TAGS, Element, add, document, root

KERNEL = "http://datacite.org/schema/kernel-4"
VERSION = "4.7"  # the first that knows a presentation
SCHEMA = f"https://schema.datacite.org/meta/kernel-{VERSION}/metadata.xsd"
OAI = "http://schema.datacite.org/oai/oai-1.1/"
OAI_SCHEMA = "http://schema.datacite.org/oai/oai-1.1/oai.xsd"
UNKNOWN = ":unav"  # DataCite's own word for a value that is not known
TYPES = {
    "book": "Book",
    "article-journal": "JournalArticle",
    "thesis": "Dissertation",
    "legislation": "Text",
    "paper-conference": "ConferenceProceeding",
    "dataset": "Dataset",
    "speech": "Presentation",
    "song": "Sound",
    "motion_picture": "Audiovisual",
}
CONTRIBUTORS = {
    AuthorRole.EDITOR: "Editor",
    AuthorRole.COMPILER: "DataCurator",
    AuthorRole.TRANSLATOR: "Translator",
    AuthorRole.REVIEWER: "Other",
    AuthorRole.ILLUSTRATOR: "Other",
    AuthorRole.CONTRIBUTOR: "Other",
}
RELATIONS = {
    RelationKind.PART_OF: "IsPartOf",
    RelationKind.REPLACES: "Obsoletes",
    RelationKind.TRANSLATION_OF: "IsTranslationOf",
    RelationKind.EDITION_OF: "IsNewVersionOf",
    RelationKind.REFERENCES: "References",
}


def datacite(item: Item) -> Element:
    """Return the `resource` element of an item; what the kernel demands and we do not know is said to be unknown."""
    made = root(KERNEL, "resource", SCHEMA)
    custom = item.get("custom", {})
    doi = item.get("DOI")
    add(made, "identifier", doi or custom.get("address", UNKNOWN), identifierType="DOI" if doi else "URL")
    _people(made, custom)
    titles = add(made, "titles")
    own = custom.get("title_language", "")
    for column, title in sorted((custom.get("titles") or {"": item.get("title", UNKNOWN)}).items(), key=lambda pair: pair[0] != own):
        add(titles, "title", title, lang=TAGS.get(column, ""), titleType="" if column == own else "TranslatedTitle")
    add(made, "publisher", item.get("publisher") or UNKNOWN)
    issued = plain_date(item.get("issued"))
    add(made, "publicationYear", (issued or custom.get("since") or "0000")[:4])
    add(made, "resourceType", custom.get("kind", item["type"]), resourceTypeGeneral=TYPES.get(item["type"], "Report"))
    _subjects(made, item)
    _contributors(made, custom)
    if issued:
        add(add(made, "dates"), "date", issued, dateType="Issued")
    if item.get("language"):
        add(made, "language", item["language"])
    _others(made, item)
    return made


def _people(made: Element, custom: Item) -> None:
    creators = add(made, "creators")
    writers = [who for who in custom.get("authors", []) if who["role"] in (AuthorRole.AUTHOR, AuthorRole.SPEAKER)]
    for who in writers or custom.get("authors", []) or [{"literal": UNKNOWN}]:
        _name(add(creators, "creator"), "creatorName", who)


def _name(parent: Element, tag: str, who: Item) -> None:
    if who.get("literal"):
        add(parent, tag, who["literal"], nameType="" if who["literal"] == UNKNOWN else "Organizational")
        return
    add(parent, tag, ", ".join(filter(None, (who.get("family"), who.get("given")))), nameType="Personal")
    if who.get("given"):
        add(parent, "givenName", who["given"])
    if who.get("family"):
        add(parent, "familyName", who["family"])


def _subjects(made: Element, item: Item) -> None:
    if words := [word for word in item.get("keyword", "").split(", ") if word]:
        subjects = add(made, "subjects")
        for word in words:
            add(subjects, "subject", word)


def _contributors(made: Element, custom: Item) -> None:
    rows = [who for who in custom.get("authors", []) if who["role"] in CONTRIBUTORS]
    if rows:
        contributors = add(made, "contributors")
        for who in rows:
            _name(add(contributors, "contributor", contributorType=CONTRIBUTORS[who["role"]]), "contributorName", who)


def _others(made: Element, item: Item) -> None:
    custom = item.get("custom", {})
    more = [("URL", custom.get("address", "")), ("ISBN", item.get("ISBN", "")), ("Red MPE", str(item["id"]))]
    alternates = add(made, "alternateIdentifiers")
    for kind, value in more:
        if value:
            add(alternates, "alternateIdentifier", value, alternateIdentifierType=kind)
    if relations := custom.get("relations"):
        related = add(made, "relatedIdentifiers")
        for kind, code in relations:
            add(related, "relatedIdentifier", permanent_address(code), relatedIdentifierType="URL", relationType=RELATIONS[kind])
    if custom.get("licence"):
        licence = custom["licence"]
        link, spdx = LICENCE_LINKS.get(licence, ""), "SPDX" if licence in LICENCE_LINKS else ""
        add(add(made, "rightsList"), "rights", licence, rightsURI=link, rightsIdentifier=licence, rightsIdentifierScheme=spdx)
    if abstracts := custom.get("abstracts"):
        described = add(made, "descriptions")
        for column, text in abstracts.items():
            add(described, "description", text, lang=TAGS[column], descriptionType="Abstract")


def oai_datacite(item: Item) -> Element:
    """Return the `resource` in the envelope that harvesters of DataCite ask for."""
    made = root(OAI, "oai_datacite", OAI_SCHEMA)
    add(made, "schemaVersion", VERSION)
    add(made, "datacentreSymbol", "RED.MPE")
    add(made, "payload").append(datacite(item))
    return made


def write_datacite(items: Iterable[Item]) -> str:
    """Return a file: one `resource` for one item, a list of them for more."""
    made = [datacite(item) for item in items]
    if len(made) == 1:
        return document(made[0])
    whole = root(KERNEL, "resources", SCHEMA)
    whole.extend(made)
    return document(whole)
