"""How many profiles an account may open in a day: enough for people, too few for a machine that copies the directory."""

from typing import Final

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core.predicates import is_secretariat
from red_mpe.core.states import DomainError
from red_mpe.notifications.actions import announce

PROFILES_A_DAY: Final = 150
_DAY: Final = 86_400  # seconds


class BudgetSpent(DomainError):
    """This account has looked at as many profiles as one day allows."""

    def __init__(self) -> None:
        super().__init__(_("You have opened very many profiles today. To protect people we show no more until tomorrow."))


def spend_profile_view(*, actor: User) -> None:
    """Count one profile, or one page of people, that an account looks at; raise BudgetSpent beyond the day's budget.

    The first look beyond it is told to the secretariat. The secretariat itself has no budget. While the cache is away
    nobody is refused.
    """
    if is_secretariat(actor):
        return
    if (seen := count_today(f"profiles:{actor.pk}")) <= PROFILES_A_DAY:
        return
    if seen == PROFILES_A_DAY + 1:
        with transaction.atomic():
            announce("members.budget_spent", actor=actor, target=actor, limit=PROFILES_A_DAY)
    raise BudgetSpent


def count_today(act: str) -> int:
    """Count one more of `act` today and return how many there were; always one while the cache is away."""
    key = f"{act}:{timezone.localdate():%Y%m%d}"
    cache.add(key, 0, _DAY)
    try:
        return int(cache.incr(key))
    except ValueError:  # it was flushed between the two
        return 1
