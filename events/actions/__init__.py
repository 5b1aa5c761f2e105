"""Everything that writes events."""

from events.actions.calendars import renew_calendar, revoke_calendar
from events.actions.clock import hold_events, send_reminders
from events.actions.editing import change_event, make_event
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
from events.actions.terms import close_registration, open_due, open_registration, set_terms
from events.actions.waiting import approve_registration, decline_registration, lapse_offers

__all__ = [
    "AlreadyRegistered",
    "NoPlaceThere",
    "accept_offer",
    "announce_event",
    "approve_registration",
    "cancel_event",
    "cancel_registration",
    "change_event",
    "change_mode",
    "change_registration",
    "close_registration",
    "decline_registration",
    "fill_seats",
    "forget_needs",
    "free_seats",
    "hold_events",
    "lapse_offers",
    "make_event",
    "open_due",
    "open_registration",
    "postpone_event",
    "register",
    "register_for",
    "renew_calendar",
    "report_event",
    "reschedule_event",
    "revoke_calendar",
    "seats_agree",
    "send_reminders",
    "set_terms",
]
