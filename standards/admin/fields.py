"""Form fields of the admin for columns that hold several values."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextareaWidget

from red_mpe.core.locale import COLUMN
from red_mpe.core.text import clean_line

LANGUAGE_NAMES = [(COLUMN[code], name) for code, name in settings.LANGUAGES]


class LinesField(forms.CharField):
    """A list of short texts, one on each line."""

    widget = UnfoldAdminTextareaWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(help_text=_("One on each line."), widget=UnfoldAdminTextareaWidget({"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line for part in (value or "").splitlines() if (line := clean_line(part))]

    def validate(self, value: Any) -> None:
        super().validate(value)
        if long := [line for line in value if len(line) > 300]:
            raise forms.ValidationError(_("This line has more than 300 characters: %(line)s") % {"line": long[0][:60] + "…"})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class SeveralField(forms.MultipleChoiceField):
    """Several of a few choices, each a box to tick."""

    def __init__(self, choices: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(choices=choices, required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return sorted(initial or []) != sorted(data or [])


def array_field(db_field: Any, **kwargs: Any) -> forms.Field:
    """Return the field for a column with several values: boxes where there are choices, lines where there are none."""
    choices = LANGUAGE_NAMES if db_field.name == "required_languages" else db_field.base_field.choices
    label, required = db_field.verbose_name.capitalize(), not db_field.blank
    return SeveralField(choices, label=label) if choices else LinesField(label=label, required=required)
