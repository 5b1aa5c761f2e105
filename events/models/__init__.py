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
from events.models.day import Attendance, Doorkeeper, HeadCount, TakenBack
from events.models.events import CalendarLink, Event, EventDocument, EventReminder
from events.models.minutes import Minutes, MinutesItem, Resolution, Task, TaskReminder
from events.models.registering import Answer, Needs, Question, Registration, RegistrationTerms, SeatCount
from events.models.series import MeetingSeries

__all__ = [
    "AgendaMark",
    "Answer",
    "Attendance",
    "CalendarLink",
    "Certificate",
    "Doorkeeper",
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
    "TakenBack",
    "Task",
    "TaskReminder",
    "Track",
]
