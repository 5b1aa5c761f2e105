"""Forms of the editors: words that somebody reads, a day, and what their queue is narrowed by."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from members.enums import Spoken
from publications.enums import RecordKind, RecordState
from red_mpe.core.forms import LineField, PlainSelect, WordsField
from red_mpe.core.locale import network_day
from red_mpe.core.validators import AtMost

YEAR = 365  # days


def _words(label: Any, help_text: Any, required: bool = True) -> WordsField:
    widget = forms.Textarea({"rows": 3})
    return WordsField(label=label, help_text=help_text, required=required, validators=[AtMost(2000)], widget=widget)


def _day(label: Any, help_text: Any) -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


def _choice(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", _("all")), *choices], widget=PlainSelect)


class NoWordsForm(forms.Form):
    """A step that needs nothing said."""


class QuestionForm(forms.Form):
    """What is asked of whoever proposed the record."""

    question = _words(_("What the editors ask"), _("Whoever proposed it reads it as it is written here."))


class ReasonForm(forms.Form):
    """Why not."""

    reason = _words(_("Why not"), _("Whoever proposed it reads it as it is written here."))


class TombstoneForm(forms.Form):
    """Why a record leaves the library."""

    reason = _words(_("Why it is withdrawn"), _("It stays at the address of the record, for everybody to read."))


class EmbargoForm(forms.Form):
    """Until when the files stay closed."""

    until = _day(_("The files open on"), _("The description is published now."))


class GrantForm(forms.Form):
    """Until when, and a word."""

    until = _day(_("Until"), _("That day included; a year at most."))
    answer = _words(_("A word to who asked"), "", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = lambda: network_day() + timedelta(days=90)


class AnswerForm(forms.Form):
    """Why not, or not any more."""

    answer = _words(_("Why"), _("Who asked reads it as it is written here."))


class AskForm(forms.Form):
    """What the files are needed for."""

    reason = _words(_("What you need the files for"), _("The editors read it, and nobody else."))


class QueueForm(forms.Form):
    """What the editors' queue is narrowed by. What is no choice counts as not asked."""

    kind = _choice(_("Kind"), RecordKind.choices)
    language = forms.ChoiceField(
        label=_("Language of the work"), required=False, choices=[("", _("all")), *Spoken.choices], widget=PlainSelect
    )
    whose = LineField(label=_("Proposed by"), required=False, max_length=120)

    @property
    def chosen(self) -> dict[str, str]:
        """What was asked for and exists."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """Return the rows that fit."""
        chosen = self.chosen
        if "kind" in chosen:
            rows = rows.filter(kind=chosen["kind"])
        if "language" in chosen:
            rows = rows.filter(languages__contains=[chosen["language"]])
        if words := chosen.get("whose"):
            rows = rows.filter(Q(proposed_by__person__name__icontains=words) | Q(proposed_for__name__icontains=words))
        return rows


#: The tabs of the queue: what waits for an editor first.
TABS = (
    RecordState.PROPOSED,
    RecordState.RETURNED,
    RecordState.ACCEPTED,
    RecordState.EMBARGOED,
    RecordState.PUBLISHED,
    RecordState.DECLINED,
    RecordState.WITHDRAWN,
)
