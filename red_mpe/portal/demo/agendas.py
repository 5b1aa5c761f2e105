"""Agendas, stands, questions and registrations of the demonstration's encounters, through the same actions as on the site."""

import uuid
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from events.actions.agenda import place_session
from events.actions.agenda_places import add_place
from events.actions.agenda_voices import add_session_document, add_voice
from events.actions.attending import count_heads
from events.actions.questions import add_question
from events.actions.registering import organisations_of, register
from events.actions.stands import add_stand, add_stand_document
from events.actions.terms import open_registration, set_terms
from events.enums import AskedAt, EventMode
from events.models import Event, Session
from members.models import Organisation, Person, User
from red_mpe.portal.demo.clock import at, days_ago
from red_mpe.portal.demo.library import Library
from red_mpe.portal.demo.reading import rows, translated
from standards.actions.discussing import pin_clause
from standards.models import Version

#: The accounts that the demonstration shows: whoever tries it registers with them.
SHOWN = frozenset({"nelida-ccoyllo-pari", "marcus-thornhill-benn", "vanessa-prado-guimaraes"})
#: How many come to what is full, beyond its places; and to what is open.
BEYOND, SOME = 6, 46
_EMPTY = {"es": "", "en": "", "pt": ""}


def write_agendas(library: Library, actor: User) -> None:
    """Write the agenda of what took place and of what is ahead, and who has registered for it."""
    for row in rows("events/agendas.toml", "agenda"):
        Agenda(Event.objects.get(slug=row["event"]), row, library, actor).write()


class Agenda:
    """One event, its rows of the file, and what has been made of them."""

    def __init__(self, event: Event, row: dict[str, Any], library: Library, actor: User) -> None:
        self.event, self.row, self.library, self.actor = event, row, library, actor
        self.places: dict[str, Any] = {}

    def write(self) -> None:
        for what in ("room", "track"):
            for place in self.row.get(what, []):
                words = translated(name={language: place[language] for language in ("es", "en", "pt")})
                seats = {"places": place["places"]} if "places" in place else {}
                self.places[place["key"]] = add_place(event=self.event, actor=self.actor, what=what, **words, **seats)
        for number, session in enumerate(self.row.get("session", [])):
            self._session(session, number)
        for stand in self.row.get("stand", []):
            self._stand(stand)
        if heads := self.row.get("heads"):
            counts = {(head["role"], head["sex"], head["mode"]): head["people"] for head in heads}
            count_heads(event=self.event, actor=self.actor, rows=counts)
        if terms := self.row.get("terms"):
            self._registration(terms)

    def _session(self, row: dict[str, Any], number: int) -> None:
        begins, ends = (self._moment(row["day"], row[name]) for name in ("from", "to"))
        session = place_session(
            event=self.event,
            actor=self.actor,
            once=uuid.uuid5(uuid.NAMESPACE_URL, f"{self.event.slug} {number}"),
            kind=row["kind"],
            starts_at=begins,
            ends_at=ends,
            room=self.places.get(row["room"]),
            track=self.places.get(row.get("track", "")),
            languages=row.get("languages", []),
            interpretation=row.get("interpretation", []),
            **translated(title=row["title"], summary=row.get("summary", _EMPTY)),
        )
        self._around(session, row)

    def _around(self, session: Session, row: dict[str, Any]) -> None:
        for voice in row.get("voices", []):
            person = self.library.cast.people[voice["person"]]
            add_voice(session=session, actor=self.actor, role=voice["role"], member=person.name)
        for guest in row.get("guests", []):
            add_voice(session=session, actor=self.actor, role=guest["role"], name=guest["name"], affiliation=guest.get("affiliation", ""))
        for key in row.get("documents", []):
            add_session_document(session=session, actor=self.actor, code=self.library.records[key].code)
        for label in row.get("pins", []):
            version = Version.objects.get(framework__slug="mpe-responsable", number="0.2")
            pin_clause(session=session, actor=self.actor, version=version, label=label)

    def _stand(self, row: dict[str, Any]) -> None:
        once = uuid.uuid5(uuid.NAMESPACE_URL, f"{self.event.slug} stand {row['place']}")
        organisation = self.library.cast.organisations.get(row.get("organisation", ""))
        words = translated(name=row["name"], description=row["description"])
        stand = add_stand(event=self.event, actor=self.actor, once=once, place=row["place"], organisation=organisation, **words)
        for key in row.get("documents", []):
            add_stand_document(stand=stand, actor=self.actor, code=self.library.records[key].code)

    def _registration(self, terms: dict[str, Any]) -> None:
        opened = days_ago(terms["opened_days_ago"])
        with at(opened - timedelta(days=1)):
            for row in self.row.get("question", []):
                self._question(row)
            closes = self.event.starts_at - timedelta(days=terms["closes_days_before"])
            numbers = {"guests": terms["guests"], "accept_hours": terms["accept_hours"], "keep_days": 14}
            set_terms(event=self.event, actor=self.actor, opens_at=opened, closes_at=closes, approval=False, **numbers)
        with at(opened):
            open_registration(event=self.event, actor=self.actor)
        self._people(opened)

    def _question(self, row: dict[str, Any]) -> None:
        facts = {"kind": row["kind"], "label": row["label"], "options": row.get("options", _EMPTY)}
        asked = row.get("asked_at", AskedAt.REGISTRATION)
        add_question(event=self.event, actor=self.actor, asked_at=asked, required=row.get("required", False), **facts)

    def _people(self, opened: datetime) -> None:
        """Let members register one after the other; of what is to be full, some more than it holds."""
        wanted = (self.event.places_on_site or 0) + BEYOND if self.row.get("fill") else SOME
        people = [person for slug, person in sorted(self.library.cast.people.items()) if slug not in SHOWN][:wanted]
        hours = max(1.0, (timezone.now() - opened) / timedelta(hours=1) - 2) / max(1, len(people))
        self.event.refresh_from_db()
        for number, person in enumerate(people):
            with at(opened + timedelta(hours=1 + number * hours)):
                self._register(person, number)

    def _register(self, person: Person, number: int) -> None:
        hybrid = self.event.mode == EventMode.HYBRID
        facts: dict[str, Any] = {
            "mode": EventMode.ON_LINE if hybrid and number % 5 in (1, 3) else EventMode.ON_SITE,
            "photos": number % 3 != 0,
        }
        questions = [question for question in self.event.questions.filter(asked_at=AskedAt.REGISTRATION) if question.required]
        register(
            event=self.event,
            actor=person.user,
            once=uuid.uuid5(uuid.NAMESPACE_URL, f"{self.event.slug} {person.slug}"),
            name=person.name,
            email=person.user.email,
            language=person.user.language,
            organisation=Organisation.objects.filter(pk__in=organisations_of(person.user)).order_by("pk").first(),
            needs=_NEEDS[number % len(_NEEDS)],
            answers={question.pk: [number % 3] for question in questions},
            **facts,
        )

    def _moment(self, day: int, clock: str) -> datetime:
        first = self.event.starts_on + timedelta(days=day - 1)
        return datetime.combine(first, time.fromisoformat(clock), self.event.zone).astimezone(UTC)


#: What one or another needs; invented.
_NEEDS: tuple[dict[str, str] | None, ...] = (
    None,
    None,
    {"interpretation": "qu"},
    None,
    {"diet": "Sin carne"},
    None,
    {"access": "Silla de ruedas"},
    None,
    {"childcare": "Una niña de cuatro años"},
)
