"""What an import would do, row by row; nothing is written by making the plan."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from publications.actions.identifiers import normal_identifier
from publications.actions.imports.likeness import near_titles, same_identifiers
from publications.actions.imports.terms import Themes, column_of, kind_of, languages_of, licence_of
from publications.enums import AuthorRole, Lens, Licence, RecordKind, Scheme, Sector, Stratum
from publications.models import Record
from publications.readers.bibliography import Found
from red_mpe.core.locale import COLUMN
from red_mpe.core.states import DomainError

_LISTS = {"lenses": Lens.values, "strata": Stratum.values, "sectors": Sector.values}
_TITLE = 300  # signs, as the column has
_NAMES = {"family": 120, "given": 120, "literal": 250}


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    TWICE = "twice"
    WRONG = "wrong"


@dataclass
class Planned:
    """One row: what was read, what becomes of it and why, and what `start_record` would be given."""

    found: Found
    fate: Fate = Fate.NEW
    reasons: list[str | Promise] = field(default_factory=list)
    same: str = ""  # code of the record that is the same work
    near: bool = False  # only the title is alike
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind in words."""
        kind = self.fields.get("kind")
        return str(RecordKind(kind).label) if kind else ""

    @property
    def authors(self) -> str:
        """The first authors in few words."""
        names = [who.get("literal") or who.get("family", "") for who in self.found.authors]
        return ", ".join(names[:3]) + (" …" if len(names) > 3 else "")

    def refuse(self, reason: str | Promise) -> None:
        """Say why the row cannot become a record."""
        self.fate = Fate.WRONG
        self.reasons.append(reason)


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do."""

    rows: list[Planned]

    @property
    def fingerprint(self) -> str:
        """A word that stands for exactly this plan: who confirms it names what was looked at."""
        told = [(row.fate, row.same, row.found.line, sorted(row.fields.items(), key=lambda pair: pair[0])) for row in self.rows]
        return sha256(repr(told).encode()).hexdigest()[:24]

    def of(self, fate: str) -> list[Planned]:
        """Return the rows with that fate."""
        return [row for row in self.rows if row.fate == fate]


def plan_import(*, works: Sequence[Found], column: str = "es", near_too: bool = False) -> ImportPlan:
    """Say what would become of each work. Titles whose language nothing tells go into `column`.

    A work whose identifier the library or an earlier row has is not made again; nor one whose title is much like one that is
    there, unless `near_too`.
    """
    themes = Themes()
    rows = [_planned(work, column, themes) for work in works]
    _mark_twice(rows, near_too=near_too)
    return ImportPlan(rows)


def _planned(work: Found, column: str, themes: Themes) -> Planned:
    row = Planned(work)
    for fault in work.faults:
        row.refuse(fault)
    if work.faults:
        return row
    languages = languages_of(work.languages)
    own = column_of(languages, column)
    row.fields = {
        "kind": _kind(row),
        "licence": _licence(row),
        "languages": languages,
        "themes": themes.of(work.themes),
        "authors": work.authors,
        "identifiers": _identifiers(row),
        **_texts(row, own),
        **_columns(row),
        **_lists(row),
    }
    _check_names(row)
    return row


def _kind(row: Planned) -> str:
    kind = kind_of(row.found.kind) if row.found.kind else RecordKind.REPORT
    if not kind:
        row.refuse(_("There is no kind “%(kind)s”.") % {"kind": row.found.kind[:60]})
    return str(kind)


def _licence(row: Planned) -> str:
    licence = licence_of(row.found.licence) if row.found.licence else Licence.UNKNOWN
    if not licence:
        row.refuse(_("There is no licence “%(licence)s”.") % {"licence": row.found.licence[:60]})
    return str(licence)


def _texts(row: Planned, own: str) -> dict[str, str]:
    titles = {f"title_{key or own}": text for key, text in row.found.titles.items() if (key or own) in COLUMN.values()}
    abstracts = {f"abstract_{key or own}": text for key, text in row.found.abstracts.items() if (key or own) in COLUMN.values()}
    titles = {name: " ".join(text.split()) for name, text in titles.items()}
    if not titles:
        row.refuse(_("It has no title."))
    if any(len(text) > _TITLE for text in titles.values()):
        row.refuse(_("The title is longer than %(limit)s characters.") % {"limit": _TITLE})
    return titles | abstracts


def _columns(row: Planned) -> dict[str, str]:
    """Return the plain columns as the model takes them; what it does not take is told."""
    for name, value in row.found.columns.items():
        column: Any = Record._meta.get_field(name)
        try:
            column.run_validators(value)
        except ValidationError as error:
            row.refuse(f"{column.verbose_name}: {' '.join(error.messages)}")
    return dict(row.found.columns)


def _lists(row: Planned) -> dict[str, list[str]]:
    found = {name: [code for code in row.found.lists.get(name, []) if code in allowed] for name, allowed in _LISTS.items()}
    countries = [code.upper() for code in row.found.lists.get("countries", [])]
    if wrong := [code for code in countries if len(code) != 2 or not code.isascii() or not code.isalpha()]:
        row.refuse(_("Countries are written with two letters: PE, BO. This is none: %(code)s.") % {"code": wrong[0][:30]})
    return found | {"countries": countries}


def _check_names(row: Planned) -> None:
    for who in row.found.authors:
        if any(len(who.get(part, "")) > limit for part, limit in _NAMES.items()):
            row.refuse(_("A name is too long: %(name)s…") % {"name": (who.get("literal") or who.get("family", ""))[:40]})
        if who["role"] not in AuthorRole.values:
            row.refuse(_("Nobody has the role “%(role)s” in a work.") % {"role": who["role"][:30]})


def _identifiers(row: Planned) -> list[tuple[str, str]]:
    """Return the identifiers in their normal form; our own address is none."""
    found = []
    for scheme, value in row.found.identifiers:
        if value.startswith(f"{settings.BASE_URL}/r/"):
            continue
        try:
            if scheme not in Scheme.values:
                raise DomainError(_("“%(scheme)s” is no kind of identifier.") % {"scheme": scheme[:30]})
            found.append(normal_identifier(scheme, value))
        except DomainError as error:
            row.refuse(f"{value[:80]}: {error}")
    return list(dict.fromkeys(found))


def _mark_twice(rows: list[Planned], *, near_too: bool) -> None:
    good = [row for row in rows if row.fate == Fate.NEW]
    there = same_identifiers(pair for row in good for pair in _strong(row))
    titles = [] if near_too else [title for row in good if (title := row.found.title)]
    near = near_titles(titles) if titles else {}
    seen: dict[object, int] = {}
    for row in good:
        pairs = _strong(row)
        code = next((there[pair] for pair in pairs if pair in there), "")
        if code or (near_code := near.get(row.found.title, "")):
            row.fate, row.same, row.near = Fate.TWICE, code or near_code, not code
            continue
        keys: list[object] = [*pairs, *([] if near_too else [row.found.title.casefold()])]
        if earlier := next((seen[key] for key in keys if key in seen), 0):
            row.fate = Fate.TWICE
            row.reasons.append(_("The same work as in line %(line)s.") % {"line": earlier})
        else:
            seen |= dict.fromkeys(keys, row.found.line)


def _strong(row: Planned) -> list[tuple[str, str]]:
    """Return the identifiers that name one work: an ISSN names a whole journal, and an ISBN a book of which this may be a chapter."""
    names = (Scheme.DOI, Scheme.HANDLE, Scheme.URL, Scheme.ISBN)
    return [pair for pair in row.fields["identifiers"] if pair[0] in names]
