"""One small network with one of each thing, seen by one of each role."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from events.models import CalendarLink, Guest, Poster, Question, Registration, RegistrationTerms, Room, SeatCount, Stand
from members.models import Affiliation, Application, Group, GroupMembership
from publications.actions.storing import keep_bytes
from publications.models import AccessRequest, SavedSearch
from red_mpe.core.models import StakeholderCategory
from red_mpe.notifications.models import MailBox
from standards.actions.synopses import figures_of
from standards.models import AnswerGroup, AnswerTemplate, ClauseEvidence, Letter, PersonaLink, Synopsis, TermsOfReference
from tests.conftest import make_person, make_user
from tests.factories.after import certificate_of, stored_photo
from tests.factories.agenda import speak, write_session
from tests.factories.day import registered
from tests.factories.events import LINK, held, stored
from tests.factories.files import make_file, make_picture
from tests.factories.minutes import begun as begin_minutes
from tests.factories.minutes import published, task_for
from tests.factories.publications import make_collection, make_identifier, make_record
from tests.factories.registering import enrol, open_event
from tests.factories.series import make_series
from tests.factories.standards import fresh
from tests.support.frameworks import make_answer, make_clause, make_comment, make_framework, make_round, make_version

ROLES = ("anonymous", "account", "member", "representative", "secretariat", "officer", "superuser", "chair", "writer")


@dataclass
class World:
    """The accounts by role, and what stands in an address for each parameter, by the beginning of the route's name."""

    users: dict[str, Any]
    things: dict[str, dict[str, Any]] = field(default_factory=dict)

    def arguments(self, route: str, parameters: tuple[str, ...]) -> dict[str, Any]:
        """Return the arguments of a route: the longest beginning that knows the parameter wins."""
        known = [things for start, things in sorted(self.things.items(), key=lambda pair: -len(pair[0])) if route.startswith(start)]
        return {name: next(things[name] for things in known if name in things) for name in parameters}


def make_world(*, representative, member, secretary, officer, organisation) -> World:
    """Make it: `representative` speaks for `organisation` and wrote the comment, `member` has nothing to do with either."""
    other = make_person("ana-torres", country="PE")
    seat = Affiliation.objects.create(person=other, organisation=organisation, starts_on=date(2025, 1, 1))
    group = Group.objects.create(slug="mesa-del-agua", name="Mesa del agua", name_es="Mesa del agua", kind="working-group")
    account = make_user("visitante@example.org")
    application = Application.objects.create(
        applicant=account, once=uuid.uuid4(), kind="person", name="Luz", country="PE", category=_category(), motivation="x"
    )
    MailBox.objects.create(person=other.user, token="t" * 43)
    users = {
        "anonymous": None,
        "account": account,
        "member": member.user,
        "representative": representative.user,
        "secretariat": secretary,
        "officer": officer,
        "superuser": make_user("todo@example.org", is_staff=True, is_superuser=True),
        **{role: person.user for role, person in _committee().items()},
    }
    things = {
        "": {
            "token": "t" * 43,
            "what": "rounds",
            "pk": seat.pk,
            "object_id": "0",
            "content_type_id": "0",
            "app_label": "members",
            "url": "nothing",
        },
        "members:": {"slug": other.slug},
        "members:organisation": {"slug": organisation.slug},
        "members:my_organisation": {"slug": organisation.slug},
        "members:contact_organisation": {"slug": organisation.slug},
        "members:group": {"slug": group.slug},
        "admin:members_user": {"object_id": account.pk},
        "admin:members_person": {"object_id": other.pk},
        "admin:members_organisation": {"object_id": organisation.pk},
        "admin:members_group": {"object_id": group.pk},
        "admin:members_application": {"object_id": application.pk},
    }
    things |= _encounter(users["chair"])
    things |= _registering(users["member"])
    things |= _round(representative)
    things |= _report(representative)
    things |= _library(member)
    return World(users, things)


def _committee():
    """The committee that writes the framework: one who leads it, one who writes in it."""
    group = Group.objects.create(slug="comite", name="Comité", name_es="Comité", kind="committee")
    people = {"chair": make_person("presidenta-comite"), "writer": make_person("redactor-comite")}
    for role, person in people.items():
        seat = {"role": "chair" if role == "chair" else "member", "starts_on": date(2025, 1, 1)}
        GroupMembership.objects.create(group=group, person=person, **seat)
    return people


def _encounter(chair) -> dict[str, dict[str, Any]]:
    """A public event of the committee, on line, and the address of somebody's own calendar."""
    event = stored("encuentro", mode="hybrid", link=LINK, groups=[Group.objects.get(slug="comite")])
    link = CalendarLink.objects.create(person=chair, token="c" * 43)
    place = {"slug": event.slug, "year": 2026, "month": 3, "move": "cancel", "code": "RED-00000"}
    feeds = {"event_calendar": {"slug": event.slug}, "group_calendar": {"slug": "comite"}, "personal_calendar": {"token": link.token}}
    return {
        "events:": place,
        **feeds,
        "admin:events_event": {"object_id": event.pk},
        **_day(event),
        **_series(chair),
        **_after(chair),
        **_minutes(event, chair),
        **_agenda(event),
        **_desk(event),
    }


def _series(chair) -> dict[str, dict[str, Any]]:
    """The rhythm of the committee, and one of its meetings."""
    group = Group.objects.get(slug="comite")
    make_series(group, fresh(chair))
    meeting = stored("sesion", kind="meeting", mode="on-line", link=LINK, groups=[group])
    return {"events:series": {"slug": group.slug}, "events:quorum": {"slug": meeting.slug}}


def _after(chair) -> dict[str, dict[str, Any]]:
    """A public event of the committee that was held: the chair was registered and has a certificate; a photo and a poster."""
    event = held("celebrado", groups=[Group.objects.get(slug="comite")])
    certificate = certificate_of(event, user=chair)
    bytes_of = dict.fromkeys(("small", "large"), keep_bytes(make_picture("webp")))
    photo = stored_photo(event, **bytes_of)
    sides = {f"{size}_{side}": 30 for size in bytes_of for side in ("width", "height")}
    Poster.objects.create(event=event, alt_es="Afiche", **bytes_of, **sides)
    place = {"slug": event.slug, "code": photo.code, "size": "small", "language": "es"}
    names = ("my_certificates", "certificate", "evaluation", "gallery", "photo", "images", "poster")
    things = {f"events:{name}": place for name in names}
    return things | {"events:certificate": place | {"code": certificate.code}}


def _desk(event) -> dict[str, dict[str, Any]]:
    """The organisers' desk: terms, a question, and somebody without an account who is registered."""
    now = timezone.now()
    RegistrationTerms.objects.get_or_create(event=event, defaults={"opens_at": now - timedelta(days=1), "closes_at": event.starts_at})
    question = Question.objects.create(event=event, label_es="¿Qué espera?")
    known = {"name": "Dina Flores", "number": 901, "code": "mesa-901", "ticket": "d" * 43, "once": uuid.uuid4(), "moved_at": now}
    registration = Registration.objects.create(event=event, state="confirmed", **known)
    SeatCount.objects.update_or_create(event=event, mode="on-site", defaults={"taken": 1})
    return {"events:desk_": {"slug": event.slug, "pk": question.pk, "code": registration.code, "move": "cancel"}}


def _day(event) -> dict[str, dict[str, Any]]:
    """The ticket of somebody without an account."""
    return {"events:check_in": {"ticket": registered(event).ticket}}


def _minutes(event, chair) -> dict[str, dict[str, Any]]:
    """Minutes of the event that the chair keeps, as a draft; and published ones of a meeting that was, with a task of the chair."""
    begun = begin_minutes(event, chair)
    held_one = stored("reunion-pasada", state="held", starts_at=timezone.now() - timedelta(days=9), groups=list(event.groups.all()))
    item = begun.items.get(title_es="Agua")
    task = task_for(published(held_one, chair), chair, person=chair.person)
    piece = {"slug": event.slug, "item": item.pk, "pk": item.resolutions.first().pk, "code": item.tasks.first().code}
    names = ("minutes_", "resolution_", "task_add", "task_change", "task_remove")
    return {
        **{f"events:{name}": {**piece, "move": "publish", "way": "up"} for name in names},
        "events:minutes": {"slug": held_one.slug},
        "events:minutes_pdf": {"slug": held_one.slug},
        "events:task_move": {"code": task.code, "move": "done"},
        "events:group_minutes": {"slug": "comite", "format": "csv"},
    }


def _agenda(event) -> dict[str, dict[str, Any]]:
    """A session in a room, with somebody who speaks, and a stand."""
    session = write_session(event, slug="apertura", room=Room.objects.create(event=event, name_es="Sala A"))
    stand = Stand.objects.create(event=event, once=uuid.uuid4(), name_es="Puesto")
    own = {"slug": event.slug, "session": session.slug, "pk": speak(session, guest=Guest.objects.create(event=event, name="Ana")).pk}
    place = {"what": "room", "pk": session.room_id}
    own |= {"stand": stand.once, "code": "RED-00000"}
    starts = ("events:session_", "events:voice_", "events:stand_", "standards:session_clause")
    return {"events:place_": place, **dict.fromkeys(starts, own)}


def _registering(user) -> dict[str, dict[str, Any]]:
    """An event whose registration is open, and the registration of the member for it."""
    made = enrol(open_event("curso", mode="hybrid", on_line=5), user)
    own = {"slug": made.event.slug, "code": made.code}
    return {"events:register": own, "events:registration_": own}


def _category():
    return StakeholderCategory.objects.select_related("chamber").get(code="miners-organisations")


def _round(author) -> dict[str, dict[str, Any]]:
    """A public framework with an open round and one comment of `author`."""
    version = make_version(make_framework(committee=Group.objects.get(slug="comite")))
    clause = make_clause(version, "1.1", text_es="La operación elimina el mercurio.")
    consultation = make_round(version)
    comment = make_comment(consultation, author.category, clause_text=clause)
    PersonaLink.objects.create(persona=comment.persona, consultation=consultation, user=author.user)
    rows = {"framework": version.framework, "version": version, "clausetext": clause, "consultation": consultation, "comment": comment}
    TermsOfReference.objects.create(framework=version.framework, published_at=timezone.now())
    rows["processrules"] = version.framework.rules
    place = {"slug": version.framework.slug, "number": version.number, "label": clause.label, "code": comment.code}
    place |= {"move": "suspend", "round": consultation.number}
    place |= {"old": version.number, "new": version.number, "uuid": clause.clause.uuid}
    place |= {"language": "es", "format": "docx", "what": "form"}
    drafting = {"standards:drafting_": {"clause": clause.clause.uuid}, "standards:drafting_take_again": {"number": 1}}
    evidence = ClauseEvidence.objects.create(version=version, clause=clause.clause, record=make_record("Una prueba"))
    drafting["standards:drafting_evidence_remove"] = {"code": evidence.record.code}
    drafting["standards:translation"] = {"clause": clause.clause.uuid, "language": "pt"}
    admin = {f"admin:standards_{kind}": {"object_id": row.pk} for kind, row in rows.items()}
    return {"standards:": place, **drafting, **_answers(consultation), **admin}


def _report(author) -> dict[str, dict[str, Any]]:
    """Reports: a round that is over, with a public synopsis and a letter to `author`."""
    framework = make_framework("informe", stage="response", committee=Group.objects.get(slug="comite"))
    clause = make_clause(make_version(framework), "1.1", text_es="La operación cuida el agua.")
    consultation = make_round(clause.version, state="closed", days_left=-10)
    comment = make_comment(consultation, author.category, clause_text=clause)
    PersonaLink.objects.create(persona=comment.persona, consultation=consultation, user=author.user)
    make_answer(comment)
    words = {"asked_es": "¿Qué falta?", "promotion_es": "Por radio.", "next_steps_es": "Otra ronda."}
    synopsis = Synopsis.objects.create(consultation=consultation, published_at=timezone.now(), figures=figures_of(consultation), **words)
    Letter.objects.create(persona=comment.persona, synopsis=synopsis)
    place = {"slug": framework.slug, "round": consultation.number, "label": clause.label}
    return {f"standards:{start}": place for start in ("synopsis", "record", "letter", "reports")}


def _library(member) -> dict[str, dict[str, Any]]:
    """A public record that `member` proposed, in a collection; another that is a draft, one that waits, one on request."""
    record = make_record(proposed_by=member.user)
    file = make_file(record)
    link = make_identifier(record, "url", "http://127.0.0.1:9/")
    collection = make_collection("sin-mercurio", record)
    search = SavedSearch.objects.create(user=member.user, name="Mercurio", query="q=mercurio")
    searches = {f"publications:{act}_search": {"pk": search.pk} for act in ("change", "delete")}
    place = {"code": record.code, "slug": collection.slug, "format": "bibtex", "number": file.number, "pk": link.pk}
    return {"publications:": place, "record_address": {"code": record.code}, **searches, **_flow(member)}


def _flow(member) -> dict[str, dict[str, Any]]:
    """Records on their way, and a request of `member` for the files of one."""
    draft = make_record("Borrador", state="draft", proposed_by=member.user)
    waiting = make_record("Propuesta", state="proposed", proposed_by=member.user, licence="all-rights-reserved")
    held = make_record("Con permiso", access="request")
    asked = AccessRequest.objects.create(record=held, user=member.user, reason="Para mi tesis.")
    mine = ("record_edit", "record_send", "record_take_back", "record_discard")
    return {
        **{f"publications:{name}": {"code": draft.code} for name in mine},
        **{f"publications:{name}": {"code": waiting.code, "move": "accept"} for name in ("record_desk", "record_move")},
        "publications:access_ask": {"code": held.code},
        **{f"publications:{name}": {"pk": asked.pk, "move": "grant"} for name in ("access_answer", "access_move")},
        "admin:publications_record": {"object_id": draft.pk},
        "admin:publications_accessrequest": {"object_id": asked.pk},
    }


def _answers(consultation) -> dict[str, dict[str, Any]]:
    """A group of comments and a template of an answer."""
    group = AnswerGroup.objects.create(consultation=consultation, title="Plazos")
    template = AnswerTemplate.objects.create(framework=consultation.framework, title_es="Plazos", reason_es="Se amplía el plazo.")
    return {"standards:answer_group": {"pk": group.pk}, "standards:answer_template": {"pk": template.pk}}
