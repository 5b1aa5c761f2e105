"""RIS: a tag a line, from TY to ER."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from .found import Found, ReadError, divided_name, iso_date

KINDS = {
    "BOOK": "guide",
    "EBOOK": "guide",
    "JOUR": "article",
    "JFULL": "article",
    "EJOUR": "article",
    "MGZN": "article",
    "NEWS": "article",
    "THES": "thesis",
    "STAT": "law",
    "BILL": "law",
    "LEGAL": "law",
    "CONF": "proceedings",
    "CPAPER": "proceedings",
    "DATA": "dataset",
    "SLIDE": "presentation",
    "SOUND": "audio",
    "VIDEO": "video",
    "MPCT": "video",
}
_COLUMNS = {
    "T2": "container",
    "JO": "container",
    "JF": "container",
    "BT": "container",
    "T3": "event_name",
    "C1": "event_place",
    "PB": "publisher",
    "CY": "place",
    "PP": "place",
    "ET": "edition",
    "VL": "volume",
    "IS": "issue",
    "M1": "number",
}
_ROLES = {"AU": "author", "A1": "author", "A2": "editor", "ED": "editor", "A3": "compiler", "A4": "translator"}
_LINE = re.compile(r"([A-Z][A-Z0-9])  ?- ?(.*)")
_OURS = re.compile(r"Red MPE: (\S+); ([\w-]+); ([\w.-]+)")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")

Rows = list[tuple[str, str]]


def works(text: str) -> Iterator[Found]:
    """Yield each reference. One that does not end, or lines outside of any, are told with their line."""
    if not re.search(r"^\s*TY  ?-", text, re.MULTILINE):
        raise ReadError(_("No reference of RIS was found: each begins with TY."))
    begun, rows = 0, []
    for number, line in enumerate([*text.splitlines(), "TY  - "], 1):  # one more beginning ends what has no end
        tag, value = _divided(line)
        if tag == "TY":
            if begun:
                yield _unfinished(begun)
            begun, rows = number, [(tag, value)]
        elif not begun:
            if value:
                yield Found(number, faults=[_("This line stands in no reference: each begins with TY and ends with ER.")])
        elif tag == "ER":
            yield _work(begun, rows)
            begun = 0
        else:
            _keep(rows, tag, value)


def _divided(line: str) -> tuple[str, str]:
    found = _LINE.match(line.strip("\ufeff"))
    return (found[1], found[2].strip()) if found else ("", line.strip())


def _keep(rows: Rows, tag: str, value: str) -> None:
    if tag:
        rows.append((tag, value))
    elif value:
        rows[-1] = (rows[-1][0], f"{rows[-1][1]} {value}")  # a long value goes on in the next line


def _unfinished(line: int) -> Found:
    return Found(line, faults=[_("The reference that begins here has no end: the line ER is missing.")])


def _work(line: int, rows: Rows) -> Found:
    work = Found(line, kind=KINDS.get(rows[0][1].upper(), "report"))
    one = dict(reversed(rows))  # the first of a tag counts
    work.say(work.titles, "", one.get("TI") or one.get("T1") or one.get("CT"))
    work.say(work.abstracts, "", one.get("AB") or one.get("N2"))
    work.put("issued", iso_date(one.get("DA", "")) or iso_date(one.get("PY") or one.get("Y1") or ""))
    work.put("event_date", iso_date(one.get("Y2", "")))
    work.put("pages", "-".join(filter(None, (one.get("SP"), one.get("EP")))))
    work.languages = [one["LA"]] if one.get("LA") else []
    work.themes = [value for tag, value in rows if tag == "KW"]
    for tag, value in rows:
        _row(work, tag, value)
    return work


def _row(work: Found, tag: str, value: str) -> None:
    if tag in _COLUMNS:
        work.put(_COLUMNS[tag], value)
    elif tag in _ROLES:
        work.credit(_ROLES[tag], **divided_name(value))
    elif tag == "DO":
        work.named("doi", value)
    elif tag in ("UR", "L2"):
        work.named("url", value)
    elif tag == "SN":
        work.named("issn" if _ISSN.fullmatch(value.strip()) else "isbn", value)
    elif tag == "N1" and (ours := _OURS.search(value)):
        work.kind, work.licence = ours[2], ours[3]
