"""Writing the synopsis of a round: three languages side by side, and the mark by which we see that somebody else saved first."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from red_mpe.core.forms import LineField, WordsField
from red_mpe.core.locale import COLUMN
from red_mpe.core.validators import WORDS_OF_A_CLAUSE, AtMost

_PARTS = {
    "asked": (_("What was asked"), _("What the round wanted to know, and on which text.")),
    "promotion": (_("How it was promoted"), _("Where and how people heard of the round, in which languages, with which meetings.")),
    "remarks": (_("Remarks on the process"), _("What went well, what did not, and why one chamber was taken up more than another.")),
    "next_steps": (_("Next steps"), _("What happens now with the text, and when.")),
    "said": (_("What was said"), _("The main positions, with numbers where they help. No names.")),
    "changed": (_("What changed and why"), _("What became of it, and the reasons for what was not taken up.")),
}


class _ThreeLanguages(forms.Form):
    """Some parts, each in three languages."""

    parts: tuple[str, ...] = ()
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    note = LineField(
        label=_("What is put right, and why"), max_length=300, required=False, help_text=_("Everybody can read this beside the synopsis.")
    )

    def __init__(self, *args: Any, public: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = public
        if not public:
            del self.fields["note"]
        for part in self.parts:
            for code, name in settings.LANGUAGES:
                widget = forms.Textarea(attrs={"rows": 8, "lang": code})
                self.fields[f"{part}_{COLUMN[code]}"] = WordsField(
                    label=name, required=False, widget=widget, validators=[AtMost(WORDS_OF_A_CLAUSE)]
                )

    def groups(self) -> Iterable[tuple[Any, Any, list[Any]]]:
        """Give each part with its title, its help and its fields, one a language."""
        for part in self.parts:
            title, hint = _PARTS[part]
            yield title, hint, [self[f"{part}_{column}"] for column in COLUMN.values()]

    def words(self) -> dict[str, str]:
        """Return the words by column."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("revision", "note")}

    def names(self) -> dict[str, Any]:
        """Return what each field is called where two texts are compared."""
        return {field.name: f"{title} · {field.label}" for title, _hint, fields in self.groups() for field in fields}

    def take_over(self, revision: str | int) -> None:
        """Stand on the words that are saved now: sent once more, this form replaces them knowingly."""
        self.data = {**self.data.dict(), "revision": str(revision)}  # type: ignore[attr-defined]


class SynopsisForm(_ThreeLanguages):
    """What is said of the round as a whole."""

    parts = ("asked", "promotion", "remarks", "next_steps")


class ParagraphForm(_ThreeLanguages):
    """What is said of one clause."""

    parts = ("said", "changed")
