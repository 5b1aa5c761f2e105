"""The form with which lists of works come in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from publications.readers.bibliography import ReadError, read_works
from publications.readers.bibliography.reading import decoded
from red_mpe.core.forms import OnceForm
from red_mpe.core.locale import COLUMN

MOST = 2_000_000  # bytes of a text or file; a form may hold 2.5 million


class ImportForm(OnceForm):
    """A text, or a file whose text takes its place; what cannot be read is told beside it."""

    text = forms.CharField(
        label=_("List of works"),
        help_text=_("BibTeX, RIS, CSV, or the JSON of a DOI (CSL, Crossref, DataCite). What it is, is seen by its beginning."),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "code"}),
        required=False,
        strip=False,
    )
    document = forms.FileField(
        label=_("Or a file"),
        help_text=_("At most 2 MB and 2,000 works."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".bib,.ris,.csv,.json,.txt,.tsv"}),
    )
    language = forms.ChoiceField(label=_("Titles whose language the list does not say are in"), choices=settings.LANGUAGES)
    accept = forms.BooleanField(
        label=_("Accept at once what lacks nothing"), help_text=_("Otherwise all become drafts of yours."), required=False
    )
    near_too = forms.BooleanField(
        label=_("Make also works whose title is much like one that is here"),
        help_text=_("For series whose parts differ in a number only. The same DOI, ISBN or address is never made twice."),
        required=False,
    )
    field_order = ("text", "document", "language", "accept", "near_too")

    def clean(self) -> dict[str, Any]:
        """Read the list: `works` holds what was found, `text` its words, also where they came as a file."""
        data = super().clean() or {}
        document = data.get("document")
        if document is not None and document.size > MOST:
            self.add_error("document", _("The file is larger than 2 MB. Divide the list and import its parts."))
            return data
        if document is not None:
            data["text"] = decoded(document.read())
            self.data = {**{name: self.data[name] for name in self.data}, "text": data["text"]}  # shown again, to be corrected here
        try:
            data["works"] = read_works(data.get("text") or "").works
        except ReadError as refusal:
            self.add_error("document" if document is not None else "text", str(refusal))
        return data

    @property
    def column(self) -> str:
        """The column of titles whose language nothing tells."""
        return COLUMN[self.cleaned_data["language"]]
