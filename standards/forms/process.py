"""Forms with which a committee steers its process. They validate; the actions decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from red_mpe.core.forms import WordsField
from red_mpe.core.locale import COLUMN, language_name
from red_mpe.core.models import Chamber
from red_mpe.core.validators import WORDS_OF_A_CLAUSE, AtMost
from standards.actions.planning import round_words
from standards.actions.stages import balance_words
from standards.enums import TermsSection
from standards.forms.seen import SeenForm
from standards.models import Consultation, Framework, TermsOfReference

LANGUAGES = tuple(COLUMN.values())
_LIMIT = [AtMost(WORDS_OF_A_CLAUSE)]
_MOST = 100_000  # people


def _words(label: Any, language: str, rows: int = 4) -> WordsField:
    attributes = {"rows": rows, "lang": language}
    return WordsField(label=label, required=False, validators=_LIMIT, widget=forms.Textarea(attributes))


class ReasonForm(forms.Form):
    """Why, for everybody to read."""

    reason = WordsField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Everybody can read it on the page of the process."),
        validators=[AtMost(2000)],
        widget=forms.Textarea({"rows": 4}),
    )


class TermsForm(SeenForm):
    """The sections of the terms of reference, each in three languages; `seen` is when they were last saved."""

    def __init__(self, *args: Any, terms: TermsOfReference | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = terms.updated_at.isoformat() if terms else ""
        for section in TermsSection:
            for language in LANGUAGES:
                name = f"{section}_{language}"
                self.fields[name] = _words(language_name(language), language)
                self.initial.setdefault(name, getattr(terms, name) or "" if terms else "")

    def names(self) -> dict[str, Any]:
        """Return what each field is called where two texts are compared."""
        return {field.name: f"{title} · {field.label}" for title, fields in self.sections() for field in fields}

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each section, for the page."""
        return [(str(section.label), [self[f"{section}_{language}"] for language in LANGUAGES]) for section in TermsSection]


class BalanceForm(SeenForm):
    """Why the committee has fewer women than the rules ask, in three languages."""

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        words = balance_words(framework)
        super().__init__(*args, initial=dict(words), shown=words, **kwargs)
        for language in LANGUAGES:
            self.fields[language] = _words(language_name(language), language)


class WaiverForm(ReasonForm):
    """A language that a round may open without."""

    field_order = ("language", "reason")

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(language, language_name(language)) for language in framework.rules.required_languages]
        self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=choices)
        self.order_fields(self.field_order)


class RoundForm(SeenForm):
    """A round: the version, its first and last day, what it asks, and whom it wants to hear."""

    version = forms.ModelChoiceField(None, label=gettext_lazy("Version"), empty_label=None)
    opens_on = forms.DateField(label=gettext_lazy("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    closes_on = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("It closes at 23:59, by the clock of the rules. First and last day count."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, framework: Framework, consultation: Consultation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, shown=round_words(consultation) if consultation else None, **kwargs)
        self.chambers = list(Chamber.objects.order_by("position"))
        self.fields["version"].queryset = framework.versions.order_by("-pk")  # type: ignore[attr-defined]
        self.fields["version"].label_from_instance = lambda version: version.number  # type: ignore[attr-defined]
        if consultation is not None:
            del self.fields["version"]
            self._remember(consultation)
        for language in LANGUAGES:
            self.fields[f"question_{language}"] = _words(language_name(language), language, 3)
        for chamber in self.chambers:
            for kind in ("target", "minimum"):
                self.fields[f"{kind}_{chamber.code}"] = forms.IntegerField(
                    label=chamber.name, min_value=0, max_value=_MOST, required=False, widget=forms.NumberInput({"inputmode": "numeric"})
                )

    def _remember(self, consultation: Consultation) -> None:
        names = ("opens_on", "closes_on", *(f"question_{language}" for language in LANGUAGES))
        known: dict[str, Any] = {name: getattr(consultation, name) for name in names}
        for code, people, minimum in consultation.targets.values_list("chamber__code", "people", "minimum"):
            known |= {f"target_{code}": people, f"minimum_{code}": minimum}
        self.initial = known | dict(self.initial)

    def clean(self) -> dict[str, Any]:
        """A minimum belongs to a target and does not go beyond it."""
        data = super().clean() or {}
        for chamber in self.chambers:
            if (data.get(f"minimum_{chamber.code}") or 0) > (data.get(f"target_{chamber.code}") or 0):
                self.add_error(f"minimum_{chamber.code}", _("The minimum is at most the target."))
        return data

    def names(self) -> dict[str, Any]:
        """Return what each field is called where two texts are compared: the numbers of a chamber by what they are."""
        kinds = {"target": _("Target"), "minimum": _("Minimum")}
        numbers = {f"{kind}_{one.code}": f"{one.name}: {words}" for one in self.chambers for kind, words in kinds.items()}
        return {**super().names(), **numbers}

    def questions(self) -> list[forms.BoundField]:
        """The fields of the question, for the page."""
        return [self[f"question_{language}"] for language in LANGUAGES]

    def rows(self) -> list[tuple[Chamber, forms.BoundField, forms.BoundField]]:
        """The two numbers of each chamber, for the page."""
        return [(chamber, self[f"target_{chamber.code}"], self[f"minimum_{chamber.code}"]) for chamber in self.chambers]

    @property
    def question(self) -> dict[str, str]:
        """What the round asks, by language."""
        return {language: self.cleaned_data[f"question_{language}"] for language in LANGUAGES}

    def numbers(self, kind: str) -> dict[Chamber, int]:
        """The targets, or the minimums, of the chambers that have a target."""
        wanted = [chamber for chamber in self.chambers if self.cleaned_data[f"target_{chamber.code}"]]
        return {chamber: self.cleaned_data[f"{kind}_{chamber.code}"] or 0 for chamber in wanted}
