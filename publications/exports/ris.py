"""RIS, as reference managers read it: UTF-8, a tag a line, `ER` at the end."""

from collections.abc import Iterable

from publications.exports.csl import Item, plain_date

KINDS = {
    "book": "BOOK",
    "article-journal": "JOUR",
    "thesis": "THES",
    "legislation": "STAT",
    "paper-conference": "CONF",
    "dataset": "DATA",
    "speech": "SLIDE",
    "song": "SOUND",
    "motion_picture": "VIDEO",
}
_TAGS = {
    "title": "TI",
    "container-title": "T2",
    "event-title": "T3",
    "event-place": "C1",
    "publisher": "PB",
    "publisher-place": "CY",
    "edition": "ET",
    "volume": "VL",
    "issue": "IS",
    "number": "M1",
    "DOI": "DO",
    "URL": "UR",
    "language": "LA",
    "abstract": "AB",
}
_PEOPLE = {"author": "AU", "editor": "ED", "translator": "A4", "compiler": "A3"}


def ris_entry(item: Item) -> str:
    """Return one reference."""
    rows = [("TY", KINDS.get(item["type"], "RPRT")), ("ID", str(item["id"]))]
    rows += [(tag, item[name]) for name, tag in _TAGS.items() if item.get(name)]
    rows += [(tag, _name(who)) for role, tag in _PEOPLE.items() for who in item.get(role, [])]
    rows += [("SN", item[name]) for name in ("ISBN", "ISSN") if item.get(name)]
    if issued := plain_date(item.get("issued")):
        rows += [("PY", issued[:4]), ("DA", issued.replace("-", "/"))]
    if held := plain_date(item.get("event-date")):
        rows.append(("Y2", held.replace("-", "/")))
    rows += _pages(item.get("page", ""))
    rows += [("KW", word) for word in item.get("keyword", "").split(", ") if word]
    if kind := item.get("custom", {}).get("kind"):
        rows.append(("N1", f"Red MPE: {item['id']}; {kind}; {item['custom'].get('licence', 'unknown')}"))
    return "".join(f"{tag}  - {' '.join(str(value).split())}\r\n" for tag, value in [*rows, ("ER", "")])


def _name(who: dict[str, str]) -> str:
    if who.get("literal"):
        return who["literal"].replace(",", " ")  # a comma would divide it into family and given name
    return ", ".join(filter(None, (who.get("family", ""), who.get("given", ""))))


def _pages(pages: str) -> list[tuple[str, str]]:
    first, _, last = pages.replace("–", "-").partition("-")
    return [(tag, page) for tag, page in (("SP", first.strip()), ("EP", last.strip())) if page]


def write_ris(items: Iterable[Item]) -> str:
    """Return a file with a reference for each item."""
    return "\r\n".join(ris_entry(item) for item in items)
