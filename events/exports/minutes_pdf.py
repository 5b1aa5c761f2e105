"""Minutes to print and to keep: those of one meeting, or those of the meetings of a group one after the other.

Words stand in the reader's language where there are any, otherwise in the first that was written, marked as such. What is named is
what the page names to the same reader.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from events.enums import MinutesState
from events.models import Minutes
from events.querysets import when
from events.querysets.minuted import ItemRow, ResolutionRow, TaskRow, items_of
from events.querysets.presence import Presence, Seat, presence_of, words_of
from members.models.texts import Told, told
from red_mpe.core import press
from red_mpe.core.blocks import blocks

Plain = dict[str, Any]


def minutes_pdf(minutes: Minutes, user: Any, head: list[str]) -> bytes:
    """Return the minutes of a meeting as a PDF in the present language; `head` stands below the title. Raises PressError."""
    items = items_of([minutes.pk], user)[minutes.pk]
    title = told(minutes.event, "title")
    data = {
        **_document(_name(minutes), [*head, _address("events:minutes", minutes.event.slug)]),
        "title": _told(title),
        "present": present_in_words(presence_of(minutes.event, user)),
        "meetings": [_meeting(minutes, items)],
        "compiled": False,
    }
    return press.pdf("events/minutes", data, title=f"{_word()}: {title.text or minutes.event.slug}", language=_language())


def compiled_pdf(group: Any, listed: Iterable[Minutes], user: Any, head: list[str]) -> bytes:
    """Return the minutes of several meetings of a group as a PDF, in the order given, without who was there. Raises PressError."""
    meetings, name = list(listed), told(group, "name")
    items = items_of([minutes.pk for minutes in meetings], user)
    data = {
        **_document(_("Minutes of the group"), [*head, _address("events:group_minutes", group.slug)]),
        "title": _told(name),
        "present": [],
        "meetings": [_meeting(minutes, items[minutes.pk]) for minutes in meetings],
        "compiled": True,
    }
    return press.pdf("events/minutes", data, title=f"{_('Minutes of the group')}: {name.text or group.slug}", language=_language())


def file_name(slug: str, *, many: bool = False, year: int | None = None) -> str:
    """Return the name of the file: `minutes-junta-de-mayo-en.pdf`, of a group `all-minutes-comite-2026-en.pdf`."""
    word = pgettext("name of a file", "all-minutes") if many else pgettext("name of a file", "minutes")
    return f"{'-'.join(filter(None, [word, slug, str(year or ''), _language()]))}.pdf"


def standing(minutes: Minutes) -> Iterator[str]:
    """Yield where minutes stand and since when, in words."""
    yield str(minutes.get_state_display())
    if minutes.published_at and minutes.state != MinutesState.DRAFT:
        yield f"{pgettext('minutes', 'Published')} {day_of(minutes.published_at)}"
    if minutes.approved_at and minutes.state == MinutesState.APPROVED:
        yield f"{pgettext('minutes', 'Approved')} {day_of(minutes.approved_at)}"


def present_in_words(presence: Presence) -> list[list[str]]:
    """Return who was there as pairs of a label and words, as far as the page tells it."""
    named = presence.is_named
    besides = ngettext("%(n)s more person", "%(n)s more people", presence.others) % {"n": presence.others}
    pairs = [
        (_("In all"), words_of(presence)),
        (_("Led by"), ", ".join(f"{seat.name} ({seat.role})" for seat in presence.leads)),
        (_("On site"), _seats(presence.present)),
        (_("On line"), _seats(presence.on_screen)),
        (_("Guests"), ", ".join(presence.guests)),
        (_("Besides"), besides if named and presence.others > 0 else ""),
        (_("Absent"), _seats(presence.absent) if presence.whole else ""),
    ]
    return [[label, words] for label, words in pairs if words]


def _seats(seats: list[Seat]) -> str:
    return ", ".join(f"{seat.name} ({seat.organisation})" if seat.organisation else seat.name for seat in seats)


def _document(kicker: str, below: list[str]) -> Plain:
    words = {
        "present": _("Who was there"),
        "items": _("What was talked about"),
        "tasks": _("Who does what until when"),
        "head": [_("Task"), _("Who"), _("Until"), _("State")],
        "contents": _("Contents"),
        "struck": _("Struck out; the number is not given again."),
        "nothing": _("Nothing is written yet"),
    }
    return {"kicker": kicker, "below": [line for line in below if line], "words": words}


def _meeting(minutes: Minutes, items: list[ItemRow]) -> Plain:
    event = minutes.event
    return {
        "title": _told(told(event, "title")),
        "below": [capfirst(when(event.starts_at, event.ends_at, event.time_zone)), " · ".join(standing(minutes))],
        "opening": _said(told(minutes, "opening")),
        "items": [_item(number, item) for number, item in enumerate(items, 1)],
        "tasks": [_task(task) for item in items for task in item.tasks],
    }


def _item(number: int, item: ItemRow) -> Plain:
    return {
        "number": f"{number}.",
        "title": _told(item.title),
        "summary": _said(item.summary),
        "resolutions": [_resolution(row) for row in item.resolutions],
        "tasks": ", ".join(task.code for task in item.tasks),
    }


def _resolution(row: ResolutionRow) -> Plain:
    return {"code": row.code, "label": row.label, "text": _said(row.text), "struck": row.is_struck}


def _task(task: TaskRow) -> Plain:
    return {"code": task.code, "text": _told(task.text), "who": task.who, "due": task.due or "–", "state": task.standing}


def _told(text: Told) -> Plain:
    """A line, with its language and, where it is another than the reader's, the name of that."""
    return {"text": text.text, "lang": text.lang.partition("-")[0], "mark": "" if not text or text.lang == get_language() else text.name}


def _said(text: Told) -> Plain:
    return {**_told(text), "body": blocks(text.text, breaks=True)}


def _name(minutes: Minutes) -> str:
    return f"{_word()} · {minutes.get_state_display()}"


def _word() -> str:
    return pgettext("of a meeting", "Minutes")


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _address(name: str, slug: str) -> str:
    return settings.BASE_URL + reverse(name, args=[slug])


def day_of(at: Any) -> str:
    """Return the day of an instant, by the reader's clock."""
    return date_format(localtime(at), pgettext("date", "j F Y"))
