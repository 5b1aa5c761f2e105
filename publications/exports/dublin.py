"""Simple Dublin Core in the envelope of OAI-PMH (oai_dc)."""

from collections.abc import Iterable, Iterator

from publications.enums import LICENCE_LINKS
from publications.exports.csl import Item, names, plain_date
from publications.exports.xml import TAGS, Element, add, document, root

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
#: DCMI types by type of CSL; everything else is a text.
DCMI = {"dataset": "Dataset", "song": "Sound", "motion_picture": "MovingImage"}
_ACCESS = {"public": "info:eu-repo/semantics/openAccess", "request": "info:eu-repo/semantics/restrictedAccess"}


def dublin_core(item: Item) -> Element:
    """Return the `oai_dc:dc` element of an item."""
    made = root(OAI_DC, "dc", SCHEMA, dc=DC)
    for name, value, lang in _rows(item):
        if value:
            add(made, f"{{{DC}}}{name}", value, lang=lang)
    return made


def _rows(item: Item) -> Iterator[tuple[str, str, str]]:
    custom = item.get("custom", {})
    titles = custom.get("titles") or {"": item.get("title", "")}
    own = custom.get("title_language", "")
    for column in sorted(titles, key=lambda column: column != own):  # the title of the work itself comes first
        yield "title", titles[column], TAGS.get(column, "")
    yield from (("creator", name, "") for name in names(item, "author", "compiler") or names(item, "editor"))
    yield from (("subject", theme, "") for theme in item.get("keyword", "").split(", "))
    for column, text in (custom.get("abstracts") or {"": item.get("abstract", "")}).items():
        yield "description", text, TAGS.get(column, "")
    yield "publisher", item.get("publisher", ""), ""
    helpers = ("editor",) if item.get("author") else ()
    yield from (("contributor", name, "") for name in names(item, *helpers, "translator", "illustrator", "contributor"))
    yield "date", plain_date(item.get("issued")), ""
    yield "type", DCMI.get(item["type"], "Text"), ""
    yield "type", custom.get("kind", ""), ""
    yield from (("identifier", address, "") for address in addresses(item))
    yield "source", item.get("container-title", ""), ""
    yield from (("language", code, "") for code in custom.get("languages") or [item.get("language", "")])
    yield from (("relation", other, "") for _kind, other in custom.get("relations", []))
    yield from (("coverage", country, "") for country in custom.get("countries", []))
    yield from (("rights", right, "") for right in rights(item))


def addresses(item: Item) -> list[str]:
    """Return where the work and its description are, our own permanent address first."""
    found = [item.get("custom", {}).get("address", ""), f"https://doi.org/{item['DOI']}" if item.get("DOI") else ""]
    found += [item.get("URL", ""), f"urn:isbn:{item['ISBN']}" if item.get("ISBN") else ""]
    return list(dict.fromkeys(filter(None, found)))


def rights(item: Item) -> list[str]:
    """Return what others may do, as addresses and codes that machines know."""
    custom = item.get("custom", {})
    licence = custom.get("licence", "")
    return [right for right in (_ACCESS.get(custom.get("access", ""), ""), LICENCE_LINKS.get(licence, licence)) if right]


def write_dublin(items: Iterable[Item]) -> str:
    """Return a file: one `dc` for one item, a list of them for more."""
    made = [dublin_core(item) for item in items]
    if len(made) == 1:
        return document(made[0])
    whole = root(DC, "records", SCHEMA)
    whole.extend(made)
    return document(whole)
