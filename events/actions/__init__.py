"""Everything that writes events."""

from events.actions.calendars import renew_calendar, revoke_calendar
from events.actions.clock import hold_events, send_reminders
from events.actions.editing import change_event, make_event
from events.actions.minutes import approve_minutes, publish_minutes, start_minutes, withdraw_minutes
from events.actions.minutes_items import (
    add_item,
    add_resolution,
    change_item,
    change_resolution,
    move_item,
    remove_item,
    remove_resolution,
    write_opening,
)
from events.actions.moves import announce_event, cancel_event, postpone_event, report_event, reschedule_event
from events.actions.tasks_of_minutes import add_task, change_task, close_task, remind_tasks, remove_task, reopen_task

__all__ = [
    "add_item",
    "add_resolution",
    "add_task",
    "announce_event",
    "approve_minutes",
    "cancel_event",
    "change_event",
    "change_item",
    "change_resolution",
    "change_task",
    "close_task",
    "hold_events",
    "make_event",
    "move_item",
    "postpone_event",
    "publish_minutes",
    "remind_tasks",
    "remove_item",
    "remove_resolution",
    "remove_task",
    "renew_calendar",
    "reopen_task",
    "report_event",
    "reschedule_event",
    "revoke_calendar",
    "send_reminders",
    "start_minutes",
    "withdraw_minutes",
    "write_opening",
]
