"""Forms: words cleaned in one place, one submission counted once."""

import uuid
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
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


class PlainSelect(forms.Select):
    """A drop-down list written without a template for each choice: two hundred of them cost more than the rest of a page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        groups = format_html_join("", "{}", ((self._group(label, choices),) for label, choices, _index in widget["optgroups"]))
        return format_html("<select{}>{}</select>", flatatt({"name": widget["name"], **widget["attrs"]}), groups)

    def _group(self, label: Any, choices: list[dict[str, Any]]) -> SafeString:
        rows = ((flatatt({"value": str(choice["value"]), **choice["attrs"]}), choice["label"]) for choice in choices)
        options = format_html_join("\n", "<option{}>{}</option>", rows)
        return format_html('<optgroup label="{}">{}</optgroup>', label, options) if label else options


class OnceForm(forms.Form):
    """A form whose double submission is one: it carries a key that the action stores under a unique constraint."""

    once = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"invalid": _("This form has gone stale. Reload the page and send it again.")}
    )
    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = uuid.uuid4
