"""Forms of frameworks and rounds. They validate; the actions decide."""

from standards.forms.comments import CommentForm, IdentityForm, ReplyForm, SpeakingForm, voice_name, voices
from standards.forms.importing import LARGEST_DOCUMENT, ImportForm
from standards.forms.process import BalanceForm, ReasonForm, RoundForm, TermsForm, WaiverForm

__all__ = [
    "LARGEST_DOCUMENT",
    "BalanceForm",
    "CommentForm",
    "IdentityForm",
    "ImportForm",
    "ReasonForm",
    "ReplyForm",
    "RoundForm",
    "SpeakingForm",
    "TermsForm",
    "WaiverForm",
    "voice_name",
    "voices",
]
