"""Asking for files that are handed out on request: asked, granted until a day, refused, taken back."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from members.models import User
from publications.actions.moving import words_of
from publications.enums import RequestState
from publications.models import AccessRequest, Record
from publications.states import END_GRANT, GRANT, REFUSE
from red_mpe.core import states
from red_mpe.core.locale import network_day
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from red_mpe.core.text import clean
from red_mpe.notifications.actions import announce

LONGEST = timedelta(days=365)  # of a grant
ASKED = "publications.access_asked"
ANSWERED = "publications.access_answered"


def ask_access(*, record: Record, actor: User, reason: str) -> AccessRequest:
    """Ask for the files of a record, saying what for. Sent twice it is one request; refused to who holds a grant already."""
    require(actor, "publications.ask_access", record)
    reason = words_of(reason, _("Write what you need the files for: the editors decide by it."))
    mine = AccessRequest.objects.filter(record=record, user=actor)
    if mine.filter(state=RequestState.GRANTED, until__gte=network_day()).exists():
        raise DomainError(_("You have access already."))
    with transaction.atomic():
        request, is_new = mine.get_or_create(record=record, user=actor, state=RequestState.ASKED, defaults={"reason": reason})
        if is_new:
            announce(ASKED, actor=actor, target=request)
    return request


def grant_access(*, request: AccessRequest, actor: User, until: date, answer: str = "") -> AccessRequest:
    """Let who asked have the files until a day, that day included: today at the earliest, in a year at the latest."""
    require(actor, GRANT.permission, request)
    today = network_day()
    if not today <= until <= today + LONGEST:
        raise DomainError(_("Access is granted for today at least and a year at most."))
    with transaction.atomic():
        states.apply(request, GRANT, until=until, answer=clean(answer).strip(), decided_by=actor, decided_at=Now())
        announce(ANSWERED, actor=actor, target=request, step="grant", until=until.isoformat())
    return request


def refuse_access(*, request: AccessRequest, actor: User, answer: str) -> AccessRequest:
    """Say no, in words that who asked reads. Refused without them."""
    require(actor, REFUSE.permission, request)
    answer = words_of(answer, _("Write why: who asked reads it."))
    with transaction.atomic():
        states.apply(request, REFUSE, answer=answer, decided_by=actor, decided_at=Now())
        announce(ANSWERED, actor=actor, target=request, step="refuse")
    return request


def end_access(*, request: AccessRequest, actor: User, answer: str) -> AccessRequest:
    """Take a grant back before its day, in words that who asked reads. Refused without them."""
    require(actor, END_GRANT.permission, request)
    answer = words_of(answer, _("Write why: who asked reads it."))
    with transaction.atomic():
        states.apply(request, END_GRANT, answer=answer, decided_by=actor, decided_at=Now())
        announce(ANSWERED, actor=actor, target=request, step="end")
    return request
