"""Everything of events that is stored, a file per area."""

from events.models.after import Certificate, Evaluation, EvaluationAnswer, EvaluationMark, EvaluationPeriod
from events.models.agenda import (
    AgendaMark,
    AgendaNews,
    Guest,
    Room,
    Session,
    SessionDocument,
    SessionMove,
    SessionVoice,
    Stand,
    StandDocument,
    Track,
)
from events.models.day import Attendance, Doorkeeper, HeadCount, TakenBack
from events.models.events import CalendarLink, Event, EventDocument, EventReminder
from events.models.minutes import Minutes, MinutesItem, Resolution, Task, TaskReminder
from events.models.photos import EventPhoto, Poster
from events.models.registering import Answer, ClosingReminder, Needs, OfferReminder, Question, Registration, RegistrationTerms, SeatCount
from events.models.series import MeetingSeries

__all__ = [
    "AgendaMark",
    "AgendaNews",
    "Answer",
    "Attendance",
    "CalendarLink",
    "Certificate",
    "ClosingReminder",
    "Doorkeeper",
    "Evaluation",
    "EvaluationAnswer",
    "EvaluationMark",
    "EvaluationPeriod",
    "Event",
    "EventDocument",
    "EventPhoto",
    "EventReminder",
    "Guest",
    "HeadCount",
    "MeetingSeries",
    "Minutes",
    "MinutesItem",
    "Needs",
    "OfferReminder",
    "Poster",
    "Question",
    "Registration",
    "RegistrationTerms",
    "Resolution",
    "Room",
    "SeatCount",
    "Session",
    "SessionDocument",
    "SessionMove",
    "SessionVoice",
    "Stand",
    "StandDocument",
    "TakenBack",
    "Task",
    "TaskReminder",
    "Track",
]
