"""A table as spreadsheets save it: CSV with comma, semicolon or tab; headings in any of our languages."""

import csv
import io
from collections.abc import Iterator

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .found import Found, ReadError, divided_name, iso_date

#: Columns of the table in their order: code, and heading.
HEADINGS = {
    "kind": pgettext_lazy("heading of the table", "kind"),
    "title_es": pgettext_lazy("heading of the table", "title in Spanish"),
    "title_en": pgettext_lazy("heading of the table", "title in English"),
    "title_pt": pgettext_lazy("heading of the table", "title in Portuguese"),
    "abstract_es": pgettext_lazy("heading of the table", "abstract in Spanish"),
    "abstract_en": pgettext_lazy("heading of the table", "abstract in English"),
    "abstract_pt": pgettext_lazy("heading of the table", "abstract in Portuguese"),
    "languages": pgettext_lazy("heading of the table", "languages of the work"),
    "issued": pgettext_lazy("heading of the table", "date"),
    "authors": pgettext_lazy("heading of the table", "authors"),
    "editors": pgettext_lazy("heading of the table", "editors"),
    "publisher": pgettext_lazy("heading of the table", "publisher"),
    "place": pgettext_lazy("heading of the table", "place"),
    "edition": pgettext_lazy("heading of the table", "edition"),
    "container": pgettext_lazy("heading of the table", "published in"),
    "volume": pgettext_lazy("heading of the table", "volume"),
    "issue": pgettext_lazy("heading of the table", "issue"),
    "pages": pgettext_lazy("heading of the table", "pages"),
    "number": pgettext_lazy("heading of the table", "number"),
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "url": pgettext_lazy("heading of the table", "address"),
    "licence": pgettext_lazy("heading of the table", "licence"),
    "themes": pgettext_lazy("heading of the table", "themes"),
    "countries": pgettext_lazy("heading of the table", "countries"),
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 400_000  # signs in one cell


def _said(heading: object) -> str:
    return " ".join(str(heading).strip().strip("\ufeff'\"").casefold().split())


def headings(language: str) -> list[str]:
    """Return the headings in one language."""
    with translation.override(language):
        return [str(heading) for heading in HEADINGS.values()]


def _known() -> dict[str, str]:
    """Return what each heading means, said in whichever of our languages."""
    known = {code: code for code in HEADINGS}
    for language, _name in settings.LANGUAGES:
        known |= {_said(heading): code for heading, code in zip(headings(language), HEADINGS, strict=True)}
    return known


def works(text: str) -> Iterator[Found]:
    """Yield each row under the headings; empty rows are left out. Refused without a column for titles, or when it is no table."""
    try:
        rows = list(_cells(text.lstrip("\ufeff")))
    except csv.Error:
        raise ReadError(_("The table cannot be read: a quotation mark is not closed, or a cell is too long.")) from None
    known = _known()
    codes = [known.get(_said(cell), "") for cell in rows[0][1]] if rows else []
    if not any(code.startswith("title_") for code in codes):
        raise ReadError(
            _("This is no BibTeX, RIS or JSON, and as a table it has no heading for the title. Take the template and keep its first line.")
        )
    for line, cells in rows[1:]:
        values = {code: _bare(cell) for code, cell in zip(codes, cells, strict=False) if code}
        if any(values.values()):
            yield _work(line, values)


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.partition("\n")[0]
    sign = max(";,\t", key=first.count)
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    line = 1
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1


def _bare(cell: str) -> str:
    """Return a cell without the sign that keeps a spreadsheet from calculating it."""
    words = cell.strip()
    return words[1:] if words[:1] == "'" and words[1:2] in _FORMULA else words


def safe_cell(words: str) -> str:
    """Return words that no spreadsheet takes for a formula; `_bare` gives them back."""
    return f"'{words}" if words.startswith(_FORMULA) else words


def _work(line: int, values: dict[str, str]) -> Found:
    work = Found(line, kind=values.get("kind", ""))
    for column in ("es", "en", "pt"):
        work.say(work.titles, column, values.get(f"title_{column}"))
        work.say(work.abstracts, column, values.get(f"abstract_{column}"))
    issued = values.get("issued", "")
    work.put("issued", iso_date(issued) or issued)
    for name in ("publisher", "place", "edition", "container", "volume", "issue", "pages", "number"):
        work.put(name, values.get(name))
    for name, role in (("authors", "author"), ("editors", "editor")):
        for who in _list(values.get(name, "")):
            work.credit(role, **divided_name(who))
    for scheme in ("doi", "isbn", "issn", "url"):
        for value in _list(values.get(scheme, "")) if scheme != "url" else values.get(scheme, "").split():
            work.named(scheme, value)
    work.languages, work.themes = _list(values.get("languages", "")), _list(values.get("themes", ""))
    work.licence = values.get("licence", "")
    work.lists = {"countries": _list(values.get("countries", ""))}
    return work


def _list(words: str) -> list[str]:
    return [part.strip() for part in words.split(";") if part.strip()]


def template(language: str) -> str:
    """Return an empty table with one example, as a spreadsheet opens it: UTF-8 with its mark, semicolons."""
    example = {
        "kind": "report",
        "title_es": "Título de la obra",
        "title_en": "Title of the work",
        "title_pt": "Título da obra",
        "languages": "es; pt-br",
        "issued": "2024-05",
        "authors": "Quispe, Rosa; Ribeiro, João; Cooperativa Oro Claro",
        "publisher": "Red MPE",
        "place": "Lima",
        "url": "https://example.org/obra.pdf",
        "licence": "CC-BY-4.0",
        "countries": "PE; BO",
    }
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(headings(language))
    writer.writerow([safe_cell(example.get(code, "")) for code in HEADINGS])
    return f"\ufeff{out.getvalue()}"
