"""What is announced of events, a file per area."""

from events.notifications import after, minutes, registering, series
from events.notifications.events import ANNOUNCED, CALLED_OFF, CHANGED, NEAR, REPORTED, TOPICS
from events.notifications.events import TYPES as EVENT_TYPES

TYPES = (*EVENT_TYPES, *registering.TYPES, *minutes.TYPES, *after.TYPES, *series.TYPES)

__all__ = ["ANNOUNCED", "CALLED_OFF", "CHANGED", "NEAR", "REPORTED", "TOPICS", "TYPES"]
