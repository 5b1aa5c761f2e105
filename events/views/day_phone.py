"""What the phone at the door fetches and sends: the list it works from without a connection, and the check-ins it kept meanwhile."""

import json
from hashlib import sha256
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.actions.attending import AFTER, BEFORE, AlreadyTakenBack, NotConfirmed, attend
from events.enums import RegistrationState
from events.forms.day import SentForm
from events.models import Event, Registration
from events.querysets.day import door_list, hashed, seen_by_session
from events.views.day_door import present_counts, registration_of
from members.models import User
from red_mpe.core.http import Request
from red_mpe.core.states import DomainError

#: As many check-ins are taken at once.
MOST = 100


def _door_of(request: Request, slug: str) -> tuple[Event | None, HttpResponse | None]:
    """Return the event, or the answer that a script understands: sign in again (401), may not (403), is not there (404)."""
    if not request.user.is_authenticated:
        return None, _refused(401, _("The session has ended. Sign in again: everything that waits is kept."))
    event = Event.objects.filter(slug=slug).first()
    if event is not None and request.user.has_perm("events.check_in", event):
        return event, None
    if event is None or not request.user.has_perm("events.view_event", event):
        return None, _refused(404, _("There is no such encounter."))
    return None, _refused(403, _("This account may not check people in here."))


def _refused(status: int, words: str) -> HttpResponse:
    return JsonResponse({"error": words}, status=status)


@require_safe
@login_not_required
def check_in_list(request: Request, slug: str) -> HttpResponse:
    """Who is registered, for a phone to search without a connection: code, hash of the ticket, name, organisation, mode, state.

    Its ETag is of the very words: a phone that has them is told so in a few bytes (304). Who keeps the door has it while the door
    is open; who runs the event, at any time.
    """
    event, refusal = _door_of(request, slug)
    if event is None:
        return refusal or HttpResponse(status=404)
    is_open = event.starts_at - BEFORE <= timezone.now() <= event.ends_at + AFTER
    if not is_open and not request.user.has_perm("events.run_event", event):
        return _refused(403, _("The list of the door is there from a day before the encounter until three days after it."))
    rows = [[row.code, row.ticket, row.name, row.organisation, row.mode, row.state] for row in door_list(event)]
    seen = {session: {code: at.isoformat() for code, at in codes.items()} for session, codes in seen_by_session(event).items()}
    states = {str(state): str(state.label) for state in RegistrationState}
    until = (event.ends_at + AFTER).isoformat()
    facts = {"until": until, "states": states, "present": present_counts(event), "rows": rows, "seen": seen}
    body = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = f'"{sha256(body.encode()).hexdigest()[:32]}"'
    return response


@require_POST
@login_not_required
def check_in_record(request: Request, slug: str) -> HttpResponse:
    """Take check-ins that a phone kept, in their order; each is answered by its key. What was answered here is settled."""
    event, refusal = _door_of(request, slug)
    if event is None:
        return refusal or HttpResponse(status=404)
    items = _items(request)
    if items is None:
        return _refused(400, _("This is no list of check-ins."))
    if len(items) > MOST:
        return _refused(413, _("At most a hundred check-ins at once."))
    return JsonResponse({"results": [_settled(cast(User, request.user), event, item) for item in items]})


def _items(request: HttpRequest) -> list[dict[str, Any]] | None:
    try:
        items = json.loads(request.body)["items"]
    except (ValueError, TypeError, KeyError):
        return None
    return items if isinstance(items, list) and all(isinstance(item, dict) for item in items) else None


def _settled(actor: User, event: Event, item: dict[str, Any]) -> dict[str, Any]:
    """Return what became of one check-in: new, there (and since when), taken back, no place, or refused with words."""
    once, form = item.get("once"), SentForm(item, event=event)
    if not form.is_valid():
        return {"once": once, "outcome": "refused", "words": " ".join(words for errors in form.errors.values() for words in errors)}
    data = form.cleaned_data | {"anyway": False}
    code, kept = data.pop("code"), data.pop("hash")
    try:
        registration = registration_of(event, code) if code else _by_hash(event, kept)
        row = attend(event=event, actor=actor, registration=registration, **data)
    except AlreadyTakenBack:
        return {"once": once, "outcome": "undone"}
    except DomainError as error:
        return {"once": once, "outcome": "no-place" if isinstance(error, NotConfirmed) else "refused", "words": str(error)}
    since = timezone.localtime(row.at, event.zone).strftime("%H:%M")
    return {"once": once, "outcome": "new" if row.once == data["once"] else "there", "since": since, "code": registration.code}


def _by_hash(event: Event, kept: str) -> Registration:
    """Return whose ticket has this hash: one scanned without a connection, and registered after the phone fetched its list."""
    tickets = event.registrations.order_by().values_list("ticket", flat=True)
    return registration_of(event, next((ticket for ticket in tickets if hashed(ticket) == kept), kept))


@require_safe
@login_not_required
def check_in_worker(request: Request, slug: str) -> HttpResponse:
    """The script that shows the page of this door while there is no connection. It stands here because it only rules what lies below."""
    return render(request, "events/day/worker.js", content_type="text/javascript; charset=utf-8")
