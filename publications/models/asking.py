"""What somebody asks the library: words, terms of the facets, years; read from a query string and written as one."""

import re
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from members.enums import Spoken
from members.models import Group
from publications.enums import Lens, RecordKind, Sector, Stratum
from publications.models.searching import SearchDoc
from red_mpe.core.locale import COLUMN
from red_mpe.core.models import Theme
from red_mpe.core.search import Kept, Question, holding, leaving_out
from red_mpe.core.text import clean_line

FACETS: Final = ("kind", "theme", "lens", "country", "language", "use", "stratum", "sector", "group")
SORTS: Final = ("relevance", "newest", "year", "title")
MOST: Final = 20  # terms of one facet that count
QUERY: Final = 600  # signs of a question that is kept
USES: Final = {
    "free": _("Free to share"),
    "here": _("Files to take away here"),
    "described": _("Described here, read elsewhere"),
}
_TERM = re.compile(r"[A-Za-z0-9.-]{1,60}")
_YEAR = re.compile(r"[12]\d{3}")


def labels(user: Any) -> dict[str, dict[str, Any]]:
    """Return the terms of each facet with their names: themes, and the groups that `user` may know of, with a query each."""
    return {
        "kind": dict(RecordKind.choices),
        "theme": dict(Theme.objects.filter(parent__isnull=False).values_list("code", "name")),
        "lens": dict(Lens.choices),
        "country": dict(countries),
        "language": dict(Spoken.choices),
        "use": USES,
        "stratum": dict(Stratum.choices),
        "sector": dict(Sector.choices),
        "group": dict(Group.objects.visible_to(user).order_by("name").values_list("slug", "name")),
    }


@dataclass(frozen=True)
class Asked:
    """One question to the library. What is no term, no year or no order counts as not asked."""

    words: Question = field(default_factory=lambda: Question(""))
    terms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    since: int | None = None
    until: int | None = None
    sort: str = ""

    @classmethod
    def read(cls, query: QueryDict | str) -> "Asked":
        """Read a query string; never refuses."""
        data = QueryDict(query) if isinstance(query, str) else query
        found = {facet: tuple(dict.fromkeys(one for one in data.getlist(facet) if _TERM.fullmatch(one)))[:MOST] for facet in FACETS}
        since, until = (int(year) if _YEAR.fullmatch(year := data.get(name, "").strip()) else None for name in ("from", "to"))
        return cls(
            Question(clean_line(data.get("q", "")[:1_000]), literal=data.get("exact") == "1"),
            {facet: values for facet, values in found.items() if values},
            since,
            until,
            data.get("sort", "") if data.get("sort", "") in SORTS else "",
        )

    def only(self, known: dict[str, Any]) -> "Asked":
        """Return the question without terms that the reader's facets do not have: they count as not asked."""
        terms = {facet: tuple(one for one in values if one in known[facet]) for facet, values in self.terms.items()}
        return replace(self, terms={facet: values for facet, values in terms.items() if values})

    @property
    def is_empty(self) -> bool:
        """Nothing narrows the library."""
        return not (self.words or self.terms or self.since or self.until)

    @property
    def order(self) -> str:
        """The order asked for; with words the best first, without them the newest."""
        wanted = self.sort or "relevance"
        return "newest" if wanted == "relevance" and not self.words else wanted

    def pairs(self, *, sort: bool = False) -> list[tuple[str, str]]:
        """The question as name and value, in one order whatever the order asked in."""
        values = [("q", str(self.words))] if self.words else []
        values += [("exact", "1")] if self.words and self.words.literal else []
        values += [(facet, value) for facet in FACETS for value in sorted(self.terms.get(facet, ()))]
        values += [(name, str(year)) for name, year in (("from", self.since), ("to", self.until)) if year]
        return values + ([("sort", self.sort)] if sort and self.sort else [])

    @property
    def besides_words(self) -> list[tuple[str, str]]:
        """What a form with other words carries along."""
        return [pair for pair in self.pairs(sort=True) if pair[0] not in ("q", "exact")]

    @property
    def query(self) -> str:
        """The query string in its normal form, without the order."""
        return urlencode(self.pairs())

    @property
    def words_match(self) -> Q:
        """The condition that a record holds the words in some language; nothing holds words without weight."""
        if not self.words:
            return Q()
        vectors = {c: Kept(f"words_{c}") for c in COLUMN.values()}
        found = reduce(or_, (Q(condition) for condition in holding(vectors, self.words).values()), Q(pk__in=[]))
        return found & leaving_out(vectors, self.words)

    def narrow(self, docs: Any, *, besides: str = "", words: bool = True) -> Any:
        """Return the documents that are asked for, the facet `besides` left aside."""
        for facet, values in self.terms.items():
            if facet != besides:
                docs = docs.filter(terms__overlap=[f"{facet}:{value}" for value in values])
        if self.since:
            docs = docs.filter(record__year__gte=self.since)
        if self.until:
            docs = docs.filter(record__year__lte=self.until)
        return docs.filter(self.words_match) if words else docs

    def new_since(self, user: Any, since: Any, until: Any) -> Any:
        """Return the keys of the records that `user` may see, that answer, and that came after `since` until `until`; the newest first."""
        docs = (
            self.only(labels(user))
            .narrow(SearchDoc.objects.listed_for(user))
            .filter(record__published_at__gt=since, record__published_at__lte=until)
        )
        return docs.order_by("-record__published_at", "-pk").values_list("pk", flat=True)
