"""BibTeX: readable by classic BibTeX (accents as LaTeX commands) and by biber alike."""

import re
import unicodedata
from collections.abc import Iterable

from publications.exports.csl import Item, plain_date

KINDS = {"article-journal": "article", "thesis": "phdthesis", "paper-conference": "proceedings", "book": "book", "report": "techreport"}
_ACCENTS = {"\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u0304": "=", "\u0307": ".", "\u030c": "v "}
_ACCENTS |= {"\u0327": "c ", "\u0328": "k ", "\u030a": "r ", "\u030b": "H ", "\u0306": "u "}
_SIGNS = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_"}
_SIGNS |= {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "ß": r"{\ss}", "ø": r"{\o}", "Ø": r"{\O}", "æ": r"{\ae}", "Æ": r"{\AE}"}
_SIGNS |= {"ł": r"{\l}", "Ł": r"{\L}", "–": "--", "—": "---", "“": "``", "”": "''", "«": r"{\guillemotleft}"}
_SIGNS |= {"»": r"{\guillemotright}", "¿": r"{\textquestiondown}", "¡": r"{\textexclamdown}", "º": r"\textordmasculine{}"}
_SIGNS |= {"ª": r"\textordfeminine{}", "°": r"\textdegree{}", "\u00a0": "~", "€": r"\texteuro{}"}
_FIELDS = {
    "publisher": "publisher",
    "publisher-place": "address",
    "edition": "edition",
    "volume": "volume",
    "issue": "issue",
    "number": "number",
    "page": "pages",
    "abstract": "abstract",
    "language": "language",
    "keyword": "keywords",
    "event-title": "eventtitle",
    "event-place": "venue",
}
_LITERAL = {"DOI": "doi", "ISBN": "isbn", "ISSN": "issn", "URL": "url"}


def latex(text: str) -> str:
    """Return words as LaTeX writes them: no sign of its own is left free, no accent is lost; letters it does not know stay as they are."""
    return "".join(_letter(sign) for sign in unicodedata.normalize("NFC", " ".join(text.split())))


def _letter(sign: str) -> str:
    if sign in _SIGNS:
        return _SIGNS[sign]
    parts = unicodedata.normalize("NFD", sign)
    if len(parts) == 2 and parts[1] in _ACCENTS:
        base = {"i": r"\i ", "j": r"\j "}.get(parts[0], parts[0])
        return f"{{\\{_ACCENTS[parts[1]]}{base.strip()}}}"
    return sign


def _address(text: str) -> str:
    """An address stands as it is, but for the signs that would end the field."""
    return text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def bibtex_entry(item: Item) -> str:
    """Return one entry."""
    custom = item.get("custom", {})
    fields = {"title": f"{{{latex(item.get('title', ''))}}}"} if item.get("title") else {}
    fields |= {name: latex(item[source]) for source, name in _FIELDS.items() if item.get(source)}
    fields |= {name: _address(item[source]) for source, name in _LITERAL.items() if item.get(source)}
    if item.get("container-title"):
        fields["journal" if item["type"] == "article-journal" else "series"] = latex(item["container-title"])
    if item["type"] == "article-journal" and "number" not in fields and "issue" in fields:
        fields["number"] = fields.pop("issue")  # what BibTeX calls the number of a journal
    fields |= _dates(item) | _people(item)
    if custom.get("kind"):
        fields["note"] = f"Red MPE: {item['id']}; {custom['kind']}; {custom.get('licence', 'unknown')}"
    if item["type"] == "thesis" and "publisher" in fields:
        fields["school"] = fields.pop("publisher")
    if item["type"] == "report" and "publisher" in fields:
        fields["institution"] = fields.pop("publisher")
    rows = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    return f"@{KINDS.get(item['type'], 'misc')}{{{_key(item)},\n" + ",\n".join(rows) + "\n}\n"


def _key(item: Item) -> str:
    return re.sub(r"[^A-Za-z0-9:.-]", "", str(item["id"])) or "red-mpe"


def _dates(item: Item) -> dict[str, str]:
    issued = plain_date(item.get("issued"))
    found = {"year": issued[:4], "month": issued[5:7].lstrip("0"), "date": issued, "eventdate": plain_date(item.get("event-date"))}
    return {name: value for name, value in found.items() if value}


def _people(item: Item) -> dict[str, str]:
    roles = {"author": item.get("author", []), "editor": item.get("editor", []), "translator": item.get("translator", [])}
    return {role: " and ".join(_name(who) for who in people) for role, people in roles.items() if people}


def _name(who: dict[str, str]) -> str:
    if who.get("literal"):
        return f"{{{latex(who['literal'])}}}"
    family, given = (re.sub(r"\b(and)\b", r"{\1}", latex(who.get(part, ""))) for part in ("family", "given"))
    return f"{family}, {given}" if given and family else f"{{{family or given}}}"


def write_bibtex(items: Iterable[Item]) -> str:
    """Return a file with an entry for each item."""
    return "\n".join(bibtex_entry(item) for item in items)
