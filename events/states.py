"""How events move, and what must hold before."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import ON, WITH_LINK, WITH_PLACE, EventAudience, EventState, MinutesState, RegistrationState
from red_mpe.core.states import Move, Words, guard

LANGUAGES: Final = ("es", "en", "pt")


@guard(_("It is said what it is"), _("Write a title and a summary, each in at least one language."))
def is_described(event: Any) -> Iterator[Words]:
    """A title and a summary."""
    for name, words in (("title", _("the title is missing")), ("summary", _("the summary is missing"))):
        if not any(getattr(event, f"{name}_{language}") for language in LANGUAGES):
            yield words


@guard(_("It is still to come"), _("Choose a beginning in the future."))
def is_to_come(event: Any) -> Iterator[Words]:
    """It begins later than now."""
    if event.starts_at <= timezone.now():
        yield _("its beginning has passed")


@guard(_("It is said where"), _("Write the place and its municipality; for what happens on line, the link."))
def has_a_place(event: Any) -> Iterator[Words]:
    """A place for those who come, a link for those who connect."""
    if event.mode in WITH_PLACE and not (event.venue and event.municipality):
        yield _("the place or its municipality is missing")
    if event.mode in WITH_LINK and not event.link:
        yield _("the link is missing")


@guard(_("Somebody can see it"), _("Choose the groups that it is for."))
def has_readers(event: Any) -> Iterator[Words]:
    """What is only for groups has one."""
    if event.audience == EventAudience.GROUP and not event.groups.exists():
        yield _("it is only for its groups, and has none")


@guard(_("It is over"), _("Wait for its end."))
def is_over(event: Any) -> Iterator[Words]:
    """Its end has passed."""
    if event.ends_at > timezone.now():
        yield _("it has not ended yet")


@guard(_("It is said what came of it"), _("Write the report, in at least one language."))
def has_a_report(event: Any) -> Iterator[Words]:
    """A report in one language."""
    if not any(getattr(event, f"report_{language}") for language in LANGUAGES):
        yield _("the report is missing")


@guard(_("It is said how one registers"), _("Set when registration opens and closes."), "desk_terms")
def has_terms(event: Any) -> Iterator[Words]:
    """Terms of registration that have not run out."""
    terms = getattr(event, "terms", None)
    if terms is None:
        yield _("the terms of registration are missing")
    elif terms.closes_at <= timezone.now():
        yield _("registration has closed already")


_RUN: Final = "events.run_event"

ANNOUNCE: Final = Move(
    frozenset({EventState.DRAFT}), EventState.ANNOUNCED, _RUN, guards=(is_described, has_a_place, has_readers, is_to_come)
)
#: A postponed event has its new dates by the time this is asked.
RESCHEDULE: Final = Move(frozenset({EventState.POSTPONED}), EventState.ANNOUNCED, _RUN, guards=(has_a_place, is_to_come))
POSTPONE: Final = Move(frozenset(ON), EventState.POSTPONED, _RUN)
CANCEL: Final = Move(frozenset({*ON, EventState.POSTPONED}), EventState.CANCELLED, _RUN)
#: Made by hand, or by the clock when the terms say so. Those whom the event is for are told.
OPEN: Final = Move(frozenset({EventState.ANNOUNCED}), EventState.OPEN, _RUN, guards=(has_terms, is_to_come))
#: Made by the registration that takes the last seat, and by the one that frees it.
FILL: Final = Move(frozenset({EventState.OPEN}), EventState.FULL, _RUN)
REOPEN: Final = Move(frozenset({EventState.FULL}), EventState.OPEN, _RUN)
#: No registrations any more; whoever is registered stays so.
CLOSE: Final = Move(frozenset({EventState.OPEN, EventState.FULL}), EventState.ANNOUNCED, _RUN)
#: Made by the clock.
HOLD: Final = Move(frozenset(ON), EventState.HELD, _RUN, guards=(is_over,))
REPORT: Final = Move(frozenset({EventState.HELD}), EventState.REPORTED, _RUN, guards=(has_a_report,))

#: The moves that somebody makes by hand, by the word that stands for them in addresses.
BY_HAND: Final = {
    "announce": ANNOUNCE,
    "open": OPEN,
    "close": CLOSE,
    "postpone": POSTPONE,
    "reschedule": RESCHEDULE,
    "cancel": CANCEL,
    "report": REPORT,
}
MOVES: Final = {**BY_HAND, "hold": HOLD, "fill": FILL, "reopen": REOPEN}

_OWN: Final = "events.change_registration"
_DESK: Final = "events.run_event"
_STANDS: Final = frozenset({RegistrationState.PENDING, RegistrationState.WAITING, RegistrationState.OFFERED, RegistrationState.CONFIRMED})
#: How a registration moves; whether there is a seat is decided under the lock of the seats.
REGISTRATION_MOVES: Final = {
    "approve": Move(frozenset({RegistrationState.PENDING}), RegistrationState.CONFIRMED, _DESK),
    "queue": Move(frozenset({RegistrationState.PENDING}), RegistrationState.WAITING, _DESK),
    "decline": Move(frozenset({RegistrationState.PENDING}), RegistrationState.DECLINED, _DESK),
    "offer": Move(frozenset({RegistrationState.WAITING}), RegistrationState.OFFERED, _DESK),
    "accept": Move(frozenset({RegistrationState.OFFERED}), RegistrationState.CONFIRMED, _OWN),
    #: A seat that nobody has to accept: too little time is left, or nobody could on a page.
    "seat": Move(frozenset({RegistrationState.WAITING}), RegistrationState.CONFIRMED, _DESK),
    #: Made by the clock.
    "lapse": Move(frozenset({RegistrationState.OFFERED}), RegistrationState.LAPSED, _DESK),
    "cancel": Move(_STANDS, RegistrationState.CANCELLED, _OWN),
}

_KEEP: Final = "events.write_minutes"
#: How minutes move.
MINUTES_MOVES: Final = {
    "publish": Move(frozenset({MinutesState.DRAFT}), MinutesState.PUBLISHED, _KEEP),
    "withdraw": Move(frozenset({MinutesState.PUBLISHED}), MinutesState.DRAFT, _KEEP),
    "approve": Move(frozenset({MinutesState.PUBLISHED}), MinutesState.APPROVED, _KEEP),
}
