"""Who was there, noted from the page of the minutes."""

from collections.abc import Iterable, Mapping
from uuid import uuid4

from django.db.models.functions import Coalesce

from events.actions.attending import attend, undo_attendance
from events.actions.keeping import changing, leave_trace
from events.enums import Seen
from events.models import Minutes
from members.models import Person, User


def mark_present(*, minutes: Minutes, actor: User, listed: Iterable[Person], present: Mapping[int, str]) -> None:
    """Note which of the `listed` members were there: `present` gives the mode of each by key.

    Who is known to have been there by a ticket or by their own word stays so; what the minutes noted is taken back. Sent twice it
    is the same. Refused once the minutes are approved.
    """
    with changing(minutes, actor) as locked:
        rows = locked.event.attendances.filter(session=None, seen=Seen.MINUTES).annotate(
            member=Coalesce("person", "registration__user__person")
        )
        known = {row.member: row for row in rows}  # type: ignore[attr-defined]
        for person in listed:
            mode, row = present.get(person.pk), known.get(person.pk)
            if row is not None and row.mode != mode:
                undo_attendance(attendance=row, actor=actor)
                row = None
            if mode and row is None:
                whom = {"mode": mode, "seen": Seen.MINUTES, "at": locked.event.starts_at, "person": person}
                attend(event=locked.event, actor=actor, once=uuid4(), **whom)
        leave_trace("minutes_presence_marked", locked, actor, present=len(present))
