"""Forms of versions: what the next one is, what a line of the change log says, errata."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from red_mpe.core.forms import LineField, WordsField
from red_mpe.core.locale import COLUMN
from red_mpe.core.validators import WORDS_OF_A_CLAUSE, AtMost
from standards.actions.changelog import change_words, kinds_of
from standards.actions.versions import summary_words
from standards.enums import VersionKind
from standards.forms.seen import SeenForm
from standards.models import ClauseText, Version, VersionChange

_KINDS = (VersionKind.WORKING, VersionKind.CONSULTATION, VersionKind.FINAL_DRAFT)
_LANGUAGES = (("es", "Español"), ("en", "English"), ("pt", "Português"))
_LIMIT = [AtMost(WORDS_OF_A_CLAUSE)]


def words_in(name: str, rows: int = 2) -> dict[str, WordsField]:
    """Return a field of words in each language, none of them compulsory."""
    return {
        f"{name}_{code}": WordsField(
            label=words, required=False, validators=_LIMIT, widget=forms.Textarea(attrs={"rows": rows, "lang": code})
        )
        for code, words in _LANGUAGES
    }


class NextVersionForm(forms.Form):
    """What the next version is for, and its number where the next one in line does not do."""

    kind = forms.ChoiceField(
        label=_("What it is for"),
        choices=[(kind.value, kind.label) for kind in _KINDS],
        initial=VersionKind.WORKING,
        widget=forms.RadioSelect,
    )
    number = LineField(label=_("Number"), required=False, max_length=8, help_text=_("Leave empty for the next one in line."))


class ChangeForm(SeenForm):
    """What one line of the change log says."""

    def __init__(self, *args: Any, change: VersionChange, **kwargs: Any) -> None:
        words = change_words(change)
        super().__init__(*args, initial=dict(words), shown=words, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=_("kind of change"), choices=[(kind.value, kind.label) for kind in kinds_of(change)], widget=forms.RadioSelect
        )
        self.fields |= words_in("summary", 3)


class SummaryForm(SeenForm):
    """What changed in a version, in short, in each language."""

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        words = summary_words(version)
        super().__init__(*args, initial=dict(words), shown=words, **kwargs)
        self.fields |= words_in("change_summary", 3)


class ErratumForm(forms.Form):
    """A mistake in a frozen text."""

    clause = forms.ModelChoiceField(
        label=_("clause"), queryset=ClauseText.objects.none(), required=False, empty_label=_("the whole text"), to_field_name="label"
    )
    language = forms.ChoiceField(label=_("language"), choices=_LANGUAGES)
    wrong = WordsField(label=_("stands in the text"), required=False, validators=_LIMIT, widget=forms.Textarea(attrs={"rows": 2}))
    right = WordsField(label=_("should read"), required=False, validators=_LIMIT, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["clause"]
        choice.queryset = version.texts.order_by("position").only(
            "pk", "label", "version_id", *(f"title_{code}" for code in COLUMN.values())
        )
        self.fields |= words_in("note")

    @property
    def notes(self) -> dict[str, str]:
        """The explanation in each language."""
        return {name: words for name, words in self.cleaned_data.items() if name.startswith("note_")}
