"""The form of a record: what it is, when and where, under which licence, for whom, about what."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from members.enums import Spoken
from members.forms import Themes
from members.models import Group
from publications.actions.editing import FIELDS
from publications.enums import Access, Lens, Licence, RecordKind, Sector, Stratum
from publications.forms.words import ACCESSES, ALWAYS, FACTS, HELP, LICENCES, OF_KIND, REGION, told_choices
from publications.models import Record
from publications.models.records import _issued
from publications.rules import groups_of, is_editor
from red_mpe.core.forms import LineField, PlainSelect, WordsField
from red_mpe.core.locale import COLUMN, column_language
from red_mpe.core.validators import AtMost

ABSTRACT = 5_000  # characters


def label_of(model: Any, name: str) -> Any:
    """Return what a column is called."""
    return model._meta.get_field(name).verbose_name


def tongues() -> list[tuple[str, str, str]]:
    """The languages of the site as column, code and name, that of the reader first."""
    here = column_language()
    return sorted(((COLUMN[code], code, name) for code, name in settings.LANGUAGES), key=lambda one: one[0] != here)


def _ticks(name: str, choices: Any) -> forms.MultipleChoiceField:
    label, words = label_of(Record, name), HELP.get(name, "")
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=words)


def _radios(name: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label_of(Record, name), choices=choices, widget=forms.RadioSelect, help_text=HELP.get(name, ""))


def _groups_for(user: Any) -> Any:
    """The groups in whose name `user` brings something: their own, for an editor all."""
    return Group.objects.all() if is_editor(user) else Group.objects.filter(pk__in=groups_of(user))


class RecordForm(forms.Form):
    """Everything of a record but its rows and the story of a practice. `revision` is the one that the writer has before them."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    kind = forms.ChoiceField(label=label_of(Record, "kind"), choices=RecordKind, widget=PlainSelect, help_text=HELP["kind"])
    themes = Themes()
    groups = forms.ModelMultipleChoiceField(
        Group.objects.none(),
        label=label_of(Record, "groups"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=HELP["groups"],
    )
    access_group = forms.ModelChoiceField(Group.objects.none(), label=label_of(Record, "access_group"), required=False)

    def __init__(self, *args: Any, record: Record, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.present(record), **kwargs)
        for column, code, name in tongues():
            self.fields[f"title_{column}"] = self._title(code, name)
            self.fields[f"abstract_{column}"] = self._abstract(code, name)
        self.fields["languages"] = _ticks("languages", Spoken)
        for name in FACTS:
            self.fields[name] = self._fact(name)
        self.fields["licence"] = _radios("licence", told_choices(Licence.choices, LICENCES))
        self.fields["access"] = _radios("access", told_choices(Access.choices, ACCESSES))
        for name, choices in (("lenses", Lens), ("strata", Stratum), ("sectors", Sector)):
            self.fields[name] = _ticks(name, choices)
        self._add_places()
        mine = _groups_for(user)
        kept = mine | Group.objects.filter(pk__in=[*record.groups.values_list("pk", flat=True), record.access_group_id])
        for name in ("groups", "access_group"):
            self.fields[name].queryset = kept.distinct()  # type: ignore[attr-defined]

    @staticmethod
    def present(record: Record) -> dict[str, Any]:
        """What the record says now, as the form shows it."""
        found = {name: getattr(record, name) for name in FIELDS} | {"revision": record.revision}
        region, others = ([code for code in record.countries if (code in REGION) == inside] for inside in (True, False))
        return found | {
            "themes": list(record.themes.all()),
            "groups": list(record.groups.all()),
            "countries": region,
            "more_countries": others,
        }

    @staticmethod
    def _title(code: str, name: str) -> LineField:
        widget = forms.TextInput({"lang": code})
        return LineField(label=f"{label_of(Record, 'title')} · {name}", max_length=300, required=False, widget=widget)

    @staticmethod
    def _abstract(code: str, name: str) -> WordsField:
        widget = forms.Textarea({"rows": 5, "lang": code})
        label = f"{label_of(Record, 'abstract')} · {name}"
        return WordsField(label=label, required=False, validators=[AtMost(ABSTRACT)], widget=widget)

    @staticmethod
    def _fact(name: str) -> LineField:
        column: Any = Record._meta.get_field(name)
        dated = name in ("issued", "event_date")
        more: dict[str, Any] = (
            {"validators": [_issued], "widget": forms.TextInput({"inputmode": "numeric", "placeholder": "2013-08"})} if dated else {}
        )
        return LineField(label=column.verbose_name, max_length=column.max_length, required=False, help_text=HELP.get(name, ""), **more)

    def _add_places(self) -> None:
        named = dict(countries)
        self.fields["countries"] = _ticks("countries", sorted(((code, named[code]) for code in REGION), key=lambda pair: pair[1]))
        others = [(code, name) for code, name in named.items() if code not in REGION]
        self.fields["more_countries"] = forms.MultipleChoiceField(label=_("Other countries"), choices=others, required=False)

    def clean(self) -> dict[str, Any]:
        """One list of countries; a group only where it decides who reads."""
        data = super().clean() or self.cleaned_data
        data["countries"] = sorted({*data.get("countries", []), *data.pop("more_countries", [])})
        if data.get("access") != Access.GROUP:
            data["access_group"] = None
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """What `save_record` takes of it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}

    # What the page shows, section by section.

    def languages_of_words(self) -> list[dict[str, Any]]:
        """Title and abstract by language; the reader's own, and what is written in, stands open."""
        rows = []
        for place, (column, code, name) in enumerate(tongues()):
            fields = [self[f"title_{column}"], self[f"abstract_{column}"]]
            rows.append({"code": code, "name": name, "fields": fields, "open": not place or any(one.value() for one in fields)})
        return rows

    def open_facts(self) -> list[forms.BoundField]:
        """The facts that works of this kind have."""
        return [self[name] for name in FACTS if name in self._own_facts()]

    def more_facts(self) -> list[forms.BoundField]:
        """All other facts."""
        return [self[name] for name in FACTS if name not in self._own_facts()]

    def _own_facts(self) -> set[str]:
        filled = {name for name in FACTS if self[name].value() or (self.is_bound and name in self.errors)}
        return {*ALWAYS, *OF_KIND.get(str(self["kind"].value()), ()), *filled}
