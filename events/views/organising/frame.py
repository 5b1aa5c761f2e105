"""What the pages of the organisers' desk share: who may, and the way from one to the other."""

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.models import Event
from members.models.texts import told

#: The pages of the desk by the end of their name.
PAGES: Final = {
    "list": _("People"),
    "terms": _("Terms"),
    "questions": _("Questions"),
    "needs": _("Needs"),
    "tickets": _("Tickets to print"),
}


def framed(event: Event, here: str, **more: Any) -> dict[str, Any]:
    """Return what every page of the desk shows."""
    pages = [
        {"url": reverse(f"events:desk_{name}", args=[event.slug]), "label": label, "current": name == here} for name, label in PAGES.items()
    ]
    return {"event": event, "title": told(event, "title"), "pages": pages, "desk_url": pages[0]["url"], **more}
