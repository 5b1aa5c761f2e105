"""Everything of events that is stored, a file per area."""

from events.models.after import Certificate, Evaluation, EvaluationAnswer, EvaluationMark
from events.models.agenda import (
    AgendaMark,
    Guest,
    Room,
    Session,
    SessionDocument,
    SessionVoice,
    Stand,
    StandDocument,
    Track,
)
from events.models.day import Attendance, HeadCount
from events.models.events import CalendarLink, Event, EventDocument, EventReminder
from events.models.minutes import Minutes, MinutesItem, Resolution, Task, TaskReminder
from events.models.registering import Answer, ClosingReminder, Needs, Question, Registration, RegistrationTerms, SeatCount
from events.models.series import MeetingSeries

__all__ = [
    "AgendaMark",
    "Answer",
    "Attendance",
    "CalendarLink",
    "Certificate",
    "ClosingReminder",
    "Evaluation",
    "EvaluationAnswer",
    "EvaluationMark",
    "Event",
    "EventDocument",
    "EventReminder",
    "Guest",
    "HeadCount",
    "MeetingSeries",
    "Minutes",
    "MinutesItem",
    "Needs",
    "Question",
    "Registration",
    "RegistrationTerms",
    "Resolution",
    "Room",
    "SeatCount",
    "Session",
    "SessionDocument",
    "SessionVoice",
    "Stand",
    "StandDocument",
    "Task",
    "TaskReminder",
    "Track",
]
