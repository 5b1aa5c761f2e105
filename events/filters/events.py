"""Facets over a bounded list of events (those ahead, or those of one year): three queries read all of it, the rest is counting."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django_countries import countries

from events.enums import EventKind, EventMode
from events.models import Event
from members.enums import Spoken
from members.models import Group
from members.models.texts import told

LEGENDS: Final = {
    "kind": _("Kind"),
    "mode": _("How one takes part"),
    "theme": _("Theme"),
    "country": _("Country"),
    "group": _("Group"),
    "language": _("Language"),
}
_THROUGH: Any = (Event.themes.through, Event.groups.through)
_NAMES: Final = ("name_es", "name_en", "name_pt")


@dataclass(frozen=True)
class Option:
    """One term of a facet with how many it would leave."""

    value: str
    label: str
    count: int
    selected: bool


class EventFilter:
    """What was asked for, over the events of `scope`; an unknown term asks for nothing."""

    def __init__(self, data: Any, scope: Any, reader: Any) -> None:
        self.scope, self.reader = scope, reader
        self.labels: dict[str, dict[str, str]] = {
            "kind": {value: str(label) for value, label in EventKind.choices},
            "mode": {value: str(label) for value, label in EventMode.choices},
            "country": dict(countries),
            "language": dict(Spoken.choices),
            "theme": {},
            "group": {},
        }
        self._terms: dict[str, dict[int, set[str]]] = {facet: defaultdict(set) for facet in LEGENDS}
        self._order: list[int] = []
        self._read()
        self.chosen = {facet: wanted for facet in LEGENDS if (wanted := set(data.getlist(facet)) & set(self.labels[facet]))}

    def _read(self) -> None:
        for pk, kind, mode, places, languages in self.scope.values_list("pk", "kind", "mode", "countries", "languages"):
            self._order.append(pk)
            found = {"kind": {kind}, "mode": {mode}, "country": set(places), "language": set(languages)}
            for facet, terms in found.items():
                self._terms[facet][pk] = terms
        events = self.scope.order_by().values("pk")
        themes, groups = _THROUGH
        self._read_related("theme", themes.objects.filter(event__in=events), "theme__code")
        seen = Group.objects.visible_to(self.reader).values("pk")
        self._read_related("group", groups.objects.filter(event__in=events, group__in=seen), "group__slug")

    def _read_related(self, facet: str, pairs: Any, code: str) -> None:
        names = [f"{facet}__{name}" for name in _NAMES]
        for pk, term, *words in pairs.values_list("event", code, *names):
            self._terms[facet][pk].add(term)
            self.labels[facet].setdefault(term, told(dict(zip(_NAMES, words, strict=True)), "name").text or term)

    def _passes(self, pk: int, besides: str = "") -> bool:
        return all(self._terms[facet][pk] & wanted for facet, wanted in self.chosen.items() if facet != besides)

    @cached_property
    def found(self) -> list[int]:
        """The keys of what was asked for, in the order of the scope."""
        return [pk for pk in self._order if self._passes(pk)]

    def groups(self) -> dict[int, tuple[str, ...]]:
        """The names of the groups of each event, as far as the reader may see them."""
        return {pk: tuple(sorted(self.labels["group"][term] for term in terms)) for pk, terms in self._terms["group"].items()}

    def options(self, facet: str) -> list[Option]:
        """The terms of a facet that leave something, and those chosen, by name."""
        tally = Counter(term for pk in self._order if self._passes(pk, facet) for term in self._terms[facet][pk])
        chosen = self.chosen.get(facet, set())
        terms = [(code, label) for code, label in self.labels[facet].items() if tally[code] or code in chosen]
        return [Option(code, str(label), tally[code], code in chosen) for code, label in sorted(terms, key=lambda term: term[1].casefold())]

    @property
    def facets(self) -> list[dict[str, Any]]:
        """All facets with their terms."""
        return [{"name": facet, "legend": legend, "options": self.options(facet)} for facet, legend in LEGENDS.items()]
