"""Accounts: closing, opening again, and the roles that go with the secretariat."""

from collections.abc import Iterable

from django.contrib.auth.models import Group as Role
from django.core.exceptions import PermissionDenied
from django.db import transaction

from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import StaleState


def close_account(*, user: User, actor: User) -> User:
    """Let nobody enter with this account any more; what it did stays."""
    require(actor, "members.close_account", user)
    return _switch(user, actor, "members.account_closed", is_active=False)


def reopen_account(*, user: User, actor: User) -> User:
    """Let people enter with this account again."""
    require(actor, "members.reopen_account", user)
    return _switch(user, actor, "members.account_reopened", is_active=True)


def set_roles(*, user: User, actor: User, is_staff: bool, is_superuser: bool, roles: Iterable[Role]) -> User:
    """Say who works in the secretariat and as what; only a superuser may, and nobody makes themself protection officer."""
    require(actor, "members.set_roles", user)
    names = sorted(role.name for role in roles)
    if user.pk == actor.pk and "protection" in names and not user.in_group("protection"):
        raise PermissionDenied("standards.open_identity")
    with transaction.atomic():
        user.is_staff, user.is_superuser = is_staff, is_superuser
        user.save(update_fields=["is_staff", "is_superuser"])
        user.groups.set(Role.objects.filter(name__in=names))
        audit.record("members.roles_set", actor=actor, target=user, staff=is_staff, superuser=is_superuser, roles=names)
    return user


def _switch(user: User, actor: User, verb: str, *, is_active: bool) -> User:
    with transaction.atomic():
        if not User.objects.filter(pk=user.pk, is_active=not is_active).update(is_active=is_active):
            raise StaleState
        user.is_active = is_active
        audit.record(verb, actor=actor, target=user)
    return user
