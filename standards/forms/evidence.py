"""Naming a record of the library as evidence, and what it shows."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models.texts import told
from publications.models import Record
from red_mpe.core.forms import LineField
from red_mpe.core.locale import SITE_LANGUAGE, language_name
from standards.actions.evidence import NOTES


class EvidenceForm(forms.Form):
    """One of the records that were found, with a line on what it shows."""

    code = forms.ChoiceField(
        label=_("Record"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Look for a record and choose it."), "invalid_choice": _("Look for a record and choose it.")},
    )

    def __init__(self, *args: Any, found: Iterable[Record], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(row.code, _label(row)) for row in found]  # type: ignore[attr-defined]
        for name in NOTES:
            column = name.rsplit("_", 1)[1]
            attrs = {"lang": SITE_LANGUAGE[column]}
            self.fields[name] = LineField(label=language_name(column), required=False, max_length=300, widget=forms.TextInput(attrs=attrs))

    @property
    def notes(self) -> list[Any]:
        """The fields of the note, one a language."""
        return [self[name] for name in NOTES]

    def written(self) -> dict[str, str]:
        """Return what the action takes."""
        return {name: self.cleaned_data[name] for name in NOTES}


def _label(row: Record) -> str:
    year = f", {row.year}" if row.year else ""
    return f"{told(row, 'title') or row.code} ({row.get_kind_display()}{year}) · {row.code}"
