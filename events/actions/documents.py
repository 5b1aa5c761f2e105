"""Documents of an event, and its report as a record of the library."""

from typing import Any, Final
from uuid import uuid5

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.enums import DocumentRole, EventAudience, EventState
from events.models import Event, EventDocument
from members.enums import Audience
from members.models import Organisation, User
from publications.actions.deciding import accept_and_publish_record
from publications.actions.proposing import propose_record, start_record
from publications.enums import Access, AuthorRole, RecordKind, RecordState, Scheme
from publications.models import Record
from publications.rules import is_editor
from red_mpe.core import audit
from red_mpe.core.locale import COLUMN, SITE_LANGUAGE
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError

#: Who reads an event reads its report.
_ACCESS: Final = {EventAudience.PUBLIC: Access.PUBLIC, EventAudience.MEMBERS: Access.MEMBERS, EventAudience.GROUP: Access.GROUP}


def add_document(*, event: Event, actor: User, code: str, role: str) -> EventDocument:
    """Lay a record of the library beside an event. Refused: a code that `actor` does not find there, and one that lies there already."""
    require(actor, "events.change_event", event)
    return _laid(event, find_record(code, actor), role, actor)


def find_record(code: str, actor: User) -> Record:
    """Return the record with that code. Refused where the library does not show it to `actor`."""
    found: Record | None = Record.objects.listed_for(actor).filter(code=code.strip().upper()).first()
    if found is None:
        raise DomainError(_("The library has no record with this code."))
    return found


def remove_document(*, event: Event, actor: User, code: str) -> None:
    """Take a record away from an event; in the library it stays. What is not there any more is no fault."""
    require(actor, "events.change_event", event)
    with transaction.atomic():
        gone, _rows = event.documents.filter(record__code=code).delete()
        if gone:
            audit.record("events.document_removed", actor=actor, target=event, code=code)


def shelve_report(*, event: Event, actor: User, licence: str) -> Record:
    """Bring the report of an event into the library: described from the event, linked both ways, and sent to the editors; an editor's
    own is published at once.

    Refused without a report, and where one of this event is there already. Twice at once is once.
    """
    require(actor, "events.change_event", event)
    if event.state != EventState.REPORTED:
        raise DomainError(_("First publish what came of the event."))
    if event.documents.filter(role=DocumentRole.OUTCOME, record__once=_once(event)).exists():
        raise DomainError(_("The report of this event is in the library already."))
    with transaction.atomic():
        record = start_record(actor=actor, once=_once(event), kind=RecordKind.PROCEEDINGS, licence=licence, **_described(event))
        _laid(event, record, DocumentRole.OUTCOME, actor)
        record = propose_record(record=record, actor=actor)
        if is_editor(actor):
            record = accept_and_publish_record(record=record, actor=actor)
    return record


def shelved(event: Event) -> Record | None:
    """Return the record of the event's report, wherever it stands on its way."""
    return Record.objects.filter(once=_once(event)).exclude(state=RecordState.DECLINED).first()


def _once(event: Event) -> Any:
    return uuid5(event.once, "report")  # not of `uid`, which every calendar tells


def _laid(event: Event, record: Record, role: str, actor: User) -> EventDocument:
    try:
        with transaction.atomic():
            document: EventDocument = EventDocument.objects.create(event=event, record=record, role=role)
            audit.record("events.document_added", actor=actor, target=event, code=record.code, role=role)
    except IntegrityError as error:
        raise DomainError(_("This record lies beside the event already.")) from error
    return document


def _described(event: Event) -> dict[str, Any]:
    """Return what a record says of the report, in every language in which it is written."""
    written = [column for column in COLUMN.values() if getattr(event, f"report_{column}")]
    group = event.groups.order_by("pk").first() if event.audience == EventAudience.GROUP else None
    known = _known_to_readers(event)
    return {
        **{f"title_{column}": _title(event, column) for column in written},
        **{f"abstract_{column}": getattr(event, f"report_{column}") for column in written},
        "languages": [SITE_LANGUAGE[column] for column in written],
        "issued": event.ends_on.isoformat(),
        "event_name": event.title[:300],
        "event_place": (event.municipality or event.venue)[:160],
        "event_date": event.starts_on.isoformat(),
        "access": _ACCESS[EventAudience(event.audience)],
        "access_group": group,
        "countries": event.countries,
        "themes": list(event.themes.all()),
        "groups": list(event.groups.filter(audience__in=known)),
        "authors": [_author(host) for host in event.hosts.filter(audience__in=known).order_by("name")],
        "identifiers": [(Scheme.URL, settings.BASE_URL + reverse("events:event_detail", args=[event.slug]))],
    }


def _known_to_readers(event: Event) -> list[Audience]:
    """Return the audiences of hosts and groups that every reader of the report may know."""
    return [Audience.PUBLIC] if event.audience == EventAudience.PUBLIC else [Audience.PUBLIC, Audience.MEMBERS]


def _title(event: Event, column: str) -> str:
    with translation.override(SITE_LANGUAGE[column]):
        title = getattr(event, f"title_{column}") or event.title
        return str(gettext_lazy("Report: %(event)s") % {"event": title})[:300]


def _author(host: Organisation) -> dict[str, Any]:
    return {"role": AuthorRole.AUTHOR, "literal": host.name, "organisation": host}
