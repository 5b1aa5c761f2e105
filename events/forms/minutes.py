"""Forms of the minutes. Texts are in three languages: the reader's first, the others folded beside it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.actions.keeping import mark_of
from events.enums import EventMode, ResolutionKind
from events.querysets.presence import Seat
from events.states import LANGUAGES
from red_mpe.core.forms import LineField, PlainSelect, WordsField
from red_mpe.core.locale import SITE_LANGUAGE, column_language, language_name
from red_mpe.core.validators import AtMost


class Trio(forms.Form):
    """A form with texts in three languages. `texts` gives the label of each, its rows (0: a line) and its length."""

    texts: dict[str, tuple[Any, int, int]] = {}
    standing: list[tuple[Any, str]] | None = None  # what somebody else has written in between, by the name of the field
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, thing: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, rows, most) in self.texts.items():
            for language in LANGUAGES:
                self.fields[f"{name}_{language}"] = _field(label, rows, most, language)
        if thing is not None:
            known = {f"{name}_{language}": getattr(thing, f"{name}_{language}") for name in self.texts for language in LANGUAGES}
            self.initial = {"seen": mark_of(thing, *self.texts), **known, **self.initial}

    def written(self, name: str) -> dict[str, str]:
        """Return one text by language."""
        return {language: self.cleaned_data[f"{name}_{language}"] for language in LANGUAGES}

    def trios(self) -> list[dict[str, Any]]:
        """The fields of each text: the one in the reader's language, the others, and whether these say something already."""
        return [self._trio(name) for name in self.texts]

    def _trio(self, name: str) -> dict[str, Any]:
        first, *others = sorted(LANGUAGES, key=lambda language: language != column_language())
        rest = [self[f"{name}_{language}"] for language in others]
        shows = any(field.errors for field in rest) or (not self[f"{name}_{first}"].value() and any(field.value() for field in rest))
        return {"first": self[f"{name}_{first}"], "others": rest, "open": shows}

    def show_both(self, present: Any) -> None:
        """After a refusal: keep what was written, and take over the mark of what stands there now, so that sending again is meant."""
        self.data = {**self.data.dict(), "seen": mark_of(present, *self.texts)}  # type: ignore[attr-defined]
        columns = [f"{name}_{language}" for name in self.texts for language in LANGUAGES]
        self.standing = [(self.fields[column].label, words) for column in columns if (words := getattr(present, column))]


def _field(label: Any, rows: int, most: int, language: str) -> forms.Field:
    attrs = {"lang": SITE_LANGUAGE[language], "dir": "auto"}
    words = f"{label} ({language_name(language)})"
    if not rows:
        return LineField(label=words, required=False, max_length=most, widget=forms.TextInput(attrs))
    return WordsField(label=words, required=False, validators=[AtMost(most)], widget=forms.Textarea({**attrs, "rows": rows}))


class OpeningForm(Trio):
    """The words before the items."""

    texts = {"opening": (_("Opening words"), 3, 2000)}


class ItemForm(Trio):
    """An item: its title, what was said, and the session of the agenda that it belongs to."""

    texts = {"title": (_("Title"), 0, 160), "summary": (_("What was said"), 6, 6000)}
    session = forms.ChoiceField(label=_("Session"), required=False, widget=PlainSelect)

    def __init__(self, *args: Any, sessions: list[tuple[int, str]], thing: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        if not sessions:
            del self.fields["session"]
            return
        self.fields["session"].choices = [("", "—"), *sessions]  # type: ignore[attr-defined]
        self.initial["session"] = thing.session_id if thing is not None else ""

    @property
    def session_key(self) -> int | None:
        """The key of the chosen session."""
        return int(key) if (key := self.cleaned_data.get("session")) else None


class NewItemForm(ItemForm):
    """An item to begin with: its title is enough."""

    texts = {"title": (_("Title"), 0, 160)}


class ResolutionForm(Trio):
    """A decision or an agreement."""

    texts = {"text": (pgettext_lazy("of a resolution", "Text"), 3, 1500)}
    kind = forms.ChoiceField(label=_("Kind"), choices=ResolutionKind, initial=ResolutionKind.DECISION)

    def __init__(self, *args: Any, thing: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        if thing is not None:
            self.initial["kind"] = thing.kind


class TaskForm(Trio):
    """A task: what, who of the members or organisations or somebody else, and until when."""

    texts = {"text": (_("What is to be done"), 2, 600)}
    person = forms.ChoiceField(label=_("Member"), required=False, widget=PlainSelect)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False, widget=PlainSelect)
    who = LineField(label=_("Somebody else"), required=False, max_length=120)
    due_on = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, takers: "Takers", thing: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        for name, rows in takers.items():
            self.fields[name].choices = [("", "—"), *rows]  # type: ignore[attr-defined]
        if thing is not None:
            self.initial.update(
                {"person": thing.person_id, "organisation": thing.organisation_id, "who": thing.who, "due_on": thing.due_on}
            )

    def clean_due_on(self) -> date | None:
        """A day that a calendar of ours can hold."""
        day: date | None = self.cleaned_data["due_on"]
        if day is not None and not 2000 <= day.year <= 2100:
            raise forms.ValidationError(_("Write a year from 2000 to 2100."))
        return day


#: The members and the organisations that can take a task: key and name of each.
Takers = dict[str, list[tuple[int, str]]]


class PresenceForm(forms.Form):
    """Who of the groups was there; of a hybrid meeting also how."""

    def __init__(self, *args: Any, seats: list[Seat], mode: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats, self.mode = seats, mode
        modes = [EventMode.ON_SITE, EventMode.ON_LINE]
        for seat in seats:
            label = " · ".join(filter(None, [seat.name, seat.role, seat.organisation]))
            if mode == EventMode.HYBRID:
                choices = [("", pgettext_lazy("at a meeting", "absent")), *((one.value, one.label) for one in modes)]
                field: forms.Field = forms.ChoiceField(label=label, choices=choices, required=False, initial=seat.mode)
            else:
                field = forms.BooleanField(label=label, required=False, initial=bool(seat.mode))
            self.fields[f"p{seat.pk}"] = field

    def present(self) -> dict[int, str]:
        """The mode of each who was there, by key."""
        told = {seat.pk: self.cleaned_data[f"p{seat.pk}"] for seat in self.seats}
        return {pk: value if self.mode == EventMode.HYBRID else self.mode for pk, value in told.items() if value}


class WithdrawForm(forms.Form):
    """Why published minutes are taken back."""

    reason = WordsField(
        label=_("Why they are taken back"),
        help_text=_("It stands in their place until they are published again, and goes to whoever was told of them."),
        validators=[AtMost(1000)],
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
    )


class ApproveForm(forms.Form):
    """At which later meeting the minutes were approved."""

    at_event = forms.ChoiceField(label=_("Approved at"), widget=PlainSelect)

    def __init__(self, *args: Any, meetings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at_event"].choices = meetings  # type: ignore[attr-defined]
