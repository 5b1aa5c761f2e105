"""Forms with which a commenting form comes in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import Organisation, User
from standards.actions.identities import Voice
from standards.enums import ShownAs
from standards.forms.comments import SHOWN, voice_name, voices
from standards.readers.commenting import FORM_LIMIT, Form, read_form
from standards.readers.outline import ReaderError
from standards.readers.safety import MEGABYTE


class UploadForm(forms.Form):
    """A file to read; what is wrong with it as a whole is told beside its field."""

    document = forms.FileField(
        label=gettext_lazy("The form you filled in"),
        help_text=gettext_lazy("Word (.docx), Excel (.xlsx) or CSV. Nothing is sent before you have seen what would be."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.xlsx,.csv"}),
        error_messages={"required": gettext_lazy("Choose the file first.")},
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the comments"), choices=settings.LANGUAGES)
    required_css_class = "required"

    def clean(self) -> dict[str, Any]:
        """Read the file: `read` holds its rows, `content` its bytes."""
        data = super().clean() or {}
        document = data.get("document")
        if document is not None:
            try:
                data["content"], data["read"] = self._read(document)
            except ReaderError as refusal:
                self.add_error("document", str(refusal))
        return data

    @staticmethod
    def _read(document: Any) -> tuple[bytes, Form]:
        if document.size > FORM_LIMIT:
            raise ReaderError("form_too_large", limit=FORM_LIMIT // MEGABYTE)
        content = document.read()
        return content, read_form(content)


class OwnForm(UploadForm):
    """A member's own form: as whom they speak, and how they are shown."""

    voice = forms.ChoiceField(label=gettext_lazy("As whom"), required=False, widget=forms.RadioSelect)
    shown_as = forms.ChoiceField(label=gettext_lazy("Shown as"), choices=SHOWN, initial=ShownAs.ORGANISATION, widget=forms.RadioSelect)
    field_order = ("document", "voice", "shown_as", "language")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.voices: dict[str, Voice] = voices(user)
        self.fields["voice"].choices = [(key, voice_name(voice)) for key, voice in self.voices.items()]  # type: ignore[attr-defined]
        self.fields["language"].initial = user.language


class EnteredForm(UploadForm):
    """A form that the secretariat enters for an organisation."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name"),
        label=gettext_lazy("Organisation that sent it"),
        help_text=gettext_lazy("Its comments carry its chamber and country, and its name where it is public."),
    )
    field_order = ("document", "organisation", "language")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = user.language
        self.fields["organisation"].error_messages["required"] = _("Choose the organisation.")
