"""Who sees what is not public yet."""

from typing import Any


def sees_drafts(user: Any) -> bool:
    """The secretariat's staff sees frameworks, versions and rounds before the public does."""
    return bool(getattr(user, "is_staff", False) and user.is_active)
