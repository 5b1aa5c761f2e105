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
from events.actions.needs import forget_needs
from events.actions.registering import (
    AlreadyRegistered,
    NoPlaceThere,
    accept_offer,
    cancel_registration,
    change_mode,
    change_registration,
    register,
    register_for,
)
from events.actions.seats import fill_seats, free_seats, seats_agree
from events.actions.tasks_of_minutes import add_task, change_task, close_task, remind_tasks, remove_task, reopen_task
from events.actions.terms import close_registration, open_due, open_registration, set_terms
from events.actions.waiting import approve_registration, decline_registration, lapse_offers, recall_offers

__all__ = [
    "AlreadyRegistered",
    "NoPlaceThere",
    "accept_offer",
    "add_item",
    "add_resolution",
    "add_task",
    "announce_event",
    "approve_minutes",
    "approve_registration",
    "cancel_event",
    "cancel_registration",
    "change_event",
    "change_item",
    "change_mode",
    "change_registration",
    "change_resolution",
    "change_task",
    "close_registration",
    "close_task",
    "decline_registration",
    "fill_seats",
    "forget_needs",
    "free_seats",
    "hold_events",
    "lapse_offers",
    "make_event",
    "move_item",
    "open_due",
    "open_registration",
    "postpone_event",
    "publish_minutes",
    "recall_offers",
    "register",
    "register_for",
    "remind_tasks",
    "remove_item",
    "remove_resolution",
    "remove_task",
    "renew_calendar",
    "reopen_task",
    "report_event",
    "reschedule_event",
    "revoke_calendar",
    "seats_agree",
    "send_reminders",
    "set_terms",
    "start_minutes",
    "withdraw_minutes",
    "write_opening",
]
