"""Predicates with the two traps of django-rules handled once: inactive accounts and anonymous visitors."""

from collections.abc import Callable
from typing import Any

import rules
from django.contrib.auth.models import AnonymousUser


def active(function: Callable[..., bool]) -> rules.Predicate:
    """Make a predicate that is never true for an anonymous visitor or an inactive account."""

    def check(user: Any, thing: Any = None) -> bool:
        return is_present(user) and function(user, thing)

    return rules.predicate(check, name=function.__name__)


def is_present(user: Any) -> bool:
    """Tell whether `user` is somebody signed in with a working account."""
    return user is not None and not isinstance(user, AnonymousUser) and user.is_active


@active
def is_staff(user: Any, thing: Any) -> bool:
    """The secretariat's people."""
    return bool(user.is_staff)


@active
def is_secretariat(user: Any, thing: Any) -> bool:
    """Staff in the secretariat's group, and superusers."""
    return bool(user.is_superuser or (user.is_staff and user.in_group("secretariat")))


@active
def is_protection_officer(user: Any, thing: Any) -> bool:
    """The only people who may open a protected identity."""
    return bool(user.is_staff and user.in_group("protection"))
