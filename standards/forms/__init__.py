"""Forms of frameworks and rounds. They validate; the actions decide."""

from standards.forms.commenting import EnteredForm, OwnForm, UploadForm
from standards.forms.comments import CommentForm, IdentityForm, ReplyForm, SpeakingForm, voice_name, voices
from standards.forms.importing import LARGEST_DOCUMENT, ImportForm

__all__ = [
    "LARGEST_DOCUMENT",
    "CommentForm",
    "EnteredForm",
    "IdentityForm",
    "ImportForm",
    "OwnForm",
    "ReplyForm",
    "SpeakingForm",
    "UploadForm",
    "voice_name",
    "voices",
]
