"""What an event is, how it is called off, reported and documented."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.core.validators import URLValidator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from events.enums import DocumentRole, EventAudience, EventKind, EventMode
from events.forms.zones import ZoneField
from events.models import Event
from events.querysets.day import Figures, present_figures
from events.readers import NoSuchHour, read_moment
from events.rules import seats_of
from events.states import LANGUAGES
from members.enums import Spoken
from members.forms import Themes
from members.models import Group, Organisation
from members.models.texts import told
from publications.enums import DESCRIBED_ONLY, Licence
from red_mpe.core.forms import LineField, OnceForm, PlainSelect, WordsField
from red_mpe.core.locale import SITE_LANGUAGE, language_name
from red_mpe.core.predicates import is_secretariat
from red_mpe.core.templatetags.components import zone_name
from red_mpe.core.validators import AtMost

#: The countries that an encounter may be about.
ABOUT: Final = [
    "AD",
    "AR",
    "BO",
    "BR",
    "CL",
    "CO",
    "CR",
    "CU",
    "DO",
    "EC",
    "ES",
    "GT",
    "GY",
    "HN",
    "MX",
    "NI",
    "PA",
    "PE",
    "PT",
    "PY",
    "SR",
    "SV",
    "UY",
    "VE",
]
_WORDS: Final = {
    "summary": (3, 400),
    "description": (8, 8000),
    "access": (4, 2000),
    "costs": (4, 1500),
    "report": (8, 8000),
    "reason": (4, 1000),
}
_YEARS: Final = range(2000, 2101)
_LOCAL: Final = "%Y-%m-%dT%H:%M"


class LocalField(forms.Field):
    """A day and an hour by the clock of a place that another field names."""

    widget = forms.DateTimeInput({"type": "datetime-local"}, format=_LOCAL)
    default_error_messages = {
        "invalid": gettext_lazy("Write a day and an hour, such as 2026-03-10 15:30."),
        "year": gettext_lazy("Write a year from 2000 to 2100."),
    }

    def to_python(self, value: Any) -> datetime | None:
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(str(value).strip())
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is not None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        if moment.year not in _YEARS:
            raise forms.ValidationError(self.error_messages["year"], code="year")
        return moment.replace(second=0, microsecond=0)


class WhenForm(forms.Form):
    """Both ends by the clock of the place; an hour that its clocks leave out is refused, of one that comes twice the first is taken."""

    starts = LocalField(label=gettext_lazy("Begins"))
    ends = LocalField(label=gettext_lazy("Ends"))
    time_zone = ZoneField(
        label=gettext_lazy("By the clock of"),
        help_text=gettext_lazy("The time zone of the place. Everybody also reads it by their own clock."),
    )

    def remember(self, event: Event) -> None:
        """Begin with the present dates of an event."""
        local = {f"{end}s": getattr(event, f"{end}s_at").astimezone(event.zone).replace(tzinfo=None) for end in ("start", "end")}
        self.initial = {**local, "time_zone": event.time_zone, **self.initial}

    def clean(self) -> dict[str, Any]:
        """Read both hours; the instants are `starts_at` and `ends_at`, and `twice` names the hours that come twice."""
        data = super().clean() or self.cleaned_data
        zone, self.twice = data.get("time_zone"), []
        for name in ("starts", "ends") if zone else ():
            if data.get(name):
                self._read(name, data[name], zone or "")
        if "starts_at" in data and "ends_at" in data and data["ends_at"] <= data["starts_at"]:
            self.add_error("ends", _("It ends before it begins."))
        return data

    def _read(self, name: str, local: datetime, zone: str) -> None:
        try:
            moment = read_moment(local, zone)
        except NoSuchHour:
            words = _("This hour does not exist that day in %(place)s: the clocks go forward. Choose one before or after.")
            self.add_error(name, words % {"place": zone_name(zone)})
            return
        self.cleaned_data[f"{name}_at"] = moment.at
        if moment.twice:
            self.twice.append(f"{local:%H:%M}")

    @property
    def dates(self) -> dict[str, Any]:
        """The columns of the dates."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "time_zone")}

    def remark(self) -> str:
        """Return words about hours that come twice that day; empty where none does."""
        if not self.twice:
            return ""
        return _("The clocks go back that day and %(hours)s comes twice: the first was taken.") % {"hours": ", ".join(self.twice)}


def _words_field(name: str, language: str) -> forms.Field:
    attrs = {"lang": SITE_LANGUAGE[language], "dir": "auto"}
    label = f"{capfirst(str(_name(name)))} ({language_name(language)})"
    if name == "title":
        return LineField(label=label, required=False, max_length=160, widget=forms.TextInput(attrs))
    rows, most = _WORDS[name]
    return WordsField(label=label, required=False, validators=[AtMost(most)], widget=forms.Textarea({**attrs, "rows": rows}))


def _name(column: str) -> Any:
    field: Any = Event._meta.get_field(column)
    return field.verbose_name


class InLanguages(forms.Form):
    """A form with texts in three languages; `texts` names them."""

    texts: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.texts:
            for language in LANGUAGES:
                self.fields[f"{name}_{language}"] = _words_field(name, language)

    def written(self, name: str) -> dict[str, str]:
        """Return one text by language."""
        return {language: self.cleaned_data[f"{name}_{language}"] for language in LANGUAGES}

    def trio(self, name: str) -> list[forms.BoundField]:
        """The three fields of one text, for the page."""
        return [self[f"{name}_{language}"] for language in LANGUAGES]

    def trios(self) -> list[tuple[str, list[forms.BoundField]]]:
        """All texts with their fields."""
        return [(str(capfirst(_name(name))), self.trio(name)) for name in self.texts]


class EventForm(WhenForm, InLanguages, OnceForm):
    """An event: what, when, where, who invites. A group's chair, coordinator or secretary finds only the groups they lead."""

    texts = ("title", "summary", "description", "access", "costs")
    PLACE = ("venue", "address", "municipality", "country", "places_on_site")
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=EventKind)
    mode = forms.ChoiceField(label=gettext_lazy("How one takes part"), choices=EventMode)
    audience = forms.ChoiceField(label=gettext_lazy("Who sees it"), choices=EventAudience)
    venue = LineField(label=gettext_lazy("Place"), required=False, max_length=160)
    address = LineField(label=gettext_lazy("Address"), required=False, max_length=240)
    municipality = LineField(label=gettext_lazy("Municipality"), required=False, max_length=120)
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=lambda: [("", "—"), *countries], required=False, widget=PlainSelect)
    places_on_site = forms.IntegerField(label=gettext_lazy("Places on site"), required=False, min_value=1, max_value=100_000)
    places_on_line = forms.IntegerField(label=gettext_lazy("Places on line"), required=False, min_value=1, max_value=100_000)
    link = forms.URLField(
        label=gettext_lazy("Link to take part"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy(
            "Shown only to members who sign in, of a group's meeting only to the group; where one registers, only to who has a place "
            "on line. It is in no feed and no public calendar."
        ),
    )
    hosts = forms.ModelMultipleChoiceField(None, label=gettext_lazy("Who invites"), required=False, widget=forms.CheckboxSelectMultiple)
    groups = forms.ModelMultipleChoiceField(None, label=gettext_lazy("Groups"), required=False, widget=forms.CheckboxSelectMultiple)
    themes = Themes()
    countries = forms.MultipleChoiceField(label=gettext_lazy("Countries it is about"), required=False, widget=forms.CheckboxSelectMultiple)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), choices=Spoken, required=False, widget=forms.CheckboxSelectMultiple
    )
    interpretation = forms.MultipleChoiceField(
        label=gettext_lazy("Interpretation into"), choices=Spoken, required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Any, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["link"].validators.append(URLValidator(schemes=["https", "http"]))
        self.fields["countries"].choices = sorted(((code, countries.name(code)) for code in ABOUT), key=lambda row: row[1])  # type: ignore[attr-defined]
        hosts, groups = self.fields["hosts"], self.fields["groups"]
        hosts.queryset = Organisation.objects.visible_to(actor).order_by("name")  # type: ignore[attr-defined]
        groups.queryset = self._groups(actor)  # type: ignore[attr-defined]
        groups.label_from_instance = lambda group: told(group, "name").text or group.slug  # type: ignore[attr-defined]
        groups.required = not is_secretariat(actor)
        if event is not None:
            self._recall(event)

    def _groups(self, actor: Any) -> Any:
        rows = Group.objects.visible_to(actor)
        if not is_secretariat(actor):
            led = Group.objects.filter(pk__in=seats_of(actor, leading=True))
            rows = led | self.event.groups.all() if self.event else led
        return rows.order_by("name_es", "pk").distinct()

    def _recall(self, event: Event) -> None:
        del self.fields["once"]
        self.remember(event)
        plain = set(self.fields) - {"starts", "ends", "seen", "hosts", "groups", "themes", "country"}
        known = {name: getattr(event, name) for name in plain}
        known |= {name: [one.pk for one in getattr(event, name).all()] for name in ("hosts", "groups", "themes")}
        known |= {"country": str(event.country or ""), "seen": event.updated_at.isoformat()}
        self.initial = {**known, **self.initial}

    def clean_countries(self) -> list[str]:
        """Countries in a fixed order, so that a form sent unchanged changes nothing."""
        return sorted(self.cleaned_data["countries"])

    def clean_languages(self) -> list[str]:
        """Languages in a fixed order."""
        return sorted(self.cleaned_data["languages"])

    def clean_interpretation(self) -> list[str]:
        """Languages in a fixed order."""
        return sorted(self.cleaned_data["interpretation"])

    @property
    def facts(self) -> dict[str, Any]:
        """What the actions take."""
        out = {"once", "seen", "starts", "ends"}
        return {name: value for name, value in self.cleaned_data.items() if name not in out}


class RescheduleForm(WhenForm):
    """The new dates of a postponed event."""


class CallOffForm(InLanguages):
    """Why it is called off."""

    texts = ("reason",)


class ReportForm(InLanguages):
    """What came of it, and how many were there."""

    texts = ("report",)
    FIGURES = ("attended", "women", "men", "speakers", "organisers")

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.FIGURES:
            self.fields[name] = forms.IntegerField(label=capfirst(str(_name(name))), required=False, min_value=0, max_value=1_000_000)
        columns = (*self.FIGURES, *(f"report_{language}" for language in LANGUAGES))
        self.initial = {**{name: getattr(event, name) for name in columns}, **self.initial}
        if event.attended is None:
            self._propose(present_figures(event))

    def _propose(self, found: Figures) -> None:
        """Begin with what was noted and counted on the day; who reports corrects it."""
        known: dict[str, int | None] = {"attended": found.whole, "women": found.women, "men": found.men} if found.whole else {}
        self.initial = {**self.initial, **known}
        for name in known:
            self.fields[name].help_text = _("Proposed from the check-ins and counts of the day.")

    def clean(self) -> dict[str, Any]:
        """Women and men together are no more than everybody."""
        data = super().clean() or self.cleaned_data
        whole, parts = data.get("attended"), [data.get("women") or 0, data.get("men") or 0]
        if any(parts) and sum(parts) > (whole or 0):
            self.add_error("attended", _("Women and men together are more than everybody who took part."))
        return data

    def numbers(self) -> list[forms.BoundField]:
        """The fields of the figures, for the page."""
        return [self[name] for name in self.FIGURES]


class DocumentForm(forms.Form):
    """A record of the library, and what it was to the event."""

    code = LineField(
        label=gettext_lazy("Code of the record"), max_length=20, help_text=gettext_lazy("It stands on the record's page: RED-00012.")
    )
    role = forms.ChoiceField(label=gettext_lazy("What it was there"), choices=DocumentRole, initial=DocumentRole.MATERIAL)


class ShelveForm(forms.Form):
    """What others may do with the report."""

    licence = forms.ChoiceField(label=gettext_lazy("Licence"), initial=Licence.CC_BY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["licence"].choices = [(one, Licence(one).label) for one in Licence if one not in DESCRIBED_ONLY]  # type: ignore[attr-defined]
