"""What of the events can be found."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from events.models import Event
from red_mpe.core.locale import SITE_LANGUAGE, short_day
from red_mpe.core.search import Found, Hit, SearchSource, capped_count, full_text, hit_text, snippet_text


def find_events(words: str, user: Any, start: int, stop: int) -> Found:
    """Events by title, summary and description."""
    rows = full_text(Event.objects.visible_to(user), words, title="title", body=("summary", "description"))
    hits = [
        Hit(
            url=event.get_absolute_url(),
            title=hit_text(event.found_title),
            snippet=snippet_text(event.found_snippet),
            kicker=f"{event.get_kind_display()} · {short_day(event.starts_on)}",
            lang=SITE_LANGUAGE[event.found_lang],
        )
        for event in rows[start:stop]
    ]
    return Found(hits, capped_count(rows))


SOURCES = (SearchSource("events", _("Encounters"), find_events, rank=25),)
