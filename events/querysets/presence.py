"""Who was at an event, as its minutes tell it: names to the people of the event, a number to everybody else."""

from dataclasses import dataclass, field
from typing import Any, Final

from django.apps import apps
from django.utils.translation import gettext as _

from events.enums import EventMode
from events.querysets.day import present_at, present_figures
from members.enums import GroupRole

FEWEST: Final = 5  # people: fewer are never a figure (trust.md)


@dataclass(frozen=True)
class Seat:
    """Somebody of the event's groups: whether they were there, and how."""

    pk: int
    name: str
    role: str
    organisation: str
    mode: str = ""


@dataclass(frozen=True)
class Presence:
    """Who was there. `seats` are named members of the groups, `others` how many more came; without names only numbers are left."""

    on_site: int | None = None
    on_line: int | None = None
    whole: int | None = None
    leads: list[Seat] = field(default_factory=list)
    present: list[Seat] = field(default_factory=list)
    on_screen: list[Seat] = field(default_factory=list)
    absent: list[Seat] = field(default_factory=list)
    guests: list[str] = field(default_factory=list)
    others: int = 0
    is_named: bool = False


def presence_of(event: Any, user: Any) -> Presence:
    """Return who was at `event`, as far as `user` may know: its groups and who runs it read names, others numbers of five and more."""
    figures = present_figures(event)
    if not user.has_perm("events.see_who_was_there", event):
        return Presence(*(_told(number) for number in _apart(figures)), whole=_told(figures.whole))
    there = members_at(event)
    seats = seats_of_event(event, user, there)
    named = {seat.pk for seat in seats}
    guests = _guests(event) if user.has_perm("events.run_event", event) else []
    return Presence(
        figures.on_site,
        figures.on_line,
        figures.whole,
        leads=[seat for seat in seats if seat.role and seat.mode],
        present=[seat for seat in seats if seat.mode == EventMode.ON_SITE],
        on_screen=[seat for seat in seats if seat.mode == EventMode.ON_LINE],
        absent=[seat for seat in seats if not seat.mode],
        guests=guests,
        others=figures.whole - len(named & there.keys()) - len(guests),
        is_named=True,
    )


def members_at(event: Any) -> dict[int, str]:
    """Return how each member who was there took part, by key. Three queries at most."""
    return {person: row.mode for row in present_at(event) if (person := _person(row))}


def seats_of_event(event: Any, user: Any, there: dict[int, str]) -> list[Seat]:
    """Return who sat in the event's groups on its day and is shown to `user`, who leads first; each person once. One query."""
    memberships = apps.get_model("members", "GroupMembership").objects.visible_to(user).on(event.starts_on)
    rows = memberships.filter(group__in=event.groups.order_by().values("pk")).select_related("person", "organisation")
    found: dict[int, Seat] = {}
    for row in sorted(rows, key=lambda row: (list(GroupRole).index(row.role), row.person.name.casefold())):
        leads = row.role in (GroupRole.CHAIR, GroupRole.COORDINATOR, GroupRole.SECRETARY)
        role = str(row.get_role_display()) if leads else ""
        body = row.organisation.name if row.organisation else ""
        found.setdefault(row.person_id, Seat(row.person_id, row.person.name, role, body, there.get(row.person_id, "")))
    return list(found.values())


def _person(row: Any) -> int | None:
    if row.person is not None:
        return int(row.person.pk)
    account = row.registration.user
    person = getattr(account, "person", None)
    return person.pk if person is not None else None


def _guests(event: Any) -> list[str]:
    """Names of registered people who are no members, for who runs the event."""
    return [row.registration.name for row in present_at(event) if row.registration is not None and _person(row) is None]


def _apart(figures: Any) -> tuple[int, int]:
    """On site and on line, both or neither: one could be worked out from the other."""
    both = (figures.on_site, figures.on_line)
    return (0, 0) if any(0 < number < FEWEST for number in both) else both


def _told(number: int) -> int | None:
    return number if number >= FEWEST else None


def words_of(presence: Presence) -> str:
    """Return how many were there, in words; empty where that is not told."""
    if not presence.whole:
        return ""
    if presence.on_site and presence.on_line:
        return _("%(site)s on site and %(line)s on line") % {"site": presence.on_site, "line": presence.on_line}
    return _("%(people)s people") % {"people": presence.whole}
