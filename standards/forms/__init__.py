"""Forms of frameworks and rounds. They validate; the actions decide."""

from standards.forms.comments import CommentForm, IdentityForm, ReplyForm, SpeakingForm, voice_name, voices
from standards.forms.drafting import (
    AddForm,
    ClauseForm,
    LinesField,
    MergeForm,
    MoveForm,
    RetireForm,
    SplitForm,
    TranslationForm,
)
from standards.forms.importing import LARGEST_DOCUMENT, ImportForm

__all__ = [
    "LARGEST_DOCUMENT",
    "AddForm",
    "ClauseForm",
    "CommentForm",
    "IdentityForm",
    "ImportForm",
    "LinesField",
    "MergeForm",
    "MoveForm",
    "ReplyForm",
    "RetireForm",
    "SpeakingForm",
    "SplitForm",
    "TranslationForm",
    "voice_name",
    "voices",
]
