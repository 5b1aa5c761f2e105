"""Minutes across the meetings of a group, as far as the reader sees them: what was minuted, resolved, and is to be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final

from django.apps import apps
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse

from events.enums import MinutesState, ResolutionKind, TaskState
from events.querysets.minuted import tone_of
from members.models.texts import Told, told
from red_mpe.core.locale import short_day
from red_mpe.core.search import SHORTEST, Fold

_TRIO: Final = ("es", "en", "pt")
#: What is searched in minutes: the model, its way to them, its words.
_SOUGHT: Final = (
    ("Minutes", "pk", ("opening",)),
    ("MinutesItem", "minutes", ("title", "summary")),
    ("Resolution", "item__minutes", ("text",)),
    ("Task", "item__minutes", ("text",)),
)
_MOST_WORDS: Final = 4  # of a search; what follows is not looked for


def _model(name: str) -> Any:
    return apps.get_model("events", name).objects


@dataclass(frozen=True)
class Meeting:
    """One meeting of the list: when, what it is called, how much came of it."""

    pk: int
    url: str
    title: Told
    day: str
    state: str
    tone: str
    decisions: int
    agreements: int
    tasks: int


class Compiled:
    """The minutes of a group that `user` reads, of one year or of all, and with words in them."""

    def __init__(self, group: Any, user: Any, *, year: int | None = None, words: str = "") -> None:
        self.user, self.year, self.words = user, year, words.strip()
        self.all = _model("Minutes").visible_to(user).out().of_group(group)
        self.scope = self.all.filter(event__starts_on__year=year) if year else self.all

    def years(self) -> list[int]:
        """The years in which there are minutes, the last first."""
        return list(self.all.order_by("-event__starts_on__year").values_list("event__starts_on__year", flat=True).distinct())

    def minutes(self) -> QuerySet[Any]:
        """Those with every word anywhere in them, the last first."""
        found = self.scope
        for part in _parts(self.words):
            found = found.filter(reduce(or_, (_said(name, way, part, columns) for name, way, columns in _SOUGHT)))
        return found

    def resolutions(self) -> QuerySet[Any]:
        """Decisions and agreements, the last meeting first; what was struck out is left out."""
        rows = _model("Resolution").filter(item__minutes__in=self._keys()).filter(Q(text_es__gt="") | Q(text_en__gt="") | Q(text_pt__gt=""))
        order = ("-item__minutes__event__starts_at", "-item__minutes", "item__position", "item", "position", "pk")
        return _holding(rows, self.words, "text", "item__title").order_by(*order)

    def tasks(self, *, state: str = "", who: str = "") -> QuerySet[Any]:
        """Tasks: open ones first, the most urgent on top, then what is closed; `who` is `p` or `o` and a key."""
        rows = _holding(_model("Task").filter(item__minutes__in=self._keys()), self.words, "text", "item__title")
        if state:
            rows = rows.filter(state=TaskState.OPEN) if state == TaskState.OPEN else rows.exclude(state=TaskState.OPEN)
        if who:
            rows = rows.filter(**{"person" if who[0] == "p" else "organisation": int(who[1:])})
        closed = Case(When(state=TaskState.OPEN, then=Value(0)), default=Value(1))
        return rows.order_by(closed, F("due_on").asc(nulls_last=True), "pk")

    def takers(self) -> list[tuple[str, str]]:
        """Who took something, as far as the reader sees them: `p` or `o` with the key, and the name."""
        tasks = _model("Task").filter(item__minutes__in=self._keys()).order_by()
        kinds = (("p", "Person", "person"), ("o", "Organisation", "organisation"))
        found = []
        for letter, model, column in kinds:
            seen = apps.get_model("members", model).objects.visible_to(self.user).filter(pk__in=tasks.values(column))
            found += [(f"{letter}{pk}", name) for pk, name in seen.values_list("pk", "name")]
        return sorted(found, key=lambda pair: pair[1].casefold())

    def _keys(self) -> Any:
        return self.scope.order_by().values("pk")


def _parts(words: str) -> list[str]:
    return [part for part in words.split() if len(part) >= min(SHORTEST, 3)][:_MOST_WORDS]


def _said(name: str, way: str, part: str, columns: tuple[str, ...]) -> Q:
    """That something of minutes holds a word: looked for by itself, so that what lies below them is never multiplied."""
    return Q(Exists(_with(_model(name).filter(**{way: OuterRef("pk")}).order_by(), part, *columns)))


def _holding(rows: QuerySet[Any], words: str, *columns: str) -> QuerySet[Any]:
    """Keep the rows of which every word stands in one of the columns, in any language."""
    for part in _parts(words):
        rows = _with(rows, part, *columns)
    return rows


def _with(rows: QuerySet[Any], part: str, *columns: str) -> QuerySet[Any]:
    """Keep the rows with a word in one of the columns, in any language; accents and capitals do not matter."""
    names = [f"{column}_{language}" for column in columns for language in _TRIO]
    rows = rows.alias(**{f"_f{place}": Fold(F(name)) for place, name in enumerate(names)})
    return rows.filter(reduce(or_, (Q(**{f"_f{place}__contains": Fold(Value(part))}) for place in range(len(names)))))


def meetings_of(rows: Iterable[Any]) -> list[Meeting]:
    """Return the rows of a list of minutes, in their order. One query."""
    keys = [row.pk for row in rows]
    kinds = {f"{kind}s": Count("items__resolutions", Q(items__resolutions__kind=kind) & _WORDS, distinct=True) for kind in ResolutionKind}
    titles = {f"title_{column}": F(f"event__title_{column}") for column in _TRIO}
    found = _model("Minutes").filter(pk__in=keys).annotate(**kinds, taken=Count("items__tasks", distinct=True))
    columns = ("pk", "state", "event__slug", "event__starts_on", "decisions", "agreements", "taken")
    by_key = {row["pk"]: _meeting(row) for row in found.order_by().values(*columns, **titles)}
    return [by_key[key] for key in keys]


_WORDS: Final = Q(items__resolutions__text_es__gt="") | Q(items__resolutions__text_en__gt="") | Q(items__resolutions__text_pt__gt="")


def _meeting(row: dict[str, Any]) -> Meeting:
    state = MinutesState(row["state"])
    return Meeting(
        row["pk"],
        reverse("events:minutes", args=[row["event__slug"]]),
        told(row, "title"),
        short_day(row["event__starts_on"]),
        str(state.label),
        tone_of(state),
        row["decisions"],
        row["agreements"],
        row["taken"],
    )
