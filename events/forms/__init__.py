"""Forms of events. They validate; the actions decide."""

from events.forms.events import (
    ABOUT,
    CallOffForm,
    DocumentForm,
    EventForm,
    InLanguages,
    LocalField,
    ReportForm,
    RescheduleForm,
    ShelveForm,
    WhenForm,
)

__all__ = [
    "ABOUT",
    "CallOffForm",
    "DocumentForm",
    "EventForm",
    "InLanguages",
    "LocalField",
    "ReportForm",
    "RescheduleForm",
    "ShelveForm",
    "WhenForm",
]
