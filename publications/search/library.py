"""The library as a list: what is asked, how many each facet would leave, one page of cards. Facets count nothing the reader may not see."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from django.core.cache import cache
from django.core.paginator import Page
from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from members.enums import Spoken
from publications.enums import LISTED, Access, RecordKind, RecordState
from publications.models import Asked, Author, File, SearchDoc
from publications.models.asking import FACETS, labels
from publications.rules import groups_of, is_editor, is_member
from publications.search.ranking import in_order, shown, titles_like
from red_mpe.core.listing import PAGE, CountedPaginator
from red_mpe.core.locale import COLUMN, language_name
from red_mpe.core.search import CAP, Question, suggestion

BOUND: Final = 10_000  # records that the facets of a question count: of more, so many of them
MANY: Final = 2_000  # of a library of more records the facets without a question are kept for a while
KEPT: Final = 300  # seconds
FEW: Final = 3  # hits of which one wonders whether the word was meant
LIKE: Final = 5  # titles shown when nothing was found
NAMES: Final = 3  # authors on a card

LEGENDS = {
    "kind": _("Kind"),
    "theme": _("Theme"),
    "lens": _("Lens"),
    "country": _("Country"),
    "language": _("Language of the work"),
    "use": _("What one may do with it"),
    "stratum": _("Stratum"),
    "sector": _("Sector learnt from"),
    "group": _("Group"),
}

CLOSED: dict[str, Any] = {Access.REQUEST: _("files on request"), Access.MEMBERS: _("for members"), Access.GROUP: _("for one group")}
#: What files call themselves; others by the last part of their media type.
TYPES = {
    "application/pdf": "PDF",
    "text/html": "HTML",
    "application/epub+zip": "EPUB",
    "text/plain": "TXT",
    "text/csv": "CSV",
    "application/zip": "ZIP",
}
_OFFICE = {
    "wordprocessingml": "DOCX",
    "presentationml": "PPTX",
    "spreadsheetml": "XLSX",
    "opendocument.text": "ODT",
    "opendocument.pres": "ODP",
}


@dataclass(frozen=True)
class Option:
    """One term of a facet with how many it would leave: a number, or with a plus where there are more than were counted."""

    value: str
    label: str
    count: str
    selected: bool


@dataclass(frozen=True)
class Chosen:
    """Something that narrows the list, and the address of the list without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Card:
    """A record in the list."""

    url: str
    code: str
    kind: str
    year: int | None
    title: Any
    lang: str
    languages: str
    snippet: Any
    snippet_lang: str
    authors: str
    file: dict[str, Any] | None
    is_new: bool
    invented: bool
    closed: str
    other: str


class LibraryFilter:
    """What somebody asks the library and what `reader` gets; read with a number of queries that depends on neither."""

    def __init__(self, data: QueryDict, *, reader: Any) -> None:
        self.reader = reader
        self.labels = labels(reader)
        self.asked = Asked.read(data).only(self.labels)
        self.number = data.get("page", "")

    @cached_property
    def docs(self) -> QuerySet[Any]:
        """What the reader may see at all."""
        return SearchDoc.objects.listed_for(self.reader)

    @property
    def words(self) -> Question:
        """The words that were asked for."""
        return self.asked.words

    @cached_property
    def _counted(self) -> dict[str, dict[str, int]]:
        """For the question and for the question without each chosen facet: how many records hold each term."""
        if self.words and not self.words.ready:  # nothing but signs and words without weight: they find nothing
            return {name: {} for name in ("", *self.asked.terms)}
        found = {"": self._whole()} if self.asked.is_empty else {}
        alone = [facet for facet in self.asked.terms if self._is_all_but(facet)]
        found |= {facet: self._whole() for facet in alone}
        open_ = [name for name in ("", *self.asked.terms) if name not in found]
        return found | _tally({name: self.asked.narrow(self.docs, besides=name).order_by()[:BOUND] for name in open_})

    def _is_all_but(self, facet: str) -> bool:
        asked = self.asked
        return not (asked.words or asked.since or asked.until) and list(asked.terms) == [facet]

    def _whole(self) -> dict[str, int]:
        """The tally of all that the reader may see; of a large library kept for a while, for all readers of one audience."""
        key = f"library:facets:{_audience(self.reader)}"
        found: dict[str, int] | None = cache.get(key)
        if found is None:
            found = _tally({"": self.docs.order_by()})[""]
            if found.get("all:1", 0) > MANY:
                cache.set(key, found, KEPT)
        return found

    @cached_property
    def total(self) -> int:
        """How many records the question finds; of very many, that they are many."""
        return self._counted[""].get("all:1", 0)

    @property
    def facets(self) -> list[dict[str, Any]]:
        """All facets with those of their terms that leave something, and those chosen."""
        found = [(facet, self._options(facet)) for facet in FACETS]
        return [
            {"name": facet, "legend": LEGENDS[facet], "options": options, "open": facet == "kind" or facet in self.asked.terms}
            for facet, options in found
            if options
        ]

    def _options(self, facet: str) -> list[Option]:
        chosen = self.asked.terms.get(facet, ())
        tally = self._counted[facet if chosen else ""]
        more = "+" if tally.get("all:1", 0) == BOUND and not self.asked.is_empty else ""
        counts = ((value, label, tally.get(f"{facet}:{value}", 0)) for value, label in self.labels[facet].items())
        return [Option(value, str(label), f"{n}{more}", value in chosen) for value, label, n in counts if n or value in chosen]

    @property
    def chosen(self) -> list[Chosen]:
        """What narrows the list, each with the address without it."""
        found = []
        for name, value in self.asked.pairs():
            if name != "exact":
                gone = ("q", "exact", "sort") if name == "q" else ()
                rest = [pair for pair in self.asked.pairs(sort=True) if pair != (name, value) and pair[0] not in gone]
                found.append(Chosen(self._label(name, value), _address(rest)))
        return found

    def _label(self, name: str, value: str) -> str:
        if name in self.labels:
            return str(self.labels[name][value])
        return str({"q": format_lazy("“{}”", value), "from": _since(value), "to": _until(value)}[name])

    @cached_property
    def page(self) -> Page[Any]:
        """One page of keys; beyond a thousand one asks more closely."""
        number = int(self.number) if self.number.isascii() and self.number.isdecimal() and len(self.number) < 4 else 1
        docs = in_order(self.asked.narrow(self.docs), self.asked, number * PAGE)
        return CountedPaginator(docs.values_list("pk", flat=True), PAGE, min(self.total, CAP)).get_page(number)

    @cached_property
    def better(self) -> str:
        """The words as they may have been meant, when they find little; only words that this reader would find something with."""
        if not self.words or self.total > FEW:
            return ""
        found = suggestion(self.words)
        return found if found and replace(self.asked, words=Question(found)).narrow(self.docs).exists() else ""

    def address(self, **other: str) -> str:
        """Return the address of this list asked a little differently; an empty value takes a part away."""
        pairs = [pair for pair in self.asked.pairs(sort=True) if pair[0] not in other]
        return _address(pairs + [(name, value) for name, value in other.items() if value])

    @cached_property
    def alike(self) -> list[Card]:
        """Records with words alike in their title, when nothing is found and nothing better is known."""
        if not self.words or self.total or self.better:
            return []
        return cards(list(titles_like(self.docs, self.words).values_list("pk", flat=True)[:LIKE]), self.words, self.reader)

    def cards(self, since: Any = None) -> list[Card]:
        """The cards of the page; those that came after `since` are new."""
        return cards(list(self.page.object_list), self.words, self.reader, since)


def _tally(sets: dict[str, QuerySet[Any]]) -> dict[str, dict[str, int]]:
    """Return how many documents of each set hold each term, with one query."""
    found: dict[str, dict[str, int]] = {name: {} for name in sets}
    if not sets:
        return found
    parts = [(name, *rows.values("terms").query.sql_with_params()) for name, rows in sets.items()]
    union = " UNION ALL ".join(
        f"SELECT %s, t, count(*) FROM ({sql}) rows, unnest(rows.terms) t GROUP BY t"  # noqa: S608 - Django's SQL
        for _name, sql, _values in parts
    )
    with connection.cursor() as cursor:
        cursor.execute(union, [value for name, _sql, values in parts for value in (name, *values)])
        for name, term, count in cursor.fetchall():
            found[name][term] = count
    return found


def _audience(reader: Any) -> str:
    """Return what readers have in common who see the same records."""
    if is_editor(reader):
        return "editors"
    return "members:" + ".".join(map(str, sorted(groups_of(reader)))) if is_member(reader) else "everybody"


def cards(keys: list[int], words: Question, reader: Any, since: Any = None) -> list[Card]:
    """Return the cards of those records in that order, with four queries."""
    if not keys:
        return []
    rows = {row["record_id"]: row for row in SearchDoc.objects.listed_for(reader).filter(pk__in=keys).values(*_COLUMNS)}
    texts, authors, files = shown(keys, words), _authors(keys), _files(keys, reader)
    return [_card(rows[key], texts[key], authors.get(key, []), files.get(key), since) for key in keys if key in rows and key in texts]


_COLUMNS = (
    "record_id",
    *(f"record__{name}" for name in ("code", "kind", "year", "languages", "published_at", "invented", "state", "access")),
)


def _card(row: dict[str, Any], text: Any, authors: list[str], file: dict[str, Any] | None, since: Any) -> Card:
    came = row["record__published_at"]
    return Card(
        url=reverse("publications:record_detail", args=[row["record__code"]]),
        code=row["record__code"],
        kind=str(RecordKind(row["record__kind"]).label),
        year=row["record__year"],
        title=text.title or row["record__code"],
        lang=text.title_lang,
        languages=", ".join(Spoken(one).label for one in row["record__languages"] if one in Spoken.values),
        snippet=text.snippet,
        snippet_lang=text.snippet_lang,
        authors="; ".join(authors[:NAMES]) + (" …" if len(authors) > NAMES else ""),
        file=file,
        is_new=bool(since and came and came > since),
        invented=row["record__invented"],
        closed=_closed(row["record__state"], row["record__access"]),
        other="" if text.title_lang == get_language() or not text.title else language_name(COLUMN[text.title_lang]),
    )


def _closed(state: str, access: str) -> str:
    """Return why not everybody may have it; nothing where everybody may."""
    if state == RecordState.EMBARGOED:
        return str(RecordState.EMBARGOED.label)
    return str(CLOSED.get(access, ""))


def _authors(keys: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for author in Author.objects.filter(record__in=keys, record__state__in=LISTED).order_by("position", "id"):
        found.setdefault(author.record_id, []).append(str(author))
    return found


def _files(keys: Iterable[int], reader: Any) -> dict[int, dict[str, Any]]:
    """Return the first file of each record that `reader` may have: its size is told before anybody takes it."""
    rows = File.objects.downloadable_by(reader).newest().filter(record__in=keys).order_by("-position", "-number")
    columns = ("record_id", "number", "media_type", "size", "pages", "thumbnail", "thumbnail_width", "thumbnail_height")
    return {row["record_id"]: row | {"type": _type(row["media_type"])} for row in rows.values(*columns)}


def _type(media: str) -> str:
    office = next((name for part, name in _OFFICE.items() if part in media), "")
    return TYPES.get(media) or office or media.rpartition("/")[2][:8].upper()


def _since(year: str) -> Any:
    return format_lazy(_("since {year}"), year=year)


def _until(year: str) -> Any:
    return format_lazy(_("until {year}"), year=year)


def _address(pairs: list[tuple[str, str]]) -> str:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    return f"{reverse('publications:library')}{'?' if pairs else ''}{query.urlencode()}"
