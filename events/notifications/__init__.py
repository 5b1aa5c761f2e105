"""What is announced of events, a file per area."""

from events.notifications import after, minutes, registering
from events.notifications.events import ANNOUNCED, CALLED_OFF, CHANGED, NEAR, REPORTED, TOPICS
from events.notifications.events import TYPES as EVENT_TYPES
from events.notifications.registering import (
    CLOSING,
    DECLINED,
    LAPSED,
    NEW_PENDING,
    OFFERED,
    OPENED,
    PENDING,
    REGISTERED,
    UNREGISTERED,
    WAITLISTED,
)

TYPES = (*EVENT_TYPES, *registering.TYPES, *minutes.TYPES, *after.TYPES)

__all__ = [
    "ANNOUNCED",
    "CALLED_OFF",
    "CHANGED",
    "CLOSING",
    "DECLINED",
    "LAPSED",
    "NEAR",
    "NEW_PENDING",
    "OFFERED",
    "OPENED",
    "PENDING",
    "REGISTERED",
    "REPORTED",
    "TOPICS",
    "TYPES",
    "UNREGISTERED",
    "WAITLISTED",
]
