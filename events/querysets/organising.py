"""What who runs an event reads of its registrations: figures, the list, what people need, what they answered."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.apps import apps
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import pgettext

from events.enums import CAME_TO_NOTHING, SEATED, EventMode, QuestionKind, RegistrationState
from members.enums import Spoken
from members.models.texts import told

MODES: Final = (EventMode.ON_SITE, EventMode.ON_LINE)
_PLACES: Final = {EventMode.ON_SITE: "places_on_site", EventMode.ON_LINE: "places_on_line"}
#: How a state is coloured; the word stands there always.
TAGS: Final = {
    RegistrationState.PENDING: "wait",
    RegistrationState.WAITING: "wait",
    RegistrationState.OFFERED: "mine",
    RegistrationState.CONFIRMED: "ok",
}
_KINDS: Final = ("interpretation", "access", "childcare", "diet")
_NAMES: Final = ("name_es", "name_en", "name_pt")


@dataclass(frozen=True)
class SeatLine:
    """The seats of one mode: how many there are (None: as many as come), and where the registrations stand."""

    label: str
    places: int | None
    states: Mapping[str, int]

    @property
    def taken(self) -> int:
        """Seats that are confirmed, or held for somebody who was offered one."""
        return sum(self.states.get(state, 0) for state in SEATED)

    @property
    def free(self) -> int | None:
        """Seats that nobody holds."""
        return None if self.places is None else max(0, self.places - self.taken)

    @property
    def over(self) -> int:
        """How many hold a seat beyond the places there are: the capacity was lowered afterwards."""
        return 0 if self.places is None else max(0, self.taken - self.places)


@dataclass(frozen=True)
class ChamberLine:
    """Who holds a seat from one chamber, by mode."""

    label: str
    code: str
    seats: Mapping[str, int]

    @property
    def value(self) -> int:
        """All of them."""
        return sum(self.seats.values())


@dataclass(frozen=True)
class Tally:
    """The figures of an event's registrations, from one query."""

    lines: list[SeatLine]
    chambers: list[ChamberLine]
    states: Mapping[str, int] = field(default_factory=dict)

    @property
    def all(self) -> int:
        """Every registration that was ever made."""
        return sum(self.states.values())


def tally_of(event: Any) -> Tally:
    """Count the registrations of an event, on site and on line apart, and who holds a seat by chamber."""
    rows = _registrations(event).order_by().values_list("mode", "state", "chamber").annotate(many=Count("pk"))
    by_mode: dict[str, Counter[str]] = {mode: Counter() for mode in MODES}
    by_chamber: dict[Any, Counter[str]] = {}
    states: Counter[str] = Counter()
    for mode, state, chamber, many in rows:
        by_mode[mode][state] += many
        states[state] += many
        if state in SEATED:
            by_chamber.setdefault(chamber, Counter())[mode] += many
    lines = [
        SeatLine(str(mode.label), getattr(event, _PLACES[mode]), by_mode[mode])
        for mode in MODES
        if event.mode in (mode, EventMode.HYBRID) or by_mode[mode]
    ]
    return Tally(lines, _chambers(by_chamber), states)


def _chambers(found: dict[Any, Counter[str]]) -> list[ChamberLine]:
    """In the order of the chambers; people of none last."""
    named = apps.get_model("core", "Chamber").objects.order_by("position", "code")
    lines = [ChamberLine(str(chamber), chamber.code, found[chamber.pk]) for chamber in named if chamber.pk in found]
    return [*lines, ChamberLine(pgettext("chamber", "none"), "", found[None])] if None in found else lines


@dataclass(frozen=True)
class Listed:
    """A registration as a line of the list, ready to be written."""

    number: int
    code: str
    url: str
    name: str
    organisation: str
    mode: str
    state: str
    state_words: str
    tag: str
    since: date
    host: str = ""

    @property
    def is_pending(self) -> bool:
        """Waits for an approval."""
        return self.state == RegistrationState.PENDING


def sought(event: Any, *, words: str = "", state: str = "", mode: str = "") -> QuerySet[Any]:
    """Return the registrations of an event by number: those whose name, code or organisation holds the words, of one state or mode.

    Without a state, those that came to nothing are left out unless words are looked for.
    """
    rows = _registrations(event).order_by("number")
    for word in words.split():
        named = [f"{path}__icontains" for path in ("name", "code", "affiliation", "organisation__name")]
        asked = Q()
        for path in named:
            asked |= Q(**{path: word})
        rows = rows.filter(asked)
    if state:
        rows = rows.filter(state=state)
    elif not words:
        rows = rows.exclude(state__in=CAME_TO_NOTHING)
    return rows.filter(mode=mode) if mode else rows


def listed(event: Any, rows: Any) -> list[Listed]:
    """Write registrations as lines; `rows` are those of `sought`, one page of them."""
    labels = dict(RegistrationState.choices)
    modes = {str(mode): str(mode.label) for mode in MODES}
    return [
        Listed(
            number=row["number"],
            code=row["code"],
            url=reverse("events:desk_one", args=[event.slug, row["code"]]),
            name=row["name"],
            organisation=row["organisation__name"] or row["affiliation"],
            mode=modes[row["mode"]],
            state=row["state"],
            state_words=str(labels[row["state"]]),
            tag=TAGS.get(row["state"], "no"),
            since=row["moved_at"].astimezone(event.zone).date(),
            host=row["guest_of__name"] or "",
        )
        for row in rows.values(*_COLUMNS)
    ]


_COLUMNS: Final = ("number", "code", "name", "organisation__name", "affiliation", "mode", "state", "moved_at", "guest_of__name")


@dataclass(frozen=True)
class Wanted:
    """What one person needs, and who they are."""

    name: str
    url: str
    mode: str
    words: str


def needs_of(event: Any) -> dict[str, list[Wanted]]:
    """Return what people who hold a seat need, by kind, in the order of the names."""
    rows = apps.get_model("events", "Needs").objects.filter(registration__event=event, registration__state__in=SEATED)
    columns = ("registration__name", "registration__code", "registration__mode", *_KINDS)
    modes, spoken = {str(mode): str(mode.label) for mode in MODES}, dict(Spoken.choices)
    found: dict[str, list[Wanted]] = {kind: [] for kind in _KINDS}
    for row in rows.order_by("registration__name", "registration__number").values(*columns):
        url = reverse("events:desk_one", args=[event.slug, row["registration__code"]])
        for kind in _KINDS:
            if row[kind]:
                words = str(spoken.get(row[kind], row[kind])) if kind == "interpretation" else row[kind]
                found[kind].append(Wanted(row["registration__name"], url, modes[row["registration__mode"]], words))
    return found


def answers_of(event: Any, rows: QuerySet[Any]) -> tuple[list[Any], dict[int, dict[int, str]]]:
    """Return the questions of the registration, and what each registration answered, by its key and the question's, in words."""
    questions = list(apps.get_model("events", "Question").objects.filter(event=event, asked_at="registration"))
    known = {question.pk: question for question in questions}
    given: dict[int, dict[int, str]] = {}
    answers = apps.get_model("events", "Answer").objects.filter(registration__in=rows.order_by().values("pk"), question__in=known)
    for registration, question, text, chosen in answers.values_list("registration", "question", "text", "chosen"):
        given.setdefault(registration, {})[question] = said(known[question], text, chosen)
    return questions, given


def answers_in_words(registration: Any) -> list[tuple[Any, str]]:
    """Return what one registration answered, in the order of the questions: the question as it is told, and the words. Two queries."""
    rows = apps.get_model("events", "Registration").objects.filter(pk=registration.pk)
    questions, given = answers_of(registration.event, rows)
    answered = given.get(registration.pk, {})
    return [(told(question, "label"), answered[question.pk]) for question in questions if question.pk in answered]


def said(question: Any, text: str, chosen: Iterable[int]) -> str:
    """Return an answer in words: the text, the chosen options in the reader's language, yes or no, or a number of one to five."""
    if question.kind == QuestionKind.SCALE:
        return text or "".join(map(str, chosen))
    no_yes = [pgettext("answer", "no"), pgettext("answer", "yes")]
    options = no_yes if question.kind == QuestionKind.YES else told(question, "options").text.split("\n")
    picked = [options[place] for place in chosen if place < len(options)]
    return "; ".join(filter(None, [*picked, text]))


def _registrations(event: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model("events", "Registration").objects.filter(event=event)
    return rows


@dataclass(frozen=True)
class Asked:
    """A question as a line of the list."""

    pk: int
    label: Any
    kind: str
    options: tuple[str, ...]
    required: bool
    answers: int
    languages: tuple[str, ...]


def asked_of(event: Any) -> dict[str, list[Asked]]:
    """Return the questions of an event in their order, by when they are asked, each with how many have answered. One query."""
    rows = apps.get_model("events", "Question").objects.filter(event=event)
    given = {"registration": Count("answers", distinct=True), "evaluation": Count("evaluation_answers", distinct=True)}
    found: dict[str, list[Asked]] = {when: [] for when in given}
    for row in rows.annotate(told_first=given["registration"], told_after=given["evaluation"]):
        written = tuple(code for code in ("es", "en", "pt") if getattr(row, f"label_{code}"))
        options = tuple(filter(None, told(row, "options").text.split("\n")))
        many = row.told_first if row.asked_at == "registration" else row.told_after
        kind = str(row.get_kind_display())
        found[row.asked_at].append(Asked(row.pk, told(row, "label"), kind, options, row.required, many, written))
    return found
