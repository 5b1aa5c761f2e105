"""The quorum of a committee's meeting, chamber by chamber: seats belong to organisations, and one is filled by whoever sits in it.

At least half of all seats that vote, and half of those of each chamber that votes and has any (docs: process). Exact fractions only.
The chair is neutral; observers, and who speaks for no organisation, have a voice and no vote.
"""

import math
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from django.apps import apps
from django.utils import timezone

from events.enums import EventKind
from members.enums import GroupKind, GroupRole, PersonState

HALF: Final = Fraction(1, 2)
#: Groups that decide by chambers.
DECIDING: Final = (GroupKind.COMMITTEE, GroupKind.MANAGEMENT_COMMITTEE, GroupKind.PME_COMMITTEE)
_CHAMBER: Final = "organisation__category__chamber"


@dataclass(frozen=True)
class Bench:
    """One chamber of a committee: its seats, and how many of them are filled."""

    code: str
    name: str
    seats: int
    present: int

    @property
    def needed(self) -> int:
        """How many seats must be filled."""
        return half_of(self.seats)

    @property
    def missing(self) -> int:
        """How many more must be filled; nothing where enough are."""
        return max(0, self.needed - self.present)


@dataclass(frozen=True)
class Quorum:
    """The benches that count, and whether those who are there may decide."""

    benches: tuple[Bench, ...]

    @property
    def seats(self) -> int:
        """All seats that vote."""
        return sum(bench.seats for bench in self.benches)

    @property
    def present(self) -> int:
        """Those of them that are filled."""
        return sum(bench.present for bench in self.benches)

    @property
    def needed(self) -> int:
        """How many must be filled of all seats."""
        return half_of(self.seats)

    @property
    def missing(self) -> int:
        """How many more must be filled of all seats."""
        return max(0, self.needed - self.present)

    @property
    def is_reached(self) -> bool:
        """Whether the meeting may decide; a committee without a seat may not."""
        return self.seats > 0 and not self.missing and not any(bench.missing for bench in self.benches)


def half_of(seats: int) -> int:
    """Return the smallest number of seats that is at least half of them."""
    return math.ceil(HALF * seats)


@dataclass(frozen=True)
class Sitting:
    """Somebody who sits in the committee that meets: `is_there` tells whether they were seen at the meeting."""

    person: Any
    organisation: str
    chamber: str
    is_there: bool


def committees_of(event: Any) -> Any:
    """Return the groups of a meeting that decide by chambers, as a query; none of what is no meeting."""
    if event.kind != EventKind.MEETING:
        return event.groups.none()
    return event.groups.filter(kind__in=DECIDING)


def quorum_of(event: Any) -> Quorum:
    """Return the quorum of a meeting as it is now, with three queries however many sit there."""
    there, holders = people_there(event), defaultdict(list)
    for chamber, organisation, person in _seats(event).values_list(f"{_CHAMBER}__code", "organisation", "person"):
        holders[chamber, organisation].append(person in there)
    benches = []
    for chamber in apps.get_model("core", "Chamber").objects.filter(votes=True).order_by("position", "code"):
        filled = [any(present) for (code, _organisation), present in holders.items() if code == chamber.code]
        if filled:
            benches.append(Bench(chamber.code, chamber.name, len(filled), sum(filled)))
    return Quorum(tuple(benches))


def sittings_of(event: Any, user: Any) -> list[Sitting]:
    """Return who holds a seat that votes, as far as `user` may see their names, chamber by chamber."""
    there = people_there(event)
    order = (f"{_CHAMBER}__position", "organisation__name", "person__name")
    rows = _seats(event).visible_to(user).select_related("person", "organisation__category__chamber").order_by(*order)
    return [Sitting(row.person, row.organisation.name, row.organisation.category.chamber.name, row.person_id in there) for row in rows]


def people_there(event: Any) -> set[int]:
    """Return the members who were seen at an event, or at a session of it: by themselves or by their registration."""
    seen = event.attendances.order_by().values_list("person", "registration__user__person")
    return {person for pair in seen for person in pair if person is not None}


def _seats(event: Any) -> Any:
    """Return the seats that vote, as they are on the day of the meeting; before it, as they are today."""
    today = timezone.now().astimezone(event.zone).date()
    seats = apps.get_model("members", "GroupMembership").objects.on(min(today, event.starts_on))
    voting = seats.filter(group__in=committees_of(event).order_by().values("pk"), person__state=PersonState.MEMBER)
    voting = voting.exclude(role__in=(GroupRole.CHAIR, GroupRole.OBSERVER)).filter(**{f"{_CHAMBER}__votes": True})
    return voting.order_by()
