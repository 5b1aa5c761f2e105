"""BibTeX and BibLaTeX, as tolerant as people are: a broken entry is told with its line, and the next one is read."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from .found import Found, ReadError, iso_date
from .latex import plain

KINDS = {
    "article": "article",
    "book": "guide",
    "manual": "guide",
    "booklet": "guide",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "proceedings": "proceedings",
    "inproceedings": "proceedings",
    "conference": "proceedings",
    "dataset": "dataset",
    "legislation": "law",
    "legal": "law",
    "video": "video",
    "movie": "video",
    "audio": "audio",
    "presentation": "presentation",
}
COLUMNS = {
    "publisher": ("publisher", "school", "institution", "organization"),
    "place": ("address", "location"),
    "edition": ("edition",),
    "container": ("journal", "journaltitle", "booktitle", "series"),
    "volume": ("volume",),
    "pages": ("pages",),
    "event_name": ("eventtitle",),
    "event_place": ("venue",),
}
_START = re.compile(r"^[ \t]*@\s*([A-Za-z]+)\s*([{(])", re.MULTILINE)
_FIELD = re.compile(r"\s*([A-Za-z][\w:.+-]*)\s*=\s*")
_BARE = re.compile(r"[\w.:+/-]+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OURS = re.compile(r"Red MPE: (\S+); ([\w-]+); ([\w.-]+)")
_SKIPPED = ("comment", "preamble")
_LONGEST = 200_000  # signs of one entry


class _Broken(Exception):
    """What is wrong with one entry."""


def works(text: str) -> Iterator[Found]:
    """Yield each entry; of a broken one only its line and what is wrong. Refused when there is none at all."""
    starts = list(_START.finditer(text))
    if not starts:
        raise ReadError(_("No entry of BibTeX was found: each begins with @ and its kind."))
    strings: dict[str, str] = {name: name for name in _MONTHS}
    line, counted = 1, 0
    for number, start in enumerate(starts):
        line, counted = line + text.count("\n", counted, start.start()), start.start()
        kind = start[1].lower()
        end = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        if kind in _SKIPPED:
            continue
        try:
            fields = dict(_fields(text[start.end() : end][:_LONGEST], strings, has_key=kind != "string"))
        except _Broken as fault:
            yield Found(line + text.count("\n", start.start(), start.end()), faults=[fault.args[0]])
            continue
        if kind == "string":
            strings |= fields
        else:
            yield _work(line + text[start.start() : start.end()].count("\n"), kind, fields)


def _fields(body: str, strings: dict[str, str], *, has_key: bool) -> Iterator[tuple[str, str]]:
    """Yield name and value of each field, up to the brace that ends the entry."""
    at = _after_key(body) if has_key else 0
    while at >= 0:
        at += len(body[at:]) - len(body[at:].lstrip(" \t\r\n,"))
        if _ends(body, at):
            return
        name = _FIELD.match(body, at)
        if name is None:
            words = body[max(at - 20, 0) : at + 10].strip()
            raise _Broken(_("After “%(words)s” a field with its sign of equality was expected.") % {"words": words})
        value, at = _value(body, name.end(), strings)
        yield name[1].lower(), value


def _after_key(body: str) -> int:
    """Return where the fields begin; -1 for an entry that has none."""
    key = re.match(r"[^,{}=\"]*[,})]", body)
    if key is None:
        raise _Broken(_("The entry has no key with a comma after it."))
    return key.end() if key[0][-1] == "," else -1


def _ends(body: str, at: int) -> bool:
    """Tell whether the entry ends here. Refused when it has no end, and when braces are left over behind it."""
    if at >= len(body):
        raise _Broken(_("A brace is not closed: the entry has no end."))
    if body[at] not in "})":
        return False
    if "}" in body[at + 1 :]:
        raise _Broken(_("There is a closing brace too many: what stands after it would be lost."))
    return True


def _value(body: str, at: int, strings: dict[str, str]) -> tuple[str, int]:
    """Return a value, its parts joined, and where it ends."""
    parts = []
    while True:
        part, at = _part(body, at, strings)
        parts.append(part)
        joined = re.compile(r"\s*#\s*").match(body, at)
        if joined is None:
            return "".join(parts), at
        at = joined.end()


def _part(body: str, at: int, strings: dict[str, str]) -> tuple[str, int]:
    if body[at : at + 1] == "{":
        return _within(body, at, "}")
    if body[at : at + 1] == '"':
        return _within(body, at, '"')
    bare = _BARE.match(body, at)
    if bare is None:
        raise _Broken(_("A field has no value."))
    return strings.get(bare[0].lower(), bare[0]), bare.end()


def _within(body: str, at: int, end: str) -> tuple[str, int]:
    """Return what stands between braces or quotes, braces inside balanced."""
    depth, place = 0, at + 1
    while place < len(body):
        sign = body[place]
        if sign == "\\":
            place += 1
        elif sign == end and depth == 0:
            return body[at + 1 : place], place + 1
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth < 0:
                break
        place += 1
    raise _Broken(_("A brace or a quotation mark is not closed: the entry has no end."))


def _work(line: int, kind: str, fields: dict[str, str]) -> Found:
    work = Found(line, kind=KINDS.get(kind, "report"))
    title, subtitle = plain(fields.get("title", "")), plain(fields.get("subtitle", ""))
    work.say(work.titles, "", f"{title}: {subtitle}" if title and subtitle else title)
    work.say(work.abstracts, "", plain(fields.get("abstract", "")))
    for column, names in COLUMNS.items():
        for name in names:
            work.put(column, plain(fields.get(name, "")))
    number, issue = plain(fields.get("number", "")), plain(fields.get("issue", ""))
    if work.kind == "article" and not issue:
        number, issue = "", number
    work.put("number", number)
    work.put("issue", issue)
    work.put("issued", _issued(fields))
    work.put("event_date", iso_date(fields.get("eventdate", "")))
    for role in ("author", "editor", "translator"):
        for name in _people(fields.get(role, "")):
            _credit(work, role, name)
    _names(work, fields)
    return work


def _issued(fields: dict[str, str]) -> str:
    if day := iso_date(fields.get("date", "")):
        return day
    month = plain(fields.get("month", "")).lower()
    number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else int(month) if month.isdigit() and len(month) < 3 else 0
    year = iso_date(plain(fields.get("year", "")))
    return iso_date(f"{year}-{number}-{plain(fields.get('day', '')) or 0}") if year and number else year


def _people(text: str) -> Iterator[str]:
    """Divide at the word “and” outside of braces."""
    depth, start = 0, 0
    for found in re.finditer(r"\\.|[{}]|\s+and\s+", text):
        if found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
        elif not found[0].startswith("\\") and depth == 0:
            yield text[start : found.start()].strip()
            start = found.end()
    yield text[start:].strip()


def _credit(work: Found, role: str, name: str) -> None:
    if not name or name == "others":
        return
    if name.startswith("{") and name.endswith("}") and _within(name, 0, "}")[1] == len(name):
        work.credit(role, literal=plain(name))
        return
    parts = [plain(part) for part in name.split(",")]
    if len(parts) > 1:
        work.credit(role, family=parts[0], given=" ".join(parts[:0:-1]) if len(parts) > 2 else parts[1])
        return
    words = parts[0].split()
    place = next((at for at, word in enumerate(words[1:-1], 1) if word[:1].islower()), len(words) - 1)  # de la Cruz, von der Leyen
    work.credit(
        role, **({"literal": words[0]} if len(words) == 1 else {"given": " ".join(words[:place]), "family": " ".join(words[place:])})
    )


def _names(work: Found, fields: dict[str, str]) -> None:
    for scheme in ("doi", "isbn", "issn"):
        work.named(scheme, plain(fields.get(scheme, "")))
    work.named("url", fields.get("url", "").replace("\\", ""))
    work.languages = [
        word.strip() for word in re.split(r"[,;]| and ", plain(fields.get("language") or fields.get("langid", ""))) if word.strip()
    ]
    work.themes = [word.strip() for word in re.split("[,;]", plain(fields.get("keywords", ""))) if word.strip()]
    if ours := _OURS.search(plain(fields.get("note", ""))):
        work.kind, work.licence = ours[2], ours[3]
