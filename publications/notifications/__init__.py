"""What the library announces, a file per area: each gives its `TYPES`."""

from publications.notifications import access, flow, searching
from red_mpe.notifications.registry import NotificationType, register

TYPES: tuple[NotificationType, ...] = (*flow.TYPES, *access.TYPES, *searching.TYPES)


def register_types() -> None:
    """Make them known to the road; called once, when the app is ready."""
    register(*TYPES)
