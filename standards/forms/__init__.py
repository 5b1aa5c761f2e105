"""Forms of frameworks and rounds. They validate; the actions decide."""

from standards.forms.commenting import EnteredForm, OwnForm, UploadForm
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
from standards.forms.process import BalanceForm, ReasonForm, RoundForm, TermsForm, WaiverForm

__all__ = [
    "LARGEST_DOCUMENT",
    "AddForm",
    "BalanceForm",
    "ClauseForm",
    "CommentForm",
    "EnteredForm",
    "IdentityForm",
    "ImportForm",
    "LinesField",
    "MergeForm",
    "MoveForm",
    "OwnForm",
    "ReasonForm",
    "ReplyForm",
    "RetireForm",
    "RoundForm",
    "SpeakingForm",
    "SplitForm",
    "TermsForm",
    "TranslationForm",
    "UploadForm",
    "WaiverForm",
    "voice_name",
    "voices",
]
