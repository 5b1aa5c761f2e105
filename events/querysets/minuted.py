"""Minutes as pages show them: every word made once, in the reader's language, with three queries for however many minutes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.apps import apps
from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from events.enums import MinutesState, ResolutionKind, TaskState
from members.models.texts import Told, told
from red_mpe.core.locale import network_day, short_day
from red_mpe.core.text import markdown

#: The letter before the number of a resolution; the same in our three languages.
LETTERS: Final = {ResolutionKind.DECISION: "D", ResolutionKind.AGREEMENT: "A"}
STANDING: Final = {
    TaskState.OPEN: pgettext_lazy("task", "open"),
    TaskState.DONE: pgettext_lazy("task", "done"),
    TaskState.DROPPED: pgettext_lazy("task", "dropped"),
}
_TRIO: Final = ("es", "en", "pt")


def _columns(*names: str) -> list[str]:
    return [f"{name}_{column}" for name in names for column in _TRIO]


@dataclass(frozen=True)
class ResolutionRow:
    """A decision or an agreement; struck out where nothing is left of its words."""

    pk: int
    kind: str
    code: str
    label: str
    text: Told
    item: int
    minutes: int

    @property
    def html(self) -> Any:
        """Its words as a page shows them; made only where a page does."""
        return markdown(self.text.text)

    @property
    def is_struck(self) -> bool:
        """Whether only its number is left."""
        return not self.text


@dataclass(frozen=True)
class TaskRow:
    """A task: what, who, until when, and where it stands."""

    pk: int
    code: str
    text: Told
    who: str
    who_url: str
    due_on: date | None
    state: str
    item: int
    minutes: int

    @property
    def due(self) -> str:
        """Its day in few signs."""
        return short_day(self.due_on) if self.due_on else ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state == TaskState.OPEN

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is still open."""
        return self.is_open and self.due_on is not None and self.due_on < network_day()

    @property
    def standing(self) -> str:
        """Where it stands, in a word."""
        return str(pgettext_lazy("task", "overdue") if self.is_late else STANDING[TaskState(self.state)])

    @property
    def tone(self) -> str:
        """The kind of its tag."""
        return "late" if self.is_late else "wait" if self.is_open else "ok" if self.state == TaskState.DONE else ""


@dataclass(frozen=True)
class ItemRow:
    """An item with what was resolved and taken under it."""

    pk: int
    title: Told
    summary: Told
    html: Any
    session: str
    resolutions: list[ResolutionRow] = field(default_factory=list)
    tasks: list[TaskRow] = field(default_factory=list)


def resolution_rows(rows: QuerySet[Any]) -> list[ResolutionRow]:
    """Return the resolutions of a query, with one query, in its order.

    Numbers are those they were published with; in minutes that never were, those they would get, where all of them are asked for.
    """
    columns = ("pk", "kind", "position", "item", "item__minutes", "item__minutes__published_at", *_columns("text"))
    counts: dict[tuple[int, str], int] = defaultdict(int)
    found = []
    for row in rows.values(*columns):
        counts[row["item__minutes"], row["kind"]] += 1
        number = row["position"] if row["item__minutes__published_at"] else counts[row["item__minutes"], row["kind"]]
        kind, text = ResolutionKind(row["kind"]), told(row, "text")
        code = f"{LETTERS[kind]}{number}"
        found.append(ResolutionRow(row["pk"], kind, code, str(kind.label), text, row["item"], row["item__minutes"]))
    return found


def task_rows(rows: QuerySet[Any], user: Any) -> list[TaskRow]:
    """Return the tasks of a query, with one query, in its order. Who took them is named to those who may see it."""
    people = apps.get_model("members", "Person").objects.visible_to(user).filter(pk=OuterRef("person"))
    bodies = apps.get_model("members", "Organisation").objects.visible_to(user).filter(pk=OuterRef("organisation"))
    names = {"name": F("person__name"), "slug": F("person__slug"), "body": F("organisation__name"), "body_slug": F("organisation__slug")}
    shown = rows.annotate(sees_person=Exists(people), sees_body=Exists(bodies), **names)
    columns = (
        "pk",
        "code",
        "person",
        "organisation",
        "who",
        "due_on",
        "state",
        "item",
        "item__minutes",
        "sees_person",
        "sees_body",
        *names,
    )
    return [_task(row) for row in shown.values(*columns, "sees_person", "sees_body", *_columns("text"))]


def _task(row: dict[str, Any]) -> TaskRow:
    who, url = _taker(row)
    return TaskRow(row["pk"], row["code"], told(row, "text"), who, url, row["due_on"], row["state"], row["item"], row["item__minutes"])


def _taker(row: dict[str, Any]) -> tuple[str, str]:
    if row["person"]:
        return (row["name"], reverse("members:person_detail", args=[row["slug"]])) if row["sees_person"] else (_("a member"), "")
    if row["organisation"]:
        url = reverse("members:organisation_detail", args=[row["body_slug"]])
        return (row["body"], url) if row["sees_body"] else (_("a member organisation"), "")
    return row["who"] or _("nobody any more"), ""


def items_of(minutes: Iterable[int], user: Any) -> dict[int, list[ItemRow]]:
    """Return the items of each of `minutes`, in reading order, with all that is under them. Three queries."""
    keys = list(minutes)
    resolutions, tasks = _under(keys, user)
    found: dict[int, list[ItemRow]] = defaultdict(list)
    rows = apps.get_model("events", "MinutesItem").objects.filter(minutes__in=keys).order_by("position", "pk")
    columns = ("pk", "minutes", *_columns("title", "summary", "session__title"))
    for row in rows.values(*columns):
        summary = told(row, "summary")
        session = told(row, "session__title").text
        item = ItemRow(row["pk"], told(row, "title"), summary, markdown(summary.text), session, resolutions[row["pk"]], tasks[row["pk"]])
        found[row["minutes"]].append(item)
    return found


def _under(keys: list[int], user: Any) -> tuple[dict[int, list[ResolutionRow]], dict[int, list[TaskRow]]]:
    """The resolutions and tasks by their item."""
    resolutions = apps.get_model("events", "Resolution").objects.filter(item__minutes__in=keys)
    tasks = apps.get_model("events", "Task").objects.filter(item__minutes__in=keys)
    order = ("item__minutes", "item__position", "item", "position", "pk")
    return _by_item(resolution_rows(resolutions.order_by(*order))), _by_item(task_rows(tasks.order_by(*order), user))


def _by_item(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.item].append(row)
    return found


def gist(items: Iterable[ItemRow]) -> dict[str, int]:
    """Return how many decisions, agreements and tasks stand under some items."""
    listed = list(items)
    kinds = [row.kind for item in listed for row in item.resolutions if not row.is_struck]
    return {
        "decisions": kinds.count(ResolutionKind.DECISION),
        "agreements": kinds.count(ResolutionKind.AGREEMENT),
        "tasks": sum(len(item.tasks) for item in listed),
    }


def tone_of(state: str) -> str:
    """Return the kind of the tag of a state of minutes."""
    return {MinutesState.DRAFT: "wait", MinutesState.APPROVED: "ok"}.get(MinutesState(state), "mine")
