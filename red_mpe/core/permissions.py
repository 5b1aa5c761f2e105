"""Asking for permission."""

from typing import Any

from django.core.exceptions import PermissionDenied


def require(actor: Any, permission: str, thing: Any = None) -> None:
    """Return quietly when `actor` may; otherwise raise PermissionDenied, which the pages answer with 403."""
    if not actor.has_perm(permission, thing):
        raise PermissionDenied(permission)
