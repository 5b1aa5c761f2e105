"""Pages of events."""

from events.views.calendars import my_calendar, renew_calendar, revoke_calendar
from events.views.details import event_detail
from events.views.documents import document_remove, event_documents, report_shelve
from events.views.editing import event_add, event_edit
from events.views.lists import coming, month, past, this_month
from events.views.moves import event_move

__all__ = [
    "coming",
    "document_remove",
    "event_add",
    "event_detail",
    "event_documents",
    "event_edit",
    "event_move",
    "month",
    "my_calendar",
    "past",
    "renew_calendar",
    "report_shelve",
    "revoke_calendar",
    "this_month",
]
