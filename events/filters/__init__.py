"""What readers ask of lists: of events, and of the sessions of an agenda."""

from events.filters.agenda import Asked, choices, tabs
from events.filters.events import EventFilter

__all__ = ["Asked", "EventFilter", "choices", "tabs"]
