"""Pages of events."""

from events.views.calendars import my_calendar, renew_calendar, revoke_calendar
from events.views.details import event_detail
from events.views.editing import event_add, event_edit
from events.views.lists import coming, month, past, this_month
from events.views.moves import event_move

__all__ = [
    "coming",
    "event_add",
    "event_detail",
    "event_edit",
    "event_move",
    "month",
    "my_calendar",
    "past",
    "renew_calendar",
    "revoke_calendar",
    "this_month",
]
