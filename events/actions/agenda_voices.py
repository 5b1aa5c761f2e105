"""Who speaks in a session, and the records of the library that belong to it."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Value
from django.utils.translation import gettext_lazy as _

from events.actions.agenda import find_locked, lock_agenda
from events.actions.agenda_clashes import refusing_clashes
from events.actions.agenda_places import add_place
from events.actions.documents import find_record
from events.models import Guest, Session, SessionDocument, SessionVoice
from members.models import Person, User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.search.matching import Fold
from red_mpe.core.states import DomainError


def add_voice(
    *, session: Session, actor: User, role: str, member: str = "", guest: Guest | None = None, name: str = "", affiliation: str = ""
) -> SessionVoice:
    """Let somebody chair, speak, keep the record or interpret: a member by name or address, a guest of the event, or a new guest by name.

    Refused: none or several of these, a member whom `actor` may not see, and who is in another session at that time. Who is in this
    one already keeps their part in it and gets the new role.
    """
    require(actor, "events.change_event", session.event)
    if sum(map(bool, (member, guest, name))) != 1:
        raise DomainError(_("Name one: a member, a guest who is in the list, or a new guest."))
    with transaction.atomic():
        event = lock_agenda(session.event)
        found = find_locked(event, session)
        if guest is not None and guest.event_id != event.pk:
            raise DomainError(_("Choose a guest of this encounter."))
        if name:
            guest = add_place(event=event, actor=actor, what="guest", name=name, affiliation=affiliation)
        who = {"person": find_member(member, actor)} if member else {"guest": guest}
        voice = _spoken(found, who, role, actor)
        audit.record("events.voice_added", actor=actor, target=event, session=found.slug, role=role, voice=voice.pk)
    return voice


def _spoken(session: Session, who: dict[str, Any], role: str, actor: User) -> SessionVoice:
    if there := session.voices.filter(**who).first():
        SessionVoice.objects.filter(pk=there.pk).update(role=role)
        return there
    last = session.voices.aggregate(last=Max("position"))["last"]
    place = 0 if last is None else last + 1
    times = {"event": session.event, "starts_at": session.starts_at, "ends_at": session.ends_at}
    voice = SessionVoice(session=session, role=role, position=place, **times, **who)
    with refusing_clashes([session], actor, voice):
        voice.save()
    return voice


def find_member(words: str, actor: User) -> Person:
    """Return the member with that address or that name among those whom `actor` may see. Refused where none is found, or several."""
    people = Person.objects.visible_to(actor)
    if found := people.filter(slug=words.strip().strip("/").rsplit("/", 1)[-1].lower()).first():
        return found
    named = list(people.annotate(folded=Fold("name")).filter(folded=Fold(Value(words.strip())))[:2])
    if not named:
        raise DomainError(_("No member with this name or address is found in the directory."))
    if len(named) > 1:
        raise DomainError(_("Several members have this name. Write the last part of the address of their page instead."))
    return named[0]


def remove_voice(*, session: Session, actor: User, number: int) -> None:
    """Take somebody out of a session. Who is not in it any more is no fault."""
    require(actor, "events.change_event", session.event)
    with transaction.atomic():
        event = lock_agenda(session.event)
        gone, _each = SessionVoice.objects.filter(session=session.pk, pk=number).delete()
        if gone:
            audit.record("events.voice_removed", actor=actor, target=event, session=session.slug, voice=number)


def add_session_document(*, session: Session, actor: User, code: str) -> SessionDocument:
    """Lay a record of the library beside a session. Refused: a code that `actor` does not find there, and one that lies there already."""
    require(actor, "events.change_event", session.event)
    record = find_record(code, actor)
    try:
        with transaction.atomic():
            document: SessionDocument = SessionDocument.objects.create(session=session, record=record)
            audit.record("events.session_document_added", actor=actor, target=session.event, session=session.slug, code=record.code)
    except IntegrityError as error:
        raise DomainError(_("This record lies there already.")) from error
    return document


def remove_session_document(*, session: Session, actor: User, code: str) -> None:
    """Take a record away from a session; in the library it stays. What is not there any more is no fault."""
    require(actor, "events.change_event", session.event)
    with transaction.atomic():
        gone, _each = session.documents.filter(record__code=code).delete()
        if gone:
            audit.record("events.session_document_removed", actor=actor, target=session.event, session=session.slug, code=code)
