"""The words of published minutes as the search of the site reads them: gathered by what writes, so that nobody gathers them to read."""

from collections.abc import Iterator
from typing import Any, Final

from events.enums import MinutesState
from events.models import Event, Minutes
from events.states import LANGUAGES
from red_mpe.core.text import markdown, plain

MOST: Final = 200_000  # letters in one language: the database takes a megabyte, and no meeting talks so long


def keep_words(minutes: Minutes) -> None:
    """Gather what minutes say in each language: the titles, and all the words. Called under their lock, with every change while they
    are published, and when they are."""
    items = list(minutes.items.order_by("position", "pk").prefetch_related("resolutions", "tasks"))
    columns: dict[str, str] = {}
    for language in LANGUAGES:
        titles = [minutes.event, *items]
        columns[f"heading_{language}"] = " · ".join(filter(None, (_of(one, "title", language) for one in titles)))[:MOST]
        columns[f"plain_{language}"] = " ".join(_sentences(minutes, items, language))[:MOST]
    Minutes.objects.filter(pk=minutes.pk).update(**columns)


def retitle_minutes(event: Event) -> None:
    """Gather them anew where the title of their event has changed."""
    held = Minutes.objects.order_by().select_for_update(of=("self",), no_key=True).select_related("event")
    for minutes in held.filter(event=event).exclude(state=MinutesState.DRAFT):
        keep_words(minutes)


def _sentences(minutes: Minutes, items: list[Any], language: str) -> Iterator[str]:
    """Yield each text, without the signs of Markdown; a title ends like a sentence, so that it does not run into the next."""
    yield _of(minutes, "opening", language)
    for item in items:
        yield f"{title}." if (title := _of(item, "title", language))[-1:].isalnum() else title
        yield _of(item, "summary", language)
        for one in [*item.resolutions.all(), *item.tasks.all()]:
            yield _of(one, "text", language)


def _of(thing: Any, name: str, language: str) -> str:
    return plain(markdown(getattr(thing, f"{name}_{language}") or ""))
