"""Before drafting: the committee is seated, balanced between chambers, countries, women and men."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.enums import Gender, GroupRole, PersonState
from red_mpe.core.states import Words, guard

_SEAT = gettext_lazy("Ask the secretariat to seat more people in the committee, each for an organisation.")


@dataclass(frozen=True)
class Seat:
    """One seat of a committee: for which organisation, in which chamber, of which country; empty for who speaks for nobody."""

    chamber: str
    organisation: int | None
    country: str
    role: str
    woman: bool


@dataclass(frozen=True)
class Bench:
    """One chamber in a committee: its seats and the organisations that hold them."""

    code: str
    name: str
    votes: bool
    seats: int
    organisations: int
    countries: tuple[tuple[str, int], ...]


def seats_of(framework: Any) -> list[Seat]:
    """Return today's seats of the committee; observers, and people who are not members any more, have none."""
    if framework.committee_id is None:
        return []
    held = (
        framework.committee.memberships.on(timezone.localdate()).exclude(role=GroupRole.OBSERVER).filter(person__state=PersonState.MEMBER)
    )
    columns = ("organisation__category__chamber__code", "organisation_id", "organisation__country", "role", "person__gender")
    rows = held.order_by("pk").values_list(*columns)
    return [
        Seat(code or "", organisation, country or "", role, gender == Gender.WOMAN) for code, organisation, country, role, gender in rows
    ]


def benches(framework: Any, seats: list[Seat]) -> list[Bench]:
    """Return every chamber with the seats that count for it: of organisations of that chamber, the chair left out as neutral."""
    counted = [seat for seat in seats if seat.role != GroupRole.CHAIR]
    found = []
    for chamber in apps.get_model("core", "Chamber").objects.order_by("position"):
        own = [seat for seat in counted if seat.chamber == chamber.code]
        countries = tuple(Counter(seat.country for seat in own).most_common())
        organisations = len({seat.organisation for seat in own})
        found.append(Bench(chamber.code, chamber.name, chamber.votes, len(own), organisations, countries))
    return found


def few_women(framework: Any, seats: list[Seat]) -> bool:
    """Tell whether women hold a smaller share of the seats than the rules ask; an empty committee has too few."""
    women = sum(seat.woman for seat in seats)
    return not seats or 100 * women < framework.rules.women_percent * len(seats)


def _voting(framework: Any) -> list[Bench]:
    return [bench for bench in benches(framework, seats_of(framework)) if bench.votes]


@guard(gettext_lazy("Every voting chamber has its seats in the committee"), _SEAT, "committee")
def chambers_are_seated(framework: Any) -> Iterable[Words]:
    """Each voting chamber has the seats of the rules."""
    least = framework.rules.chamber_seats
    for bench in _voting(framework):
        if bench.seats < least:
            yield _("%(chamber)s: %(seats)s of %(least)s seats.") % {"chamber": bench.name, "seats": bench.seats, "least": least}


@guard(gettext_lazy("Every voting chamber is spoken for by several organisations"), _SEAT, "committee")
def organisations_are_several(framework: Any) -> Iterable[Words]:
    """Each voting chamber has the organisations of the rules."""
    least = framework.rules.chamber_organisations
    for bench in _voting(framework):
        if bench.organisations < least:
            words = _("%(chamber)s: %(organisations)s of %(least)s organisations.")
            yield words % {"chamber": bench.name, "organisations": bench.organisations, "least": least}


@guard(
    gettext_lazy("No country holds too much of a chamber"),
    gettext_lazy("Ask the secretariat to seat organisations of other countries."),
    "committee",
)
def no_country_prevails(framework: Any) -> Iterable[Words]:
    """In no voting chamber one country has more than the share of the rules."""
    most = framework.rules.country_percent
    for bench in _voting(framework):
        for country, seats in bench.countries[:1]:
            if 100 * seats > most * bench.seats:
                words = _("%(chamber)s: %(seats)s of %(all)s seats are of one country (%(country)s), more than %(most)s %%.")
                yield words % {"chamber": bench.name, "seats": seats, "all": bench.seats, "country": country, "most": most}


@guard(
    gettext_lazy("Women hold their share of the seats, or the reason is public"),
    gettext_lazy("Seat more women, or publish why the committee has fewer."),
    "committee",
)
def women_have_their_share(framework: Any) -> Iterable[Words]:
    """Women hold the share of the rules, or everybody can read why not. How many there are is not told: seats are few."""
    reasons = [getattr(framework, f"balance_reason_{language}") for language in ("es", "en", "pt")]
    if few_women(framework, seats_of(framework)) and not any(reasons):
        yield _("Women hold less than %(least)s %% of the seats, and no reason is published.") % {"least": framework.rules.women_percent}
