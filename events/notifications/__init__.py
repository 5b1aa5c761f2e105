"""What is announced of events, a file per area."""

from events.notifications import after, agenda, minutes, registering, series
from events.notifications.events import ANNOUNCED, CALLED_OFF, CHANGED, LINK_CHANGED, NEAR, REPORTED, SOON, TOPICS
from events.notifications.events import TYPES as EVENT_TYPES
from events.notifications.registering import (
    CLOSING,
    DECLINED,
    ENDING,
    LAPSED,
    NEW_PENDING,
    OFFERED,
    OPENED,
    PENDING,
    REGISTERED,
    UNREGISTERED,
    WAITLISTED,
)

TYPES = (*EVENT_TYPES, *registering.TYPES, *minutes.TYPES, *after.TYPES, *agenda.TYPES, *series.TYPES)

__all__ = [
    "ANNOUNCED",
    "CALLED_OFF",
    "CHANGED",
    "CLOSING",
    "DECLINED",
    "ENDING",
    "LAPSED",
    "LINK_CHANGED",
    "NEAR",
    "NEW_PENDING",
    "OFFERED",
    "OPENED",
    "PENDING",
    "REGISTERED",
    "REPORTED",
    "SOON",
    "TOPICS",
    "TYPES",
    "UNREGISTERED",
    "WAITLISTED",
]
