"""Forms of what stays of an event: certificates, evaluation, photos and poster."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.actions.photos import AT_ONCE
from events.enums import QuestionKind
from events.models import EventPhoto, Question
from events.readers import read_code
from events.states import LANGUAGES
from members.models.texts import told
from red_mpe.core.forms import LineField, OnceForm, WordsField
from red_mpe.core.locale import SITE_LANGUAGE, language_name
from red_mpe.core.validators import AtMost


class CodeForm(forms.Form):
    """The code of a certificate, however it is typed."""

    code = LineField(label=_("Code of the certificate"), max_length=60, help_text=_("Twelve signs, as they stand on it: 7Q2M-X0DK-94TB."))

    def clean_code(self) -> str:
        """Read it as it was meant; refused where nothing of it is a letter or a number."""
        code = read_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("Write the code as it stands on the certificate."))
        return code


class NameForm(forms.Form):
    """The name on a certificate."""

    name = LineField(label=_("Name on the certificate"), max_length=120)


class RevokeForm(forms.Form):
    """Why a certificate does not hold any more."""

    reason = LineField(label=_("Why it is revoked"), max_length=300, help_text=_("Whoever verifies the certificate reads it."))


class EvaluationForm(forms.Form):
    """The questions of an evaluation, as who prepared them wrote them."""

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[f"q{question.pk}"] = _field(question)

    @property
    def answers(self) -> dict[int, int | str]:
        """What was answered, by question."""
        return {int(name[1:]): _stored(value) for name, value in self.cleaned_data.items() if value not in ("", [], None)}


def _stored(value: Any) -> int | str:
    return ",".join(value) if isinstance(value, list) else value


def _field(question: Question) -> forms.Field:
    common: dict[str, Any] = {"label": told(question, "label").text, "required": question.required}
    if question.kind == QuestionKind.SCALE:
        marks = [(1, _("1: not at all")), (2, "2"), (3, "3"), (4, "4"), (5, _("5: very much"))]
        return forms.TypedChoiceField(choices=marks, coerce=int, empty_value="", widget=forms.RadioSelect, **common)
    if question.kind == QuestionKind.YES:
        return forms.ChoiceField(choices=[("1", _("Yes")), ("0", _("No"))], widget=forms.RadioSelect, **common)
    options = [(str(place), words) for place, words in enumerate(told(question, "options").text.splitlines())]
    if question.kind == QuestionKind.ONE:
        return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **common)
    if question.kind == QuestionKind.SEVERAL:
        return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
    if question.kind == QuestionKind.LINE:
        return LineField(max_length=240, **common)
    return WordsField(widget=forms.Textarea({"rows": 4}), validators=[AtMost(3000)], **common)


class InThree(forms.Form):
    """A form with lines in three languages; `lines` names them with their labels."""

    lines: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.lines.items():
            for column in LANGUAGES:
                widget = forms.TextInput({"lang": SITE_LANGUAGE[column], "dir": "auto"})
                words = f"{label} ({language_name(column)})"
                self.fields[f"{name}_{column}"] = LineField(label=words, required=False, max_length=240, widget=widget)

    def written(self, name: str) -> dict[str, str]:
        """Return one text by language."""
        return {column: self.cleaned_data[f"{name}_{column}"] for column in LANGUAGES}

    def trios(self) -> list[tuple[str, list[forms.BoundField]]]:
        """All texts with their fields, for the page."""
        return [(str(label), [self[f"{name}_{column}"] for column in LANGUAGES]) for name, label in self.lines.items()]

    def recall(self, thing: Any) -> None:
        """Begin with what is written already."""
        known = {f"{name}_{column}": getattr(thing, f"{name}_{column}") or "" for name in self.lines for column in LANGUAGES}
        self.initial = {**known, **self.initial}


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files in one field."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Check each of them; too many are refused."""
        files = data if isinstance(data, list | tuple) and data else [data or None]
        if len(files) > AT_ONCE:
            raise forms.ValidationError(_("Send at most %(most)s photos at once.") % {"most": AT_ONCE})
        return [super(FilesField, self).clean(one, initial) for one in files]


_PICTURES = "image/jpeg,image/png,image/webp"
_ALT = _("What is to be seen")


class PhotosForm(OnceForm, InThree):
    """Photos with the declaration without which none is taken."""

    lines = {"alt": _ALT}
    uploads = FilesField(
        label=_("Photos"),
        allow_empty_file=True,
        help_text=_("JPEG, PNG or WEBP, up to 5 at once, 10 MB each. Place, camera and date inside the files are thrown away."),
    )
    credit = LineField(label=_("Who made them"), required=False, max_length=120)
    consent = forms.BooleanField(
        label=_("Everybody who can be recognised on these photos has agreed that they are shown; for children, whoever cares for them has.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uploads"].widget.attrs["accept"] = _PICTURES


class PhotoForm(InThree):
    """What a photo shows and tells."""

    lines = {"alt": _ALT, "caption": _("Caption")}
    credit = LineField(label=_("Who made it"), required=False, max_length=120)
    position = forms.IntegerField(label=_("Place among the photos"), min_value=0, max_value=9999, help_text=_("The smallest comes first."))

    def remember(self, photo: EventPhoto) -> None:
        """Begin with what is said of a photo."""
        self.recall(photo)
        self.initial = {"credit": photo.credit, "position": photo.position, **self.initial}

    @property
    def said(self) -> dict[str, Any]:
        """What a valid form tells the action."""
        words = {name: self.written(name) for name in ("alt", "caption")}
        return {**words, **{name: self.cleaned_data[name] for name in ("credit", "position")}}


class PosterForm(InThree):
    """The poster; without a picture only the words about it change."""

    lines = {"alt": _ALT}
    upload = forms.FileField(
        label=_("Poster"), required=False, allow_empty_file=True, help_text=_("JPEG, PNG or WEBP, up to 10 MB. Upright is seen best.")
    )
    credit = LineField(label=_("Who made it"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].widget = forms.FileInput({"accept": _PICTURES})
