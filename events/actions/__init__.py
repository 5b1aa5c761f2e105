"""Everything that writes events."""

from events.actions.calendars import renew_calendar, revoke_calendar
from events.actions.clock import hold_events, send_reminders
from events.actions.editing import change_event, make_event
from events.actions.moves import announce_event, cancel_event, postpone_event, report_event, reschedule_event

__all__ = [
    "announce_event",
    "cancel_event",
    "change_event",
    "hold_events",
    "make_event",
    "postpone_event",
    "renew_calendar",
    "report_event",
    "reschedule_event",
    "revoke_calendar",
    "send_reminders",
]
