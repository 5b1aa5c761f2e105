"""Forms of who writes the text. They validate; the actions decide."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from red_mpe.core.forms import LineField, OnceForm, WordsField
from red_mpe.core.locale import COLUMN, SITE_LANGUAGE
from red_mpe.core.models import Theme
from red_mpe.core.text import clean_line
from red_mpe.core.validators import WORDS_OF_A_CLAUSE, AtMost, validate_few_words
from standards.actions.drafting import ConflictError
from standards.actions.revisions import WORD_COLUMNS, WORDS
from standards.enums import Level
from standards.models import ClauseText

LANGUAGE_NAMES = {COLUMN[code]: str(name) for code, name in settings.LANGUAGES}
_ROWS = {"text": 7, "plain": 3, "intent": 3, "guidance": 3, "verification": 3}
_LIMIT = [AtMost(WORDS_OF_A_CLAUSE)]
_SEVERAL = ("applies_to", "responsible")


class LinesField(forms.CharField):
    """A list of short texts, one on each line."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea({"rows": 3}))
        super().__init__(help_text=gettext_lazy("One on each line."), **kwargs)

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


def _name(column: str) -> Any:
    field: Any = ClauseText._meta.get_field(column)
    return field.verbose_name


def word_field(word: str, language: str) -> forms.Field:
    """Return the field of one column of words, marked with its language."""
    label = format_lazy("{}, {}", capfirst(_name(word)), LANGUAGE_NAMES[language])
    attrs = {"lang": SITE_LANGUAGE[language], "dir": "auto"}
    if word == "title":
        return LineField(label=label, required=False, max_length=300, widget=forms.TextInput(attrs))
    limits = [validate_few_words] if word == "plain" else _LIMIT
    if word == "plain":
        attrs["data-words"] = "60"
    return WordsField(label=label, required=False, validators=limits, widget=forms.Textarea({**attrs, "rows": _ROWS[word]}))


def _fact(name: str) -> forms.Field:
    field: Any = ClauseText._meta.get_field(name)
    label = capfirst(field.verbose_name)
    if name in _SEVERAL:
        boxes = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(label=label, choices=field.base_field.choices, required=False, widget=boxes)
    if name == "sources":
        return LinesField(label=label, required=False)
    if name == "deadline_months":
        choices = [("", "—"), *[(str(months), str(months)) for months, _label in field.choices]]
        return forms.TypedChoiceField(label=label, choices=choices, required=False, coerce=int, empty_value=None)
    choices = field.choices if name == "level" else [("", "—"), *field.choices]
    return forms.ChoiceField(label=label, choices=choices, required=name == "level")


class MergingForm(forms.Form):
    """A form over columns of a clause text, written on a known revision; it can show what somebody else saved meanwhile."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts: list[str] = []

    @property
    def columns(self) -> list[str]:
        """Names of the fields that are columns."""
        return [name for name in self.fields if name not in ("base", "note")]

    def words(self) -> dict[str, Any]:
        """Return what the valid form says, without the fields in which the other wording was chosen."""
        kept = {name for name in self.columns if self.data.get(f"keep_{name}") == "theirs"}
        return {name: self.cleaned_data[name] for name in self.columns if name not in kept}

    def show_conflict(self, error: ConflictError) -> None:
        """Go on from the other's saving: what only they changed is taken over, what both changed is to be chosen."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for name in self.columns:
            data.pop(f"keep_{name}", None)
            if name not in error.changed:
                _set(data, name, error.theirs[name])
        data["base"] = str(error.base)
        self.data, self.conflicts = data, [name for name in error.fields if name in self.fields]
        self.add_error(None, str(error))


def _set(data: Any, name: str, value: Any) -> None:
    if name in (*_SEVERAL, "themes"):
        data.setlist(name, [str(each) for each in value])
    else:
        data[name] = "\n".join(value) if isinstance(value, list) else "" if value is None else str(value)


class ClauseForm(MergingForm):
    """All words of a clause in three languages, its facts, and why they changed."""

    def __init__(self, *args: Any, text: ClauseText | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(text), **kwargs)
        for word in WORDS:
            for language in LANGUAGE_NAMES:
                self.fields[f"{word}_{language}"] = word_field(word, language)
        for name in ("level", "verbal_form", "requirement_class", "deadline_months", "oecd_risk", *_SEVERAL, "sources"):
            self.fields[name] = _fact(name)
        self.fields["themes"] = forms.MultipleChoiceField(
            label=gettext_lazy("Themes"), choices=_themes, required=False, widget=forms.CheckboxSelectMultiple
        )
        self.fields["note"] = LineField(
            label=gettext_lazy("Why this change"),
            required=False,
            max_length=300,
            help_text=gettext_lazy("For the history of the clause: which comment, which agreement, which source."),
        )

    def clean_themes(self) -> list[str]:
        """As they are kept: in the order of their codes."""
        return sorted(self.cleaned_data["themes"])


def _themes() -> list[tuple[str, str]]:
    return [(theme.code, theme.name) for theme in Theme.objects.all()]


def _initial(text: ClauseText | None) -> dict[str, Any]:
    if text is None:
        return {}
    names = (*WORD_COLUMNS, "level", "verbal_form", "requirement_class", "deadline_months", "oecd_risk", *_SEVERAL, "sources")
    values = {name: getattr(text, name) for name in names}
    return {**values, "base": text.revision, "themes": [theme.code for theme in text.themes.all()]}


class TranslationForm(MergingForm):
    """The words of one language of a clause."""

    def __init__(self, *args: Any, text: ClauseText | None, language: str, **kwargs: Any) -> None:
        names = [f"{word}_{language}" for word in WORDS]
        initial = {"base": text.revision, **{name: getattr(text, name) for name in names}} if text else {}
        super().__init__(*args, initial=initial, **kwargs)
        for word in WORDS:
            self.fields[f"{word}_{language}"] = word_field(word, language)


#: What stands in a list of places: the key of a clause, how it is called, its parent, how deep it stands.
Place = tuple[str, str, str | None, int]


class PlaceForm(forms.Form):
    """A place in the tree: behind a clause, or under it."""

    target = forms.ChoiceField(label=gettext_lazy("Beside or under which clause"), required=False)
    where = forms.ChoiceField(
        label=gettext_lazy("Where"),
        choices=[
            ("behind", gettext_lazy("Right behind it, at the same level")),
            ("ahead", gettext_lazy("Right before it, at the same level")),
            ("first", gettext_lazy("Under it, as the first")),
            ("last", gettext_lazy("Under it, as the last")),
        ],
        initial="behind",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {key: place for place in places for key in [place[0]]}
        choices = [(key, "\u2003" * depth + name) for key, name, _parent, depth in places]
        self.fields["target"].choices = [("", _("The whole text")), *choices]  # type: ignore[attr-defined]

    def place(self, moving: str = "") -> tuple[str | None, str | None]:
        """Return the keys of the parent and of the sibling before; None stands for the text itself, or for the first place."""
        target, where = self.cleaned_data["target"] or None, self.cleaned_data["where"]
        if where in ("behind", "ahead") and target:
            above = self.places[target][2]
            return above, target if where == "behind" else self._before(target, self._under(above, moving))
        under = self._under(target, moving)
        return target, None if where == "first" or not under else under[-1]

    def _under(self, parent: str | None, moving: str) -> list[str]:
        return [key for key, place in self.places.items() if place[2] == parent and key != moving]

    @staticmethod
    def _before(target: str, family: list[str]) -> str | None:
        place = family.index(target)
        return family[place - 1] if place else None


class AddForm(OnceForm, PlaceForm):
    """A new clause."""

    field_order = ("once", "level", "title", "target", "where", "label")
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=Level.choices, initial=Level.REQUIREMENT)
    title = LineField(label=gettext_lazy("Title"), max_length=300, required=False)
    label = LineField(
        label=gettext_lazy("Number"),
        max_length=24,
        required=False,
        help_text=gettext_lazy("Left empty it takes the next free number of its place. A number is given once and never again."),
    )


class MoveForm(PlaceForm):
    """Another place for a clause."""

    number = forms.ChoiceField(
        label=gettext_lazy("Its number"),
        choices=[("keep", gettext_lazy("Stays as it is")), ("new", gettext_lazy("The next free one in its new place"))],
        initial="keep",
        widget=forms.RadioSelect,
    )
    reason = LineField(label=gettext_lazy("Why"), required=False, max_length=300)


class SplitForm(OnceForm):
    """The words of a clause, divided between it and a new one."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    label = LineField(
        label=gettext_lazy("Number of the new clause"),
        required=False,
        max_length=24,
        help_text=gettext_lazy("Left empty it takes the next free number."),
    )
    reason = LineField(label=gettext_lazy("Why"), required=False, max_length=300)

    def __init__(self, *args: Any, text: ClauseText, **kwargs: Any) -> None:
        values = {f"stays_{name}": getattr(text, name) for name in _columns("text", "plain")}
        super().__init__(*args, initial={"base": text.revision, **values}, **kwargs)
        for part, words in (("stays", ("text", "plain")), ("goes", ("title", "text", "plain"))):
            for name in _columns(*words):
                self.fields[f"{part}_{name}"] = word_field(*name.split("_"))

    def part(self, part: str) -> dict[str, str]:
        """Return the columns of one part."""
        return {name[len(part) + 1 :]: value for name, value in self.cleaned_data.items() if name.startswith(f"{part}_")}

    @cached_property
    def pairs(self) -> list[tuple[str, str, list[Any], list[Any]]]:
        """For each language its code and name, the fields of what stays and those of what goes."""
        return [
            (
                SITE_LANGUAGE[language],
                name,
                [self[f"stays_{word}_{language}"] for word in ("text", "plain")],
                [self[f"goes_{word}_{language}"] for word in ("title", "text", "plain")],
            )
            for language, name in LANGUAGE_NAMES.items()
        ]


def _columns(*words: str) -> list[str]:
    return [f"{word}_{language}" for word in words for language in LANGUAGE_NAMES]


class MergeForm(forms.Form):
    """What two clauses say together."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    base_into = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    into = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, text: ClauseText, into: ClauseText, **kwargs: Any) -> None:
        names = _columns("text", "plain")
        joined = {name: "\n\n".join(filter(None, (getattr(each, name) for each in (into, text)))) for name in names}
        start = {"base": text.revision, "base_into": into.revision, "into": into.clause.uuid}
        super().__init__(*args, initial=joined | start, **kwargs)
        for name in names:
            self.fields[name] = word_field(*name.split("_"))
        self.fields["reason"] = LineField(label=gettext_lazy("Why"), required=False, max_length=300)

    def words(self) -> dict[str, str]:
        """Return the columns of the valid form."""
        return {name: self.cleaned_data[name] for name in _columns("text", "plain")}


class RetireForm(forms.Form):
    """Why a clause leaves the version."""

    reason = LineField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("Written beside the clause for ever; everybody may read it later."),
    )
    lift = forms.BooleanField(label=gettext_lazy("Move the clauses under it up to its place"), required=False)

    def __init__(self, *args: Any, parent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not parent:
            del self.fields["lift"]


def names_of(columns: Iterable[str]) -> list[str]:
    """Return how people call these columns, each with its language."""
    found = []
    for column in columns:
        word, _bar, language = column.rpartition("_")
        if word in WORDS and language in LANGUAGE_NAMES:
            found.append(f"{_name(word)} ({language})")
        else:
            found.append(str(_name(column)))  # type: ignore[union-attr]
    return found
