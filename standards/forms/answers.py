"""Forms of who answers, and of the author who objects. They validate; the actions decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from red_mpe.core.forms import LineField, WordsField
from red_mpe.core.locale import COLUMN, SITE_LANGUAGE
from red_mpe.core.validators import WORDS_OF_A_COMMENT, AtMost
from standards.actions.answers import AnswerWords, Links, template_words
from standards.enums import Disposition, TermsSection
from standards.forms.seen import SeenForm
from standards.models import Answer, AnswerTemplate, Clause, ClauseText, Comment, Framework, Version

_LIMIT = [AtMost(WORDS_OF_A_COMMENT)]
_NAMES = dict(settings.LANGUAGES)
_DISPOSITIONS = [(value, label) for value, label in Disposition.choices if value != Disposition.WITHDRAWN]
REASONS = tuple(f"reason_{column}" for column in COLUMN.values())


def coded(choices: Sequence[tuple[Any, Any]]) -> list[tuple[str, str]]:
    """Return dispositions with their code before their name, in the reader's language."""
    return [(value, f"{value} · {label}") for value, label in choices]


class ReasonForm(forms.Form):
    """A disposition and its reason in three languages."""

    disposition = forms.ChoiceField(label=gettext_lazy("What becomes of it"), widget=forms.RadioSelect)
    reason_es = WordsField(required=False, validators=_LIMIT, widget=forms.Textarea(attrs={"rows": 4, "lang": "es"}))
    reason_en = WordsField(required=False, validators=_LIMIT, widget=forms.Textarea(attrs={"rows": 4, "lang": "en"}))
    reason_pt = WordsField(required=False, validators=_LIMIT, widget=forms.Textarea(attrs={"rows": 4, "lang": "pt-br"}))
    without: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(value, label) for value, label in _DISPOSITIONS if value not in self.without]
        self.fields["disposition"].choices = coded(choices)  # type: ignore[attr-defined]
        for column, site in SITE_LANGUAGE.items():
            self.fields[f"reason_{column}"].label = _("Reason in %(language)s") % {"language": _NAMES[site]}

    @property
    def reasons(self) -> dict[str, str]:
        """The reasons by language."""
        return {column: self.cleaned_data.get(f"reason_{column}", "") for column in COLUMN.values()}

    @property
    def reason_fields(self) -> list[Any]:
        """The three fields of the reason."""
        return [self[name] for name in REASONS]

    def insert(self, template: AnswerTemplate) -> None:
        """Put the words of a template behind what is written already; nothing is lost."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for name in REASONS:
            words = [part for part in (data.get(name, "").strip(), getattr(template, name) or "") if part]
            data[name] = "\n\n".join(words)
        if template.disposition and not data.get("disposition"):
            data["disposition"] = template.disposition
        self.data = data


class WordsForm(ReasonForm):
    """The answer to one comment, or to a group of them."""

    duplicate_of = forms.CharField(
        label=gettext_lazy("Resolved in"), required=False, max_length=40, help_text=gettext_lazy("The code of the other comment. For DU.")
    )
    terms_section = forms.ChoiceField(
        label=gettext_lazy("Section of the terms of reference"), required=False, help_text=gettext_lazy("What leaves it out. For FA.")
    )
    version = forms.ModelChoiceField(
        label=gettext_lazy("Version with the change"), queryset=Version.objects.none(), required=False, to_field_name="number"
    )
    clauses = forms.CharField(
        label=gettext_lazy("Clauses changed"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Their numbers, with commas between: 2.3.1, 2.4. For AC, AM and PA; it can be added later."),
    )
    revision = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, *args: Any, framework: Framework, since: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework, self.since = framework, since
        self.fields["terms_section"].choices = [("", "—"), *TermsSection.choices]  # type: ignore[attr-defined]
        versions = Version.objects.filter(framework=framework, pk__gt=since).order_by("-pk")
        self.fields["version"].queryset = versions  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(answer: Answer) -> dict[str, Any]:
        """Return what a saved answer fills in: its words, and the links to the newest version it has any to."""
        known = ("disposition", "terms_section", "revision", *REASONS)
        links = list(answer.changes.select_related("version").order_by("-version_id")) if answer.pk else []
        newest = [link.clause_id for link in links if link.version_id == links[0].version_id]
        texts = (
            ClauseText.objects.filter(clause__in=newest, version__in=[links[0].version_id, answer.comment.consultation.version_id])
            if links
            else []
        )
        labels = {text.clause_id: text.label for text in sorted(texts, key=lambda text: text.version_id)}
        return {name: getattr(answer, name) for name in known} | {
            "duplicate_of": answer.duplicate_of.code if answer.duplicate_of else "",
            "version": links[0].version.number if links else None,
            "clauses": ", ".join(sorted(labels.values())),
        }

    def clean_duplicate_of(self) -> Comment | None:
        """The other comment, by its code."""
        code = self.cleaned_data["duplicate_of"].strip()
        if not code:
            return None
        found: Comment | None = Comment.objects.filter(code__iexact=code, consultation__framework=self.framework).for_detail().first()
        if found is None:
            raise forms.ValidationError(_("There is no comment %(code)s on this framework.") % {"code": code})
        return found

    def clean(self) -> dict[str, Any]:
        """The clauses are those of the version named; a retired one is known by its number in the version commented on."""
        data = super().clean() or {}
        version, labels = data.get("version"), _labels(data.get("clauses", ""))
        if labels and version is None and "version" not in self.errors:
            self.add_error("version", _("Choose the version in which these clauses changed."))
        elif labels and version is not None:
            known = _clauses(version.pk, labels, _clauses(self.since, labels, {}))
            if unknown := [label for label in labels if label not in known]:
                self.add_error("clauses", _("Unknown: %(labels)s.") % {"labels": ", ".join(unknown)})
            data["links"] = Links(version, tuple(known.values()))
        elif version is not None:
            data["links"] = Links(version, ())
        return data

    def words(self) -> AnswerWords:
        """Return what the valid form says."""
        data = self.cleaned_data
        named = {name: data.get(name) or "" for name in ("disposition", "terms_section")}
        return AnswerWords(reasons=self.reasons, duplicate_of=data.get("duplicate_of"), links=data.get("links"), **named)


def _labels(text: str) -> list[str]:
    return [label for label in (part.strip() for part in text.replace(";", ",").split(",")) if label]


def _clauses(version: int, labels: list[str], known: dict[str, Clause]) -> dict[str, Clause]:
    texts = ClauseText.objects.filter(version=version, label__in=labels).select_related("clause")
    return known | {text.label: text.clause for text in texts}


class LinkForm(WordsForm):
    """Only the link to the change, also after an answer is published."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("disposition", "duplicate_of", "terms_section", "revision", *REASONS):
            del self.fields[name]
        self.fields["version"].required = True


class SecondAnswerForm(ReasonForm):
    """The second answer, to an objection."""

    without = (Disposition.DUPLICATE,)

    def words(self) -> AnswerWords:
        """Return what the valid form says; a second answer gives its own reason."""
        section = TermsSection.SCOPE if self.cleaned_data["disposition"] == Disposition.OUT_OF_SCOPE else ""
        return AnswerWords(self.cleaned_data["disposition"], self.reasons, terms_section=section)


class ObjectionForm(forms.Form):
    """The author's objection."""

    body = WordsField(label=gettext_lazy("What the answer overlooks"), validators=_LIMIT, widget=forms.Textarea(attrs={"rows": 6}))
    language = forms.ChoiceField(label=gettext_lazy("Language I write in"), choices=settings.LANGUAGES)


class NoteForm(forms.Form):
    """An internal note."""

    body = WordsField(label=gettext_lazy("Note"), validators=_LIMIT, widget=forms.Textarea(attrs={"rows": 3}))


class TemplateForm(SeenForm, ReasonForm):
    """A template of an answer."""

    title_es = LineField(required=False, max_length=120)
    title_en = LineField(required=False, max_length=120)
    title_pt = LineField(required=False, max_length=120)
    field_order = ("title_es", "title_en", "title_pt", "disposition")

    def __init__(self, *args: Any, template: AnswerTemplate | None = None, **kwargs: Any) -> None:
        words = template_words(template) if template else None
        super().__init__(*args, initial=dict(words or {}), shown=words, **kwargs)
        self.fields["disposition"].required = False
        self.fields["disposition"].choices = [("", _("any")), *self.fields["disposition"].choices]  # type: ignore[attr-defined]
        for column, site in SITE_LANGUAGE.items():
            self.fields[f"title_{column}"].label = _("Title in %(language)s") % {"language": _NAMES[site]}

    @property
    def titles(self) -> dict[str, str]:
        """The titles by language."""
        return {column: self.cleaned_data.get(f"title_{column}", "") for column in COLUMN.values()}
