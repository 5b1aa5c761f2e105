"""What the pages of the organisers' desk share: who may, and the way from one to the other."""

from collections.abc import Callable
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.models import Event
from events.views.details import find_event
from members.models.texts import told
from red_mpe.core.http import MemberRequest
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError

#: The pages of the desk by the end of their name.
PAGES: Final = {
    "list": _("People"),
    "terms": _("Terms"),
    "questions": _("Questions"),
    "needs": _("Needs"),
    "tickets": _("Tickets to print"),
}


def find_run(request: MemberRequest, slug: str) -> Event:
    """Return the event for who runs it; 404 to who must not know it, 403 to everybody else."""
    event = find_event(request.user, slug)
    require(request.user, "events.run_event", event)
    return event


def framed(event: Event, here: str, **more: Any) -> dict[str, Any]:
    """Return what every page of the desk shows."""
    pages = [
        {"url": reverse(f"events:desk_{name}", args=[event.slug]), "label": label, "current": name == here} for name, label in PAGES.items()
    ]
    return {"event": event, "title": told(event, "title"), "pages": pages, "desk_url": pages[0]["url"], **more}


def tried(form: Any, act: Callable[[], Any]) -> int:
    """Do it where the form is valid, and return the status: 303 when it is done, otherwise 422 or 409 with the words in the form."""
    if not form.is_valid():
        return 422
    try:
        act()
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return 409
    return 303
