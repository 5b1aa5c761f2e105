"""The form with which the secretariat imports a document."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

LARGEST_DOCUMENT = 10_000_000  # bytes


class ImportForm(forms.Form):
    """A document to import: Word (.docx) or Markdown."""

    document = forms.FileField(
        label=gettext_lazy("Document (.docx or Markdown)"),
        help_text=gettext_lazy("At most 10 MB. Nothing is written before you have seen what would happen."),
        widget=UnfoldAdminFileFieldWidget({"accept": ".docx,.md,.markdown,.txt"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the document"), choices=settings.LANGUAGES, widget=UnfoldAdminSelectWidget)
    number = forms.RegexField(
        r"^\d{1,3}\.\d{1,3}$",
        label=gettext_lazy("Version"),
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("A new number begins a version; the number of a version in drafting adds this language to it."),
        error_messages={"invalid": gettext_lazy("Write two numbers with a point between, for instance 0.2.")},
    )

    def clean_document(self) -> Any:
        """Refuse what is too large before it is read."""
        document = self.cleaned_data["document"]
        if document.size > LARGEST_DOCUMENT:
            raise forms.ValidationError(_("The document is larger than 10 MB. Take out its pictures and try again."))
        return document
