"""The story of a good practice or a lesson learned, question by question."""

from typing import Any

from django import forms

from publications.forms.record import tongues
from publications.models import Practice
from red_mpe.core.forms import WordsField
from red_mpe.core.locale import COLUMN
from red_mpe.core.validators import AtMost

ANSWER = 4_000  # characters


class PracticeForm(forms.Form):
    """Ten questions, in each language."""

    def __init__(self, *args: Any, practice: Practice | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.present(practice), **kwargs)
        for column, code, _name in tongues():
            for question in Practice.QUESTIONS:
                self.fields[f"{question}_{column}"] = self._question(question, code)

    @staticmethod
    def present(practice: Practice | None) -> dict[str, str]:
        """What was answered so far."""
        columns = [f"{question}_{column}" for question in Practice.QUESTIONS for column in COLUMN.values()]
        return {column: getattr(practice, column, "") or "" for column in columns}

    @staticmethod
    def _question(question: str, code: str) -> WordsField:
        column: Any = Practice._meta.get_field(question)
        widget = forms.Textarea({"rows": 3, "lang": code})
        return WordsField(label=column.verbose_name, help_text=column.help_text, required=False, validators=[AtMost(ANSWER)], widget=widget)

    def languages(self) -> list[dict[str, Any]]:
        """The questions by language; the reader's own, and what is written in, stands open."""
        rows = []
        for place, (column, code, name) in enumerate(tongues()):
            fields = [self[f"{question}_{column}"] for question in Practice.QUESTIONS]
            rows.append({"code": code, "name": name, "fields": fields, "open": not place or any(one.value() for one in fields)})
        return rows
