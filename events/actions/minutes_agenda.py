"""What minutes begin with: the agenda, and what the meeting before has left."""

from collections.abc import Callable, Iterator

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.keeping import InLanguages, columns
from events.enums import EventAudience, EventKind, MinutesState, SessionKind, TaskState
from events.models import Event, Minutes, MinutesItem, Task
from events.states import LANGUAGES
from members.models.texts import told
from red_mpe.core.locale import SITE_LANGUAGE, short_day

_BEFORE = gettext_lazy("Minutes and tasks of the meeting before")
#: The wider, the more read it.
_WIDTH = {EventAudience.GROUP: 0, EventAudience.MEMBERS: 1, EventAudience.PUBLIC: 2}


def first_items(minutes: Minutes) -> list[MinutesItem]:
    """Return the items that minutes begin with, not saved yet."""
    event = minutes.event
    items = [_leftover(minutes, previous)] if (previous := previous_of(event)) else []
    for session in event.sessions.exclude(kind=SessionKind.BREAK).order_by("starts_at", "pk"):
        titles = {language: getattr(session, f"title_{language}") or "" for language in LANGUAGES}
        items.append(MinutesItem(minutes=minutes, session=session, **columns("title", titles, line=True)))
    for place, item in enumerate(items):
        item.position = place
    return items


def previous_of(event: Event) -> Minutes | None:
    """Return the published minutes of the meeting before of the same group; None for what is no meeting."""
    if event.kind != EventKind.MEETING:
        return None
    groups = event.groups.order_by().values("pk")
    earlier = Minutes.objects.filter(event__kind=EventKind.MEETING, event__groups__in=groups, event__starts_at__lt=event.starts_at)
    return earlier.exclude(state=MinutesState.DRAFT).select_related("event").order_by("-event__starts_at", "-pk").first()


def approval_item(minutes: Minutes) -> MinutesItem:
    """Return the item under which minutes of the meeting before are approved; it is put on top where there is none."""
    titles = in_each_language(lambda: str(_BEFORE))
    known = minutes.items.filter(title_es=titles["es"]).first()
    return known or minutes.items.create(position=0, **columns("title", titles, line=True))


def approval_words(minutes: Minutes) -> InLanguages:
    """Return the agreement by which minutes are approved. It names the day only: not everybody may know of that meeting."""
    return in_each_language(lambda: _("The minutes of the meeting of %(day)s are approved.") % {"day": short_day(minutes.event.starts_on)})


def in_each_language(words: Callable[[], str]) -> dict[str, str]:
    """Return what a function says in each language."""
    said = {}
    for language in LANGUAGES:
        with translation.override(SITE_LANGUAGE[language]):
            said[language] = words()
    return said


def _leftover(minutes: Minutes, previous: Minutes) -> MinutesItem:
    """The first item: to approve the minutes of the meeting before, and its open tasks where all who read these may read those."""
    left = Task.objects.filter(item__minutes=previous, state=TaskState.OPEN)
    tasks = list(left) if _read_by_as_many(previous.event, minutes.event) else []
    titles = in_each_language(lambda: str(_BEFORE))
    summary = in_each_language(lambda: "\n".join(_left(previous, tasks)))
    return MinutesItem(minutes=minutes, **columns("title", titles, line=True), **columns("summary", summary))


def _left(previous: Minutes, tasks: list[Task]) -> Iterator[str]:
    day = short_day(previous.event.starts_on)
    if previous.state == MinutesState.PUBLISHED:
        yield _("Proposed: to approve the minutes of the meeting of %(day)s.") % {"day": day}
    if tasks:
        yield ""
        yield _("Open tasks of that meeting:")
        yield ""
    for task in tasks:
        until = _(" (until %(day)s)") % {"day": short_day(task.due_on)} if task.due_on else ""
        yield f"- {task.code}: {told(task, 'text').text}{until}"


def _read_by_as_many(before: Event, now: Event) -> bool:
    """Tell whether everybody who reads the minutes of `now` may read those of `before`."""
    if before.audience == now.audience == EventAudience.GROUP:
        return not now.groups.exclude(pk__in=before.groups.order_by().values("pk")).exists()
    return _WIDTH[EventAudience(before.audience)] >= _WIDTH[EventAudience(now.audience)]
