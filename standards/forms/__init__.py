"""Forms of frameworks and rounds. They validate; the actions decide."""

from standards.forms.comments import CommentForm, IdentityForm, ReplyForm, SpeakingForm, voice_name, voices
from standards.forms.importing import LARGEST_DOCUMENT, ImportForm

__all__ = ["LARGEST_DOCUMENT", "CommentForm", "IdentityForm", "ImportForm", "ReplyForm", "SpeakingForm", "voice_name", "voices"]
