"""What of the events can be found: the events, and their minutes."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models import Event, Minutes
from members.models.texts import told
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


def find_minutes(words: str, user: Any, start: int, stop: int) -> Found:
    """Published minutes by the titles of the event and of the items, by what was said, decided and agreed, and by the tasks."""
    rows = full_text(Minutes.objects.visible_to(user).out(), words, title="event__title", body=("plain",), kept=True)
    shown = (
        "found_lang",
        "found_title",
        "found_snippet",
        "event__slug",
        "event__starts_on",
        *(f"event__title_{column}" for column in SITE_LANGUAGE),
    )
    return Found([_minutes_hit(row) for row in rows.values(*shown)[start:stop]], capped_count(rows))


def _minutes_hit(row: dict[str, Any]) -> Hit:
    found, title = SITE_LANGUAGE[row["found_lang"]], told(row, "event__title")
    return Hit(
        url=reverse("events:minutes", args=[row["event__slug"]]),
        title=hit_text(row["found_title"]) or escape(title.text),
        snippet=snippet_text(row["found_snippet"]),
        kicker=short_day(row["event__starts_on"]),
        lang=found if row["found_title"] else title.lang,
        snippet_lang=found,
    )


def public_minutes(column: str) -> list[Any]:
    """What everybody may read of minutes, for learning its words."""
    return [Minutes.objects.visible_to(AnonymousUser()).out().order_by().values_list(f"plain_{column}")]


SOURCES = (
    SearchSource("events", _("Encounters"), find_events, rank=25),
    SearchSource("minutes", pgettext_lazy("of many meetings", "Minutes"), find_minutes, rank=27, texts=public_minutes),
)
