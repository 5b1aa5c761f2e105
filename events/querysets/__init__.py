"""Readings of events. Every list goes through `visible_to`."""

from events.querysets.documents import USES, EventDocumentQuerySet
from events.querysets.events import EventQuerySet
from events.querysets.months import Day, month_of
from events.querysets.rows import EventRow, figures, here, moment, place, rows_of, when

__all__ = [
    "USES",
    "Day",
    "EventDocumentQuerySet",
    "EventQuerySet",
    "EventRow",
    "figures",
    "here",
    "moment",
    "month_of",
    "place",
    "rows_of",
    "when",
]
