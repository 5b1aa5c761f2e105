"""Asking for permission."""

from typing import Any

import rules
from django.core.exceptions import PermissionDenied


def require(actor: Any, permission: str, thing: Any = None) -> None:
    """Return quietly when `actor` may; otherwise raise PermissionDenied, which the pages answer with 403."""
    if not actor.has_perm(permission, thing):
        raise PermissionDenied(permission)


def may_personally(actor: Any, permission: str, thing: Any) -> bool:
    """Tell whether the rules allow it to `actor` as the person they are: what nobody else may do a superuser may not either."""
    return bool(rules.has_perm(permission, actor, thing))


def require_personally(actor: Any, permission: str, thing: Any) -> None:
    """Return quietly when `actor` may personally; otherwise raise PermissionDenied."""
    if not may_personally(actor, permission, thing):
        raise PermissionDenied(permission)
