"""How applications and memberships move."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from members.enums import ApplicationKind, ApplicationState, PersonState
from red_mpe.core.states import Move, Words

if TYPE_CHECKING:
    from members.models import Application


def account_works(application: "Application") -> Iterator[Words]:
    """The applicant can still enter."""
    if not application.applicant.is_active:
        yield _("the account of this person is closed")


def is_somebody_new(application: "Application") -> Iterator[Words]:
    """Somebody joins once; a member may still bring an organisation."""
    if application.kind == ApplicationKind.PERSON and hasattr(application.applicant, "person"):
        yield _("this person is already a member")


_WAITING = frozenset({ApplicationState.SENT})

ACCEPT: Final = Move(_WAITING, ApplicationState.ACCEPTED, "members.accept_application", guards=(account_works, is_somebody_new))
DECLINE: Final = Move(_WAITING, ApplicationState.DECLINED, "members.decline_application")
WITHDRAW: Final = Move(_WAITING, ApplicationState.WITHDRAWN, "members.withdraw_application")

SUSPEND: Final = Move(frozenset({PersonState.MEMBER}), PersonState.SUSPENDED, "members.suspend_person")
RESTORE: Final = Move(frozenset({PersonState.SUSPENDED}), PersonState.MEMBER, "members.restore_person")

APPLICATION_MOVES: Final = {"accept": ACCEPT, "decline": DECLINE, "withdraw": WITHDRAW}
PERSON_MOVES: Final = {"suspend": SUSPEND, "restore": RESTORE}
