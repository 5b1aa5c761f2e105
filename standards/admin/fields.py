"""Form fields of the admin for columns that hold several values."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextareaWidget

from red_mpe.core.locale import COLUMN
from standards.forms import LinesField as PlainLinesField

LANGUAGE_NAMES = [(COLUMN[code], name) for code, name in settings.LANGUAGES]


class LinesField(PlainLinesField):
    """A list of short texts, one on each line, in the admin's dress."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=UnfoldAdminTextareaWidget({"rows": 3}), **kwargs)


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
