"""Who sees what is not public yet."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from red_mpe.core.predicates import is_present


def sees_drafts(user: Any) -> bool:
    """The secretariat's staff sees frameworks, versions and rounds before the public does, and so does who may everything."""
    return is_present(user) and bool(user.is_staff or user.is_superuser)


def drafts_of(user: Any, framework: str = "") -> Q:
    """Return the condition under which `user` sees a thing before the public does: the committee of its framework writes it.

    `framework` is the way from the thing to its framework, such as `version__framework__`. It costs no query of its own.
    """
    if not is_present(user) or user.member is None:
        return Q(pk__in=[])
    seats = user.member.group_memberships.on(timezone.localdate()).order_by()
    return Q(**{f"{framework}committee__in": seats.values("group")})
