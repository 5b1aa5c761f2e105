"""Forms: words cleaned in one place, one submission counted once."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from red_mpe.core.text import clean, clean_line


class LineField(forms.CharField):
    """A name or title: one line, normalised, without bidirectional controls."""

    def to_python(self, value: Any) -> Any:
        return clean_line(super().to_python(value) or "")


class WordsField(forms.CharField):
    """A longer text: normalised, line ends kept."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        return clean(super().to_python(value) or "").strip()


class OnceForm(forms.Form):
    """A form whose double submission is one: it carries a key that the action stores under a unique constraint."""

    once = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"invalid": _("This form has gone stale. Reload the page and send it again.")}
    )
    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = uuid.uuid4
