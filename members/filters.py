"""The directory: filters over what the reader may see, and facets that count nothing else."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import django_filters
from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django_countries import countries

from members.enums import Audience
from members.models import Affiliation, Organisation, Person, told
from members.rules import audiences_of
from red_mpe.core.models import StakeholderCategory, Theme
from red_mpe.core.predicates import is_secretariat
from red_mpe.core.search import CAP, SHORTEST, Fold, names_like

FACETS: Final = ("chamber", "category", "country", "theme")
SIZE: Final = 20


@dataclass(frozen=True)
class Option:
    """One term of a facet with how many it would leave."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass
class Terms:
    """The taxonomies by code, read once for a page."""

    categories: dict[int, StakeholderCategory] = field(default_factory=dict)
    themes: dict[int, Theme] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Terms":
        """Read them with two queries."""
        categories = StakeholderCategory.objects.select_related("chamber").order_by("chamber__position", "position", "code")
        return cls({one.pk: one for one in categories}, {one.pk: one for one in Theme.objects.filter(parent__isnull=False)})

    @cached_property
    def chambers(self) -> dict[str, str]:
        """Names of the chambers by code, in their order."""
        return {one.chamber.code: one.chamber.name for one in self.categories.values()}

    @cached_property
    def countries(self) -> dict[str, str]:
        """Names of all countries by code."""
        return dict(countries)

    def choices(self, facet: str) -> list[tuple[str, str]]:
        """Codes and names of one facet."""
        if facet in ("category", "theme"):
            terms: Iterable[Any] = self.categories.values() if facet == "category" else self.themes.values()
            return [(one.code, one.name) for one in terms]
        return list((self.chambers if facet == "chamber" else self.countries).items())


class DirectoryFilter(django_filters.FilterSet):
    """What both halves of the directory share: a name, and four facets of which each may have several terms."""

    name = django_filters.CharFilter(method="by_name", max_length=100)
    chamber = django_filters.MultipleChoiceFilter(method="by_chamber")
    category = django_filters.MultipleChoiceFilter(method="by_category")
    country = django_filters.MultipleChoiceFilter(method="by_country")
    theme = django_filters.MultipleChoiceFilter(method="by_theme")

    names: tuple[str, ...] = ("name",)

    def __init__(self, data: Any, *, reader: Any) -> None:
        self.reader = reader
        self.terms = Terms.read()
        super().__init__(data, self._meta.model.objects.visible_to(reader))
        for facet in FACETS:
            self.filters[facet].extra["choices"] = self.terms.choices(facet)

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """What was asked for and exists; unknown terms count as not asked."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def letters(self) -> int:
        """How many letters of a name were given."""
        return len("".join(self.chosen.get("name", "").split()))

    @property
    def is_asked(self) -> bool:
        """Whether three letters of a name or a facet narrow the list."""
        return self.letters >= SHORTEST or any(name in self.chosen for name in FACETS)

    def narrowed(self, *names: str) -> QuerySet[Any]:
        """Apply only the filters named."""
        rows = self.queryset
        for name in names:
            if name in self.chosen:
                rows = self.filters[name].filter(rows, self.chosen[name])
        return rows

    def by_name(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Names that hold every word, accents and capitals ignored; less than three letters ask for nothing."""
        return names_like(rows, value, *self.names) if self.letters >= SHORTEST else rows

    def by_chamber(self, rows: QuerySet[Any], name: str, value: list[str]) -> QuerySet[Any]:
        return self.showing(rows, "category").filter(category__chamber__code__in=value)

    def by_category(self, rows: QuerySet[Any], name: str, value: list[str]) -> QuerySet[Any]:
        return self.showing(rows, "category").filter(category__code__in=value)

    def by_country(self, rows: QuerySet[Any], name: str, value: list[str]) -> QuerySet[Any]:
        return self.showing(rows, "country").filter(country__in=value)

    def by_theme(self, rows: QuerySet[Any], name: str, value: list[str]) -> QuerySet[Any]:
        through = self._meta.model.themes.through
        holders = through.objects.filter(theme__code__in=value).values(self._meta.model._meta.model_name)
        return self.showing(rows, "themes").filter(pk__in=holders)

    def showing(self, rows: QuerySet[Any], field: str) -> QuerySet[Any]:
        """Leave only the rows that show this field to the reader."""
        return rows

    def shown(self, field: str) -> Any:
        """The column as the reader may see it: empty where it is not shown."""
        return F(field)

    @cached_property
    def _groups(self) -> list[tuple[str, str, str, int]]:
        """How many share chamber, category and country as shown to the reader: one query for three facets and the total."""
        rows = self.narrowed("name", "theme").order_by()
        rows = rows.annotate(seen_category=self.shown("category_id"), seen_country=self.shown("country"))
        found = rows.values("seen_category", "seen_country").annotate(n=Count("pk")).values_list("seen_category", "seen_country", "n")
        return [(*self._codes(category), country or "", n) for category, country, n in found]

    def _codes(self, category: int | None) -> tuple[str, str]:
        term = self.terms.categories.get(category or 0)
        return (term.chamber.code, term.code) if term else ("", "")

    def _passing(self, besides: str = "") -> Iterable[tuple[str, str, str, int]]:
        """Those that pass the three facets, `besides` one of them left aside."""
        tests = [(place, set(self.chosen[name])) for place, name in enumerate(FACETS[:3]) if name != besides and name in self.chosen]
        return (group for group in self._groups if all(group[place] in wanted for place, wanted in tests))

    @property
    def total(self) -> int:
        """How many the whole question finds."""
        return sum(group[3] for group in self._passing())

    def counts(self, facet: str) -> dict[str, int]:
        """How many each term of a facet would leave, with the other facets as they are."""
        if facet == "theme":
            return self._theme_counts()
        tally: Counter[str] = Counter()
        place = FACETS.index(facet)
        for group in self._passing(besides=facet):
            tally[str(group[place])] += group[3]
        return tally

    def _theme_counts(self) -> dict[str, int]:
        rows = self.showing(self.narrowed("name", "chamber", "category", "country"), "themes")
        through = self._meta.model.themes.through
        held = through.objects.filter(**{f"{self._meta.model._meta.model_name}__in": rows.order_by().values("pk")})
        pairs = held.values_list("theme").annotate(n=Count("pk")).order_by()
        return {self.terms.themes[theme].code: n for theme, n in pairs if theme in self.terms.themes}

    def options(self, facet: str) -> list[Option]:
        """The terms of a facet that leave something, and those chosen."""
        counts, chosen = self.counts(facet), set(self.chosen.get(facet, ()))
        options = [Option(code, str(label), counts.get(code, 0), code in chosen) for code, label in self.terms.choices(facet)]
        return [option for option in options if option.count or option.selected]

    @property
    def facets(self) -> list[tuple[str, list[Option]]]:
        """All facets with their terms."""
        return [(facet, self.options(facet)) for facet in FACETS]

    def found(self) -> QuerySet[Any]:
        """The rows of the list, by name."""
        return self.narrowed("name", *FACETS).order_by(Fold("name"), "pk")

    def page(self, number: str | None) -> Page[Any]:
        """One page of rows; beyond a thousand one asks more closely."""
        return _Capped(self.found(), SIZE, total=min(self.total, CAP)).get_page(number)


class _Capped(Paginator):  # type: ignore[type-arg]
    """Pages over rows that were counted already."""

    def __init__(self, rows: QuerySet[Any], size: int, *, total: int) -> None:
        self.total = total
        super().__init__(rows, size)

    @cached_property
    def count(self) -> int:
        return self.total


class OrganisationFilter(DirectoryFilter):
    """Organisations: what is shown at all is shown whole."""

    names = ("name", "acronym")

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = ()

    def cards(self, request: HttpRequest) -> Page[Any]:
        """One page of cards."""
        columns = ("slug", "name", "acronym", "country", "category_id", "invented", "description_es", "description_en", "description_pt")
        page = self.page(request.GET.get("page"))
        page.object_list = [
            {**row, "category": self.terms.categories[row["category_id"]], "place": self.terms.countries.get(row["country"], "")}
            | {"told": told(row, "description")}
            for row in page.object_list.values(*columns)  # type: ignore[attr-defined]
        ]
        return page


class PersonFilter(DirectoryFilter):
    """People: each field is counted, found and shown only to the audience its owner chose."""

    class Meta:
        model = Person
        fields: tuple[str, ...] = ()

    def showing(self, rows: QuerySet[Any], field: str) -> QuerySet[Any]:
        return rows.showing(field, self.reader)  # type: ignore[attr-defined]

    def shown(self, field: str) -> Any:
        audience = f"{field.removesuffix('_id')}_audience__in"
        return Case(When(Q(**{audience: audiences_of(self.reader)}), then=F(field)), default=Value(None))

    @property
    def is_open(self) -> bool:
        """Whether everybody whom the reader may see is listed; without a question a member sees only who is shown to everybody."""
        return self.is_asked or is_secretariat(self.reader)

    @property
    def total(self) -> int:
        return super().total if self.is_open else self.found().order_by()[: CAP + 1].count()

    def found(self) -> QuerySet[Any]:
        rows = super().found()
        return rows if self.is_open else rows.filter(name_audience=Audience.PUBLIC)

    def cards(self, request: HttpRequest) -> Page[Any]:
        """One page of cards with the organisations the reader may know of."""
        page = self.page(request.GET.get("page"))
        texts = [f"{name}_{column}" for name in ("offers", "seeks") for column in ("es", "en", "pt")]
        seen = [f"{name}_audience" for name in ("category", "country", "exchange")]
        rows = list(page.object_list.values("pk", "slug", "name", "country", "category_id", "invented", *texts, *seen))  # type: ignore[attr-defined]
        houses = self._organisations([row["pk"] for row in rows])
        page.object_list = [self._card(row, houses.get(row["pk"], [])) for row in rows]
        return page

    def _card(self, row: dict[str, Any], houses: list[str]) -> dict[str, Any]:
        mine = audiences_of(self.reader)
        sees = {name: row[f"{name}_audience"] in mine for name in ("category", "country", "exchange")}
        return {
            "slug": row["slug"],
            "name": row["name"],
            "invented": row["invented"],
            "houses": ", ".join(houses),
            "category": self.terms.categories[row["category_id"]] if sees["category"] else None,
            "place": self.terms.countries.get(row["country"], "") if sees["country"] else "",
            "offers": told(row, "offers") if sees["exchange"] else None,
            "seeks": told(row, "seeks") if sees["exchange"] else None,
        }

    def _organisations(self, people: list[int]) -> dict[int, list[str]]:
        """Names of the present organisations of each person."""
        rows = Affiliation.objects.visible_to(self.reader).on(timezone.localdate()).filter(person__in=people)
        houses: dict[int, list[str]] = {}
        for person, name in rows.order_by("organisation__name").values_list("person", "organisation__name"):
            houses.setdefault(person, []).append(name)
        return houses
