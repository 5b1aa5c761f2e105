"""Several registrations at once, and the list that is taken away."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from events.actions.waiting import approve_registration
from events.enums import RegistrationState
from events.models import Event, Registration
from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError

#: So many are approved in one go: each is a transaction of its own.
AT_ONCE: Final = 100


@dataclass(frozen=True)
class Approved:
    """What became of those that were to be approved."""

    confirmed: int = 0
    waiting: int = 0
    passed: int = 0


def approve_many(*, event: Event, actor: User, codes: Iterable[str]) -> Approved:
    """Approve the registrations with these codes in the order of arrival, at most a hundred; tell how many got a place and how many wait.

    What no longer waits for approval is passed over: somebody was faster, or its owner has cancelled.
    """
    require(actor, "events.run_event", event)
    wanted = set(codes)
    if len(wanted) > AT_ONCE:
        raise DomainError(_("At most a hundred are approved at once."))
    found = Registration.objects.filter(event=event, code__in=wanted, state=RegistrationState.PENDING)
    became = [_approve(registration, actor) for registration in found.select_related("event").order_by("number")]
    confirmed, waiting = became.count(RegistrationState.CONFIRMED), became.count(RegistrationState.WAITING)
    return Approved(confirmed, waiting, len(wanted) - confirmed - waiting)


def _approve(registration: Registration, actor: User) -> str:
    try:
        return str(approve_registration(registration=registration, actor=actor).state)
    except DomainError:
        return ""


def take_list(*, event: Event, actor: User, kind: str, needs: bool) -> None:
    """Note that somebody takes the list of registrations away, and whether what people need goes along."""
    require(actor, "events.run_event", event)
    audit.record("events.registrations_taken_away", actor=actor, target=event, format=kind, needs=needs)
