"""Writing minutes: their opening words, items, decisions and agreements."""

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from events.actions.keeping import (
    InLanguages,
    changing,
    columns,
    is_numbered,
    leave_trace,
    lengths,
    refuse_overwriting,
    require_words,
)
from events.enums import ResolutionKind
from events.models import Minutes, MinutesItem, Resolution, Session
from members.models import User
from red_mpe.core.states import DomainError


def write_opening(*, minutes: Minutes, actor: User, opening: InLanguages, seen: str = "") -> Minutes:
    """Write the words before the items; `seen` is the mark of the words that the writer knew.

    Refused with WrittenMeanwhile where somebody else has written others in between.
    """
    words = columns("opening", opening)
    with changing(minutes, actor) as locked:
        refuse_overwriting(locked, seen, "opening", written=words)
        _write(locked, words)
        leave_trace("minutes_opening_written", locked, actor)
    minutes.refresh_from_db()
    return minutes


def add_item(
    *, minutes: Minutes, actor: User, title: InLanguages, summary: InLanguages | None = None, session: Session | None = None
) -> MinutesItem:
    """Add an item at the end; the same words sent twice are one. Refused without a title, and with a session of another event."""
    words = {**columns("title", title, line=True), **columns("summary", summary or {})}
    require_words(columns("title", title, line=True), _("Write the title of the item, in at least one language."))
    with changing(minutes, actor) as locked:
        _refuse_foreign(locked, session)
        if earlier := locked.items.filter(**_same(words), session=session).first():
            return earlier
        last = locked.items.aggregate(last=Max("position"))["last"]
        item: MinutesItem = locked.items.create(session=session, position=0 if last is None else last + 1, **words)
        leave_trace("minutes_item_added", locked, actor, item=item.pk)
    return item


def change_item(*, item: MinutesItem, actor: User, title: InLanguages, summary: InLanguages, seen: str = "", **more: Any) -> MinutesItem:
    """Change the words of an item and, where `session` is given, what it belongs to.

    Refused with WrittenMeanwhile where somebody else has written in between: `present` is what stands there now.
    """
    words = {**columns("title", title, line=True), **columns("summary", summary)}
    require_words(columns("title", title, line=True), _("Write the title of the item, in at least one language."))
    with changing(item.minutes, actor) as locked:
        present = MinutesItem.objects.get(pk=item.pk)
        _refuse_foreign(locked, more.get("session"))
        refuse_overwriting(present, seen, "title", "summary", written=words)
        before = lengths(present, words)
        _write(present, {**words, **more})
        leave_trace("minutes_item_changed", locked, actor, item=item.pk, before=before, after=lengths(present, words))
    item.refresh_from_db()
    return item


def move_item(*, item: MinutesItem, actor: User, by: int) -> None:
    """Move an item one place up (-1) or down (1); at the end of the list it stays."""
    with changing(item.minutes, actor) as locked:
        items = list(locked.items.order_by("position", "pk"))
        here = next(place for place, one in enumerate(items) if one.pk == item.pk)
        there = min(max(here + by, 0), len(items) - 1)
        items.insert(there, items.pop(here))
        for place, one in enumerate(items):
            one.position = place
        MinutesItem.objects.bulk_update(items, ["position"])
        leave_trace("minutes_item_moved", locked, actor, item=item.pk, position=there)


def remove_item(*, item: MinutesItem, actor: User) -> None:
    """Take an item away. Refused where decisions, agreements or tasks of it have been published: they are struck out one by one."""
    with changing(item.minutes, actor) as locked:
        if is_numbered(locked) and (item.resolutions.exists() or item.tasks.exists()):
            raise DomainError(_("What has been published is not taken away with its item: strike it out first, or drop the task."))
        leave_trace("minutes_item_removed", locked, actor, item=item.pk)
        MinutesItem.objects.filter(pk=item.pk).delete()


def add_resolution(*, item: MinutesItem, actor: User, kind: str, text: InLanguages) -> Resolution:
    """Write down a decision or an agreement; the same words sent twice are one. In published minutes it gets the next number."""
    words = columns("text", text)
    require_words(words, _("Write what was resolved, in at least one language."))
    with changing(item.minutes, actor) as locked:
        if earlier := item.resolutions.filter(**_same(words), kind=kind).first():
            return earlier
        number = _next(locked, kind) if is_numbered(locked) else item.resolutions.count()
        resolution: Resolution = item.resolutions.create(kind=kind, position=number, **words)
        leave_trace("minutes_resolution_added", locked, actor, resolution=resolution.pk)
    return resolution


def change_resolution(*, resolution: Resolution, actor: User, kind: str, text: InLanguages, seen: str = "") -> Resolution:
    """Change a decision or an agreement. Refused where somebody else has written in between, and another kind once it has a number."""
    words = columns("text", text)
    require_words(words, _("Write what was resolved, in at least one language."))
    with changing(resolution.item.minutes, actor) as locked:
        present = Resolution.objects.get(pk=resolution.pk)
        if is_numbered(locked) and kind != present.kind:
            raise DomainError(_("It has its number already: strike it out and write another."))
        refuse_overwriting(present, seen, "text", written=words)
        before = lengths(present, words)
        _write(present, {**words, "kind": kind})
        leave_trace("minutes_resolution_changed", locked, actor, resolution=present.pk, before=before, after=lengths(present, words))
    resolution.refresh_from_db()
    return resolution


def remove_resolution(*, resolution: Resolution, actor: User) -> None:
    """Take a decision or an agreement away; one that has been published leaves its number behind, without words."""
    with changing(resolution.item.minutes, actor) as locked:
        rows = Resolution.objects.filter(pk=resolution.pk)
        if is_numbered(locked):
            rows.update(**columns("text", {}))
        else:
            rows.delete()
        leave_trace("minutes_resolution_removed", locked, actor, resolution=resolution.pk)


def number_resolutions(minutes: Minutes) -> None:
    """Give the resolutions their numbers in reading order, each kind its own: from now on they keep them. Called once, when published."""
    counts: dict[str, int] = dict.fromkeys(ResolutionKind, 0)
    rows = list(Resolution.objects.filter(item__minutes=minutes).order_by("item__position", "item", "position", "pk"))
    for row in rows:
        counts[row.kind] += 1
        row.position = counts[row.kind]
    Resolution.objects.bulk_update(rows, ["position"])


def _next(minutes: Minutes, kind: str) -> int:
    last = Resolution.objects.filter(item__minutes=minutes, kind=kind).aggregate(last=Max("position"))["last"]
    return int(last or 0) + 1


def _refuse_foreign(minutes: Minutes, session: Session | None) -> None:
    if session is not None and session.event_id != minutes.event_id:
        raise DomainError(_("This session belongs to another event."))


def _same(words: dict[str, str]) -> dict[str, str]:
    return {column: text for column, text in words.items() if text}


def _write(thing: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(thing, name, value)
    thing.save(update_fields=list(values))
