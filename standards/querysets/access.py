"""Who sees what is not public yet."""

from typing import Any

from red_mpe.core.predicates import is_present


def sees_drafts(user: Any) -> bool:
    """The secretariat's staff sees frameworks, versions and rounds before the public does, and so does who may everything."""
    return is_present(user) and bool(user.is_staff or user.is_superuser)
