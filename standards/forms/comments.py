"""Forms of who comments. They validate; the actions decide."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import Affiliation, GroupMembership, User
from red_mpe.core.forms import OnceForm, WordsField
from red_mpe.core.locale import COLUMN
from red_mpe.core.text import clean
from red_mpe.core.validators import WORDS_OF_A_COMMENT, AtMost
from standards.actions.comments import Draft
from standards.actions.identities import Voice
from standards.enums import PRIVACY_ORDER, CommentKind, ShownAs, Stance

_LIMIT = [AtMost(WORDS_OF_A_COMMENT)]
_KINDS = [
    (CommentKind.GENERAL, gettext_lazy("General: an opinion or an experience")),
    (CommentKind.QUESTION, gettext_lazy("Question: I want to understand")),
    (CommentKind.TECHNICAL, gettext_lazy("Technical: the substance should change")),
    (CommentKind.EDITORIAL, gettext_lazy("Editorial: only the words should change")),
]
SHOWN = [
    (ShownAs.ORGANISATION, gettext_lazy("Organisation and country. Without an organisation: your sector and country.")),
    (ShownAs.NAME, gettext_lazy("My name. Everybody on the internet can read it.")),
    (ShownAs.PSEUDONYM, gettext_lazy("A pseudonym such as “Participant CO-PRO-17”, the same in the whole round.")),
    (ShownAs.PROTECTED, gettext_lazy("Protected: only your chamber is shown. Not even the secretariat sees who you are.")),
]


def voices(user: User) -> dict[str, Voice]:
    """Return the voices `user` may speak with today: their own, organisations they represent, groups they sit in."""
    today, person = timezone.localdate(), user.member
    found: dict[str, Voice] = {"": None}
    for affiliation in Affiliation.objects.on(today).filter(person=person, speaks=True).select_related("organisation__category__chamber"):
        found[f"organisation:{affiliation.organisation.slug}"] = affiliation
    for seat in GroupMembership.objects.on(today).filter(person=person).select_related("group"):
        found[f"group:{seat.group.slug}"] = seat
    return found


def voice_name(voice: Voice) -> str:
    """Return how a voice is called in the list."""
    if voice is None:
        return _("In my own name")
    thing = voice.organisation if isinstance(voice, Affiliation) else voice.group
    return _("On behalf of %(name)s") % {"name": thing.name}


class SpeakingForm(OnceForm):
    """What every contribution has: words, their language, as whom, and shown how."""

    body = WordsField(label=gettext_lazy("Why"), validators=_LIMIT, widget=forms.Textarea(attrs={"rows": 5}))
    voice = forms.ChoiceField(label=gettext_lazy("As whom"), required=False, widget=forms.RadioSelect)
    shown_as = forms.ChoiceField(label=gettext_lazy("Shown as"), choices=SHOWN, initial=ShownAs.ORGANISATION, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=gettext_lazy("Language I write in"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.voices = voices(user)
        self.fields["voice"].choices = [(key, voice_name(voice)) for key, voice in self.voices.items()]  # type: ignore[attr-defined]
        self.fields["language"].initial = next((code for code in COLUMN if code == user.language), settings.LANGUAGE_CODE)

    @property
    def chosen(self) -> str:
        """What is chosen now about who speaks, in one line, so that nobody sends without having seen it."""
        voice, shown_as, language = (self[name].value() for name in ("voice", "shown_as", "language"))
        modes = {str(mode): str(words) for mode, words in ShownAs.choices}
        words = (voice_name(self.voices.get(voice or "")), modes.get(shown_as), dict(settings.LANGUAGES).get(language))
        return " · ".join(str(word) for word in words if word)

    def renew(self, message: str) -> None:
        """Give the form another key beside all that was written, and say why: sent again it is another comment."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["once"] = str(uuid.uuid4())
        self.data = data
        self.add_error(None, message)

    def draft(self) -> Draft:
        """Return what the valid form says."""
        data = self.cleaned_data
        names = ("once", "body", "language", "shown_as", "kind", "stance", "proposed")
        return Draft(voice=self.voices[data["voice"]], **{name: data[name] for name in names if name in data})


class CommentForm(SpeakingForm):
    """A comment on a clause, or in general."""

    field_order = ("once", "kind", "stance", "body", "proposed", "voice", "shown_as", "language")
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=_KINDS, initial=CommentKind.GENERAL, widget=forms.RadioSelect)
    stance = forms.ChoiceField(
        label=gettext_lazy("Stance"), choices=[*Stance.choices, ("", gettext_lazy("None"))], required=False, widget=forms.RadioSelect
    )
    proposed = WordsField(
        label=gettext_lazy("Proposed wording"),
        required=False,
        validators=_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Change the words of the clause as you would have them. Needed for technical and editorial comments."),
    )

    def clean(self) -> dict[str, Any]:
        """A technical or editorial comment needs a wording, and one that differs from the clause's; in others that one is left out."""
        data = super().clean() or {}
        needs_wording = data.get("kind") in (CommentKind.TECHNICAL, CommentKind.EDITORIAL)
        unchanged = data.get("proposed", "").split() == clean(str(self.initial.get("proposed", ""))).split()
        if not needs_wording and unchanged:
            data["proposed"] = ""
        elif needs_wording and not data.get("proposed", "?"):
            self.add_error("proposed", _("A technical or editorial comment needs a proposed wording."))
        elif needs_wording and unchanged:
            self.add_error("proposed", _("This is still the wording of the clause. Change it, or choose “General” or “Question”."))
        return data


class ReplyForm(SpeakingForm):
    """A reply in a thread."""

    field_order = ("once", "stance", "body", "voice", "shown_as", "language")
    stance = CommentForm.base_fields["stance"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("Your reply")


class IdentityForm(forms.Form):
    """The less public ways of being shown that are left."""

    shown_as = forms.ChoiceField(label=gettext_lazy("Shown as"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, present: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = [str(mode) for mode in PRIVACY_ORDER]
        left = set(order[order.index(present) + 1 :])
        self.fields["shown_as"].choices = [(str(value), words) for value, words in SHOWN if value in left]  # type: ignore[attr-defined]
